package net.hybridgateway.lab.bench.rival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;

/** Shadowsocks' two ends, with its default cipher; under mptcpize for Multipath TCP, for its own option is of old kernels. */
final class Shadowsocks {
    private static final int SERVER_PORT = 8388;

    private Shadowsocks() {}

    /** The one on the gateway's host. */
    static LabProcess startRedirector(House house, int port, boolean multipath) {
        return start(
                house.gateway(),
                multipath,
                "ss-redir",
                "-s",
                House.conversionPointIpv4(0),
                "-p",
                Integer.toString(SERVER_PORT),
                "-b",
                "0.0.0.0",
                "-l",
                Integer.toString(port),
                "-T");
    }

    /** The one on the conversion point's host. */
    static LabProcess startServer(House house, boolean multipath) {
        return start(
                house.conversionPoint(), multipath, "ss-server", "-s", "0.0.0.0", "-p", Integer.toString(SERVER_PORT));
    }

    private static LabProcess start(Node node, boolean multipath, String program, String... options) {
        List<String> command = new ArrayList<>();
        if (multipath) {
            command.addAll(List.of("mptcpize", "run"));
        }
        command.add(program);
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-k", "lab", "-m", "chacha20-ietf-poly1305", "-t", "600", "-n", "16384", "--no-delay"));
        return node.start(program, command.toArray(String[]::new));
    }
}
