package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;

/** Asks the running daemon something, by the name of the command, and prints the answer. */
final class QueryCommand implements Command {
    private final String name;
    private final String summary;

    QueryCommand(String name, String summary) {
        this.name = name;
        this.summary = summary;
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
        return List.of(Option.JSON, Option.RUN_DIR);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        ControlClient client = new ControlClient(arguments.runDir().resolve("control.sock"));
        try {
            out.print(arguments.has(Option.JSON) ? client.json(name, Map.of()) : client.text(name, Map.of()));
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
