package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.UplinkCommands;

/** Switches an uplink of the running daemon off, and on again. */
final class UplinkCommand implements Command {
    private static final Option UPLINK = new Option("UPLINK", "", "which one");
    private static final Option STATE =
            new Option("on|off", "", "off: connections move to others first, where they can");
    private static final Option FORCE =
            new Option("--force", "", "off even if it is the last one that works: the house is offline then");

    @Override
    public String name() {
        return UplinkCommands.UPLINK;
    }

    @Override
    public String summary() {
        return "Switches an uplink off until the next start, or on again.";
    }

    @Override
    public List<Option> options() {
        return List.of(FORCE, Option.JSON, Option.RUN_DIR);
    }

    @Override
    public List<Option> operands() {
        return List.of(UPLINK, STATE);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        String uplink = arguments.required(UPLINK);
        String state = arguments.required(STATE);
        if (!state.equals("on") && !state.equals("off")) {
            throw new UsageException("the state is neither on nor off: " + state);
        }
        Path socket = arguments.runDir().resolve("control.sock");
        try {
            UplinkNames.check(socket, uplink);
            Map<String, String> change = Map.of(
                    UplinkCommands.NAME, uplink,
                    UplinkCommands.STATE, state,
                    UplinkCommands.FORCE, String.valueOf(arguments.has(FORCE)));
            ControlClient client = new ControlClient(socket);
            out.print(arguments.has(Option.JSON) ? client.json(name(), change) : client.text(name(), change));
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
