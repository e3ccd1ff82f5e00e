package net.hybridgateway.lab.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The kernel's counters of Multipath TCP in a namespace, since it was made ({@code nstat -az 'MPTcpExt*'}). */
public final class MptcpCounters {
    private static final Path FILE = Path.of("/proc/thread-self/net/netstat");
    private static final String PREFIX = "MPTcpExt:";

    private MptcpCounters() {}

    /**
     * One of them.
     *
     * @param name the kernel's, without prefix, such as {@code MPJoinAckRx}
     * @throws LabException if this kernel has no such counter
     */
    public static long read(Node node, String name) {
        // Two lines: the names and, in the same order, the numbers.
        List<List<String>> lines = node.call(() -> Files.readAllLines(FILE)).stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .toList();
        int column = lines.isEmpty() ? -1 : lines.get(0).indexOf(name);
        if (column < 0) {
            throw new LabException("the kernel does not count " + name);
        }
        return Long.parseLong(lines.get(1).get(column));
    }
}
