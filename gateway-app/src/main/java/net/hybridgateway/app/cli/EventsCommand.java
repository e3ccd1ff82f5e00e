package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.EventFollower;
import net.hybridgateway.mgmt.control.StatusCommands;

/** Tells what happened, and, if asked, what happens from now on. */
final class EventsCommand implements Command {
    private static final Option SINCE = new Option("--since", "N", "those after number N only (sequence in JSON)");
    private static final Option FOLLOW =
            new Option("--follow", "", "go on until interrupted; with --json, one object on a line for each");
    private static final long LOOK_EVERY_MILLIS = 1000;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String summary() {
        return "Tells what happened to uplinks and conversion points, and why.";
    }

    @Override
    public List<Option> options() {
        return List.of(SINCE, FOLLOW, Option.JSON, Option.RUN_DIR);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException {
        int since = arguments.number(SINCE, 0, Integer.MAX_VALUE, 0);
        boolean json = arguments.has(Option.JSON);
        Path socket = arguments.runDir().resolve("control.sock");
        try {
            if (arguments.has(FOLLOW)) {
                follow(new EventFollower(socket, since, json), out, err);
            } else {
                Map<String, String> query = new HashMap<>();
                if (since > 0) {
                    query.put(StatusCommands.SINCE, String.valueOf(since));
                }
                ControlClient client = new ControlClient(socket);
                out.print(json ? client.json(name(), query) : client.text(name(), query));
            }
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }

    /** Ends when nobody reads any more. A daemon that was there may be away for a restart. */
    private static void follow(EventFollower events, PrintStream out, PrintStream err)
            throws ControlException, InterruptedException {
        out.print(events.next());
        boolean away = false;
        while (!out.checkError()) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            try {
                out.print(events.next());
                away = false;
            } catch (ControlException e) {
                if (!away) {
                    err.println("hybrid-gateway: " + e.getMessage());
                }
                away = true;
            }
        }
    }
}
