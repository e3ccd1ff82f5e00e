package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Set;
import net.hybridgateway.mgmt.metrics.MetricsText;
import net.hybridgateway.mgmt.status.StatusSource;

/** The command {@code metrics}: the status for a Prometheus server. */
public final class MetricsCommands {
    private MetricsCommands() {}

    public static List<ControlCommand> of(StatusSource source) {
        return List.of(new ControlCommand("metrics", Set.of(), arguments -> {
            String text = MetricsText.of(source.status(), source.events());
            JsonObject json = new JsonObject();
            json.put("contentType", MetricsText.CONTENT_TYPE);
            json.put("text", text);
            return new CommandResult(json, () -> text);
        }));
    }
}
