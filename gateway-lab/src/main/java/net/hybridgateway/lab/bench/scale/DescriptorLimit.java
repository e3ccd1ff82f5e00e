package net.hybridgateway.lab.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.hybridgateway.lab.net.LabException;

/** How many files, and so sockets, a process of this machine may have open (proc_pid_limits(5)). */
final class DescriptorLimit {
    private static final Path FILE = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";
    private static final int HARD_COLUMN = 1;

    /** A program has some besides its sockets: libraries, logs, netlink. */
    private static final int OTHERS = 400;

    /** A relay has a socket on either side. */
    private static final int FOR_EACH = 2;

    private DescriptorLimit() {}

    /** Connections that a program can relay here, at most. */
    static int connections() {
        try {
            return connections(Files.readAllLines(FILE));
        } catch (IOException e) {
            throw new LabException("cannot read " + FILE, e);
        }
    }

    static int connections(List<String> limits) {
        String hard = limits.stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split("\\s+", -1)[HARD_COLUMN])
                .findFirst()
                .orElseThrow(() -> new LabException("the kernel does not tell " + LINE));
        return hard.equals("unlimited") ? Integer.MAX_VALUE : (Integer.parseInt(hard) - OTHERS) / FOR_EACH;
    }
}
