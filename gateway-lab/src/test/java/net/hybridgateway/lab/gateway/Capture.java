package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/** tcpdump on a device, from its start until {@link #segments}. */
final class Capture implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    /** tcpdump writes a packet as soon as it has it, and that is when it gets a processor. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final LabProcess tcpdump;
    private final Path file;

    private Capture(LabProcess tcpdump, Path file) {
        this.tcpdump = tcpdump;
        this.file = file;
    }

    static Capture start(Node node, String device, Path folder) {
        Path file = folder.resolve(device + ".pcap");
        LabProcess tcpdump = node.start(
                "tcpdump",
                "tcpdump",
                "--immediate-mode",
                "-U",
                "-n",
                "-p",
                "-s",
                "300",
                "-Z",
                "root",
                "-i",
                device,
                "-w",
                file.toString(),
                "tcp or ip6 proto 6");
        try {
            tcpdump.awaitOutput("listening on", START);
            return new Capture(tcpdump, file);
        } catch (LabException e) {
            tcpdump.close();
            throw e;
        }
    }

    /** Ends the capture and gives what it saw. */
    List<TcpSegment> segments() throws IOException {
        for (long before = -1; Files.size(file) > before; ) {
            before = Files.size(file);
            Pause.of(SETTLE);
        }
        tcpdump.close();
        return TcpSegment.read(file);
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
