package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.StatusCommands;

/** Asks the running daemon something, by the name of the command, and prints the answer. */
final class QueryCommand implements Command {
    private final String name;
    private final String summary;
    private final List<Option> numbers;

    /** @param numbers options whose values, whole numbers from 1, are arguments of the same names */
    QueryCommand(String name, String summary, Option... numbers) {
        this.name = name;
        this.summary = summary;
        this.numbers = List.of(numbers);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<Option> options() {
        return Stream.concat(numbers.stream(), Stream.of(Option.JSON, Option.RUN_DIR))
                .toList();
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        Map<String, String> query = new HashMap<>();
        for (Option option : numbers) {
            if (arguments.has(option)) {
                int number = arguments.number(option, 1, StatusCommands.MOST_CONNECTIONS, 1);
                query.put(option.name().substring("--".length()), String.valueOf(number));
            }
        }
        ControlClient client = new ControlClient(arguments.runDir().resolve("control.sock"));
        try {
            out.print(arguments.has(Option.JSON) ? client.json(name, query) : client.text(name, query));
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
