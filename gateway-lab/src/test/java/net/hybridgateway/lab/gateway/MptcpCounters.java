package net.hybridgateway.lab.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;

/** The kernel's counters of Multipath TCP in a namespace, since it was made ({@code nstat -az 'MPTcpExt*'}). */
final class MptcpCounters {
    private static final String PREFIX = "MPTcpExt:";

    private MptcpCounters() {}

    /** One of them, by the kernel's name without prefix, such as {@code MPJoinAckRx}. */
    static long read(Node node, String name) {
        // Two lines: the names and, in the same order, the numbers.
        List<List<String>> lines = node.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/netstat")).stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .toList());
        int column = lines.get(0).indexOf(name);
        if (column < 0) {
            throw new LabException("this kernel counts no " + name);
        }
        return Long.parseLong(lines.get(1).get(column));
    }
}
