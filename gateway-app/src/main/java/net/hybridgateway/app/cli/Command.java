package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;

/** One word of the command line, such as {@code run} or {@code status}. */
interface Command {
    /** The word itself. */
    String name();

    /** What it does, in one line. */
    String summary();

    /** The options that it knows; {@code --help} is known to all. */
    List<Option> options();

    /** Words without a dash that may follow, in this order. */
    default List<Option> operands() {
        return List.of();
    }

    /**
     * Does it.
     *
     * @return the exit code: 0 done, 1 failed
     * @throws UsageException if the arguments make no sense; the caller prints it and exits with 2
     * @throws CommandFailedException if it cannot be done; the caller prints it and exits with 1
     */
    int run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException;
}
