package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import net.hybridgateway.netlink.ffi.ErrnoException;

/** Finds the command that is meant, runs it, and turns failures into one line and an exit code. */
public final class CommandLine {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USE = 2;

    private final List<Command> commands;

    CommandLine(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    /** The program as it ships. */
    public static CommandLine standard() {
        return new CommandLine(List.of(
                new RunCommand(),
                new CheckCommand(),
                new QueryCommand("status", "Shows uplinks, conversion points, connections and the last breaks."),
                new QueryCommand(
                        "connections",
                        "Lists the connections that are carried now, the subflows of each, and why they are there.",
                        Option.LIMIT),
                new EventsCommand(),
                new QueryCommand("settings", "Shows the settings and their revision; secrets are left out."),
                new QueryCommand("reload", "Reads the configuration again and follows it; running connections go on."),
                ProbeCommand.probe(),
                ProbeCommand.drill(),
                new UplinkCommand(),
                new QueryCommand("metrics", "Prints what a Prometheus server would be told."),
                new ReportCommand(),
                new LogLevelCommand(),
                new CleanupCommand(),
                new ConversionPointCommand(),
                new VersionCommand()));
    }

    /**
     * Runs the program.
     *
     * @param words everything behind the program's name
     * @return the exit code
     */
    public int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.isEmpty()) {
            err.print(overview());
            return BAD_USE;
        }
        String word = words.get(0);
        if (word.equals("--help") || word.equals("-h") || word.equals("help")) {
            out.print(overview());
            return DONE;
        }
        for (Command command : commands) {
            if (command.name().equals(word)) {
                return run(command, words.subList(1, words.size()), out, err);
            }
        }
        err.println("hybrid-gateway: unknown command '" + word + "'; see hybrid-gateway --help");
        return BAD_USE;
    }

    private static int run(Command command, List<String> words, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.parse(command, words);
            if (arguments.has(Option.HELP)) {
                out.print(help(command));
                return DONE;
            }
            return command.run(arguments, out, err);
        } catch (UsageException e) {
            err.println("hybrid-gateway: " + e.getMessage());
            return BAD_USE;
        } catch (CommandFailedException | ErrnoException e) {
            return failed(e.getMessage(), err);
        } catch (UncheckedIOException e) {
            return failed(e.getMessage() + ": " + e.getCause().getMessage(), err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int failed(String message, PrintStream err) {
        message.lines().forEach(line -> err.println("hybrid-gateway: " + line));
        return FAILED;
    }

    private String overview() {
        StringBuilder text = new StringBuilder("""
                Makes a fixed line and a cellular modem work as one.

                hybrid-gateway COMMAND [OPTION ...]

                """);
        for (Command command : commands) {
            text.append(String.format("  %-12s %s%n", command.name(), command.summary()));
        }
        return text.append("\nhybrid-gateway COMMAND --help tells more.\n").toString();
    }

    private static String help(Command command) {
        StringBuilder text = new StringBuilder(command.summary() + "\n\nhybrid-gateway " + command.name());
        command.operands().forEach(operand -> text.append(" [" + operand.name() + "]"));
        text.append(command.options().isEmpty() ? "\n\n" : " [OPTION ...]\n\n");
        command.operands()
                .forEach(operand -> text.append(String.format("  %-24s %s%n", operand.name(), operand.text())));
        for (Option option : command.options()) {
            text.append(String.format("  %-24s %s%n", option.name() + " " + option.value(), option.text()));
        }
        return text.append(String.format("  %-24s %s%n", Option.HELP.name(), Option.HELP.text()))
                .toString();
    }
}
