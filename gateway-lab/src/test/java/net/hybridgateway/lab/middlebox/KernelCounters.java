package net.hybridgateway.lab.middlebox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.Node;

/** The kernel's counters of Multipath TCP in a namespace, in /proc/net/netstat: a line of names, then one of numbers. */
final class KernelCounters {
    private static final Path FILE = Path.of("/proc/thread-self/net/netstat");
    private static final String PREFIX = "MPTcpExt:";

    private KernelCounters() {}

    static long read(Node node, String name) {
        List<List<String>> lines = node.call(() -> Files.readAllLines(FILE)).stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> Arrays.asList(line.split(" ")))
                .toList();
        int column = lines.get(0).indexOf(name);
        if (column < 0) {
            throw new AssertionError("the kernel does not count " + name);
        }
        return Long.parseLong(lines.get(1).get(column));
    }
}
