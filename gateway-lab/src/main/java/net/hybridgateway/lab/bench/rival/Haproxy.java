package net.hybridgateway.lab.bench.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;

/** HAProxy in TCP mode, with one thread for each processor that it may use; under mptcpize where it is to use Multipath TCP. */
final class Haproxy {
    private static final int KIB = 1024;
    private static final int PIPE = 1024 * KIB;

    private Haproxy() {}

    /** The one on the gateway's host. */
    static LabProcess start(House house, Rival setting, String listen, String server, boolean multipath) {
        return start(house, house.gateway(), setting, listen + " transparent", server, multipath);
    }

    /** The one on the conversion point's host, which copies through 64 KiB whatever the other does. */
    static LabProcess startFarEnd(House house, int port, String server) {
        return start(house, house.conversionPoint(), Rival.HAPROXY, "0.0.0.0:" + port, server, true);
    }

    private static LabProcess start(
            House house, Node node, Rival setting, String bind, String server, boolean multipath) {
        Path file = house.run().folder().resolve(node.role() + "-haproxy.cfg");
        try {
            Files.writeString(file, configuration(setting, bind, server));
        } catch (IOException e) {
            throw new LabException("cannot write " + file, e);
        }
        List<String> command = new ArrayList<>();
        if (multipath) {
            command.addAll(List.of("mptcpize", "run"));
        }
        command.addAll(List.of("haproxy", "-db", "-f", file.toString()));
        return node.start("haproxy", command.toArray(String[]::new));
    }

    private static String configuration(Rival setting, String bind, String server) {
        String splice = setting == Rival.HAPROXY_SPLICE ? "  option splice-request\n  option splice-response\n" : "";
        int buffer = (setting == Rival.HAPROXY_LARGE ? 256 : 64) * KIB;
        return """
                global
                  maxconn 4000
                  tune.bufsize %d
                  tune.pipesize %d
                defaults
                  mode tcp
                  timeout connect 30s
                  timeout client 10m
                  timeout server 10m
                %slisten relay
                  bind %s
                  server next %s
                """.formatted(buffer, PIPE, splice, bind, server);
    }
}
