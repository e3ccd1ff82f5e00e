package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.LogCommands;

/** Has the running daemon log more, or less, for a while. */
final class LogLevelCommand implements Command {
    private static final Option LEVEL = new Option("LEVEL", "", LogCommands.words());
    private static final Option MINUTES =
            new Option("--minutes", "N", "for so long (default: " + LogCommands.USUAL_MINUTES + ")");

    @Override
    public String name() {
        return LogCommands.LOG_LEVEL;
    }

    @Override
    public String summary() {
        return "Logs more, or less, for a while.";
    }

    @Override
    public List<Option> options() {
        return List.of(MINUTES, Option.JSON, Option.RUN_DIR);
    }

    @Override
    public List<Option> operands() {
        return List.of(LEVEL);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        Map<String, String> change = new HashMap<>();
        change.put(LogCommands.LEVEL, arguments.required(LEVEL));
        if (arguments.has(MINUTES)) {
            int minutes = arguments.number(MINUTES, 1, LogCommands.MOST_MINUTES, LogCommands.USUAL_MINUTES);
            change.put(LogCommands.MINUTES, String.valueOf(minutes));
        }
        ControlClient client = new ControlClient(arguments.runDir().resolve("control.sock"));
        try {
            out.print(arguments.has(Option.JSON) ? client.json(name(), change) : client.text(name(), change));
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
