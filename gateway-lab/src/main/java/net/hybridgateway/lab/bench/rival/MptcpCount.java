package net.hybridgateway.lab.bench.rival;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;

/** The kernel's count of Multipath TCP in a namespace, in /proc/net/netstat: a line of names, then one of numbers. */
final class MptcpCount {
    private static final Path FILE = Path.of("/proc/thread-self/net/netstat");
    private static final String PREFIX = "MPTcpExt:";
    private static final String ACCEPTED = "MPCapableSYNRX";
    private static final String FELL_BACK = "MPCapableFallbackACK";

    private MptcpCount() {}

    /** Connections that were accepted as Multipath TCP, less those that became plain TCP with their first bytes. */
    static long accepted(Node node) {
        List<List<String>> lines = node.call(() -> Files.readAllLines(FILE)).stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .toList();
        return read(lines, ACCEPTED) - read(lines, FELL_BACK);
    }

    private static long read(List<List<String>> lines, String name) {
        int column = lines.isEmpty() ? -1 : lines.get(0).indexOf(name);
        if (column < 0) {
            throw new LabException("the kernel does not count " + name);
        }
        return Long.parseLong(lines.get(1).get(column));
    }
}
