package net.hybridgateway.lab.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/** Counts the SYNs that the gateway sends over one line (IPv4), by tcpdump. */
final class SynWatch implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    /** tcpdump writes a line as soon as it has it, and that is when it gets a processor. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final LabProcess tcpdump;

    private SynWatch(LabProcess tcpdump) {
        this.tcpdump = tcpdump;
    }

    static SynWatch start(Node gateway, Access access) {
        LabProcess tcpdump = gateway.start(
                "syns",
                "tcpdump",
                "--immediate-mode",
                "-l",
                "-n",
                "-p",
                "-tt",
                "-Q",
                "out",
                "-i",
                access.device(),
                "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn");
        try {
            tcpdump.awaitOutput("listening on", START);
            return new SynWatch(tcpdump);
        } catch (LabException e) {
            tcpdump.close();
            throw e;
        }
    }

    /** The moments of all SYNs so far, in seconds of the wall clock. */
    List<Double> moments() {
        String output = tcpdump.output();
        for (int before = -1; output.length() > before; output = tcpdump.output()) {
            before = output.length();
            Pause.of(SETTLE);
        }
        List<Double> moments = new ArrayList<>();
        output.lines()
                .filter(line -> line.contains(" IP "))
                .forEach(line -> moments.add(Double.parseDouble(line.substring(0, line.indexOf(' ')))));
        return moments;
    }

    /** The most that left within one of the successive spans of ten milliseconds. */
    static int mostInTenMillis(List<Double> moments) {
        Map<Long, Integer> counts = new TreeMap<>();
        moments.forEach(moment -> counts.merge(Math.round(Math.floor(moment * 100)), 1, Integer::sum));
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** From the first to the last of them. */
    static double spanSeconds(List<Double> moments) {
        return moments.isEmpty() ? 0 : Collections.max(moments) - Collections.min(moments);
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
