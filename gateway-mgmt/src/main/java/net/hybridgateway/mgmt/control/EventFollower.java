package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks a daemon for events again and again, each time for what is new. Survives a restart of the daemon, after which all
 * events are new.
 */
public final class EventFollower {
    private final ControlClient client;
    private final boolean json;
    private String boot = "";
    private long last;

    /**
     * @param since the number of the last event that is known already; 0 for none
     * @param json whether to give one JSON object on a line for each event, not text
     */
    public EventFollower(Path socket, long since, boolean json) {
        this.client = new ControlClient(socket);
        this.last = since;
        this.json = json;
    }

    /**
     * What happened since the last call, in lines; empty if nothing did. Blocks for an answer, not for events.
     *
     * @throws ControlException if no daemon answers; asking again later is of use
     */
    public String next() throws ControlException {
        JsonObject report = ask("json", Map.of()) instanceof JsonObject object ? object : new JsonObject();
        long until = report.getLong("lastSequence");
        boolean news =
                report.getLong("dropped") > 0 || !report.getArray("events").isEmpty();
        String told = "";
        if (news) {
            // Text is asked for by itself, and up to the same event: another may have come meanwhile.
            told = json
                    ? lines(report)
                    : String.valueOf(ask("text", Map.of(StatusCommands.UNTIL, String.valueOf(until))));
        }
        boot = report.getString("boot", "");
        last = until;
        return told;
    }

    private Object ask(String format, Map<String, String> further) throws ControlException {
        Map<String, String> arguments = new HashMap<>(further);
        arguments.put(StatusCommands.SINCE, String.valueOf(last));
        if (!boot.isEmpty()) {
            arguments.put(StatusCommands.BOOT, boot);
        }
        return client.result(StatusCommands.EVENTS, arguments, format);
    }

    private static String lines(JsonObject report) {
        JsonObject dropped = new JsonObject();
        dropped.put("dropped", report.getLong("dropped"));
        return (report.getLong("dropped") > 0 ? JsonWriter.string(dropped) + "\n" : "")
                + report.getArray("events").stream()
                        .map(event -> JsonWriter.string(event) + "\n")
                        .collect(Collectors.joining());
    }
}
