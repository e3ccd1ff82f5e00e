package net.hybridgateway.lab.bench.rival;

import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.Command;

/**
 * Which processor does what: the measured program has the first one, and everything else the others. The kernel's work for a
 * packet is charged to whoever runs on the processor where it is done, so both on one would share the bill at random.
 */
public final class Cores {
    private static final String FIRST = "0";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Cores() {}

    /** Moves this process off the first processor, and with it all that it starts from now on. */
    public static void leaveFirst() {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        if (last > 0) {
            pin(ProcessHandle.current().pid(), "1-" + last);
        }
    }

    /** Moves a process and all its threads to the first processor. */
    public static void toFirst(long pid) {
        pin(pid, FIRST);
    }

    private static void pin(long pid, String processors) {
        Command.run(
                List.of("taskset", "--all-tasks", "--cpu-list", "--pid", processors, Long.toString(pid)), "", TIMEOUT);
    }
}
