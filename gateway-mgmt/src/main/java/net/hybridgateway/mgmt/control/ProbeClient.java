package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has the daemon probe, or rehearse, and waits for what it finds. */
public final class ProbeClient {
    /** What was found. */
    public record Found(boolean well, String printed) {}

    private static final long LOOK_EVERY_MILLIS = 200;

    private final ControlClient client;

    public ProbeClient(Path socket) {
        this.client = new ControlClient(socket);
    }

    /** The names of the uplinks. */
    public List<String> uplinks() throws ControlException {
        JsonArray uplinks = object("status", Map.of()).getArray("uplinks");
        return uplinks.stream()
                .map(uplink -> ((JsonObject) uplink).getString("name"))
                .toList();
    }

    /**
     * Begins a probe and waits until it is over: seconds, more where nothing answers.
     *
     * @param uplink the one to probe; empty for all
     * @param json whether to print JSON, not text
     * @throws ControlException if no daemon answers, or it refuses
     */
    public Found probe(Optional<String> uplink, boolean json) throws ControlException, InterruptedException {
        return begin(ProbeCommands.BEGIN, ProbeCommands.REPORT, uplink, json);
    }

    /**
     * Begins a drill and waits until it is over: about a second for each backup that works, up to half a minute for others.
     *
     * @param uplink the backup to try; empty for all
     * @param json whether to print JSON, not text
     * @throws ControlException if no daemon answers, or it refuses
     */
    public Found drill(Optional<String> uplink, boolean json) throws ControlException, InterruptedException {
        return begin(DrillCommands.BEGIN, DrillCommands.REPORT, uplink, json);
    }

    private Found begin(String begin, String tell, Optional<String> uplink, boolean json)
            throws ControlException, InterruptedException {
        Map<String, String> arguments = new HashMap<>();
        uplink.ifPresent(name -> arguments.put(ProbeCommands.UPLINK, name));
        JsonObject report = object(begin, arguments);
        Map<String, String> which = Map.of(ProbeCommands.NUMBER, String.valueOf(report.getLong("number")));
        while (!report.getBoolean("finished")) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            report = object(tell, which);
        }
        return new Found(report.getBoolean("well"), json ? client.json(tell, which) : client.text(tell, which));
    }

    private JsonObject object(String command, Map<String, String> arguments) throws ControlException {
        if (client.result(command, arguments, "json") instanceof JsonObject object) {
            return object;
        }
        throw new ControlException("the daemon's answer to '" + command + "' is no JSON object");
    }
}
