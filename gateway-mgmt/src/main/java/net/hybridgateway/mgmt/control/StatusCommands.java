package net.hybridgateway.mgmt.control;

import java.util.List;
import java.util.Set;
import net.hybridgateway.mgmt.status.ConnectionStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusJson;
import net.hybridgateway.mgmt.status.StatusSource;
import net.hybridgateway.mgmt.status.StatusText;

/** The commands that only show: {@code status} and {@code connections}. */
public final class StatusCommands {
    private StatusCommands() {}

    public static List<ControlCommand> of(StatusSource source) {
        return List.of(
                new ControlCommand("status", Set.of(), arguments -> {
                    GatewayStatus status = source.status();
                    return new CommandResult(StatusJson.of(status), () -> StatusText.of(status));
                }),
                new ControlCommand("connections", Set.of(), arguments -> {
                    List<ConnectionStatus> connections = source.connections();
                    return new CommandResult(StatusJson.of(connections), () -> StatusText.of(connections));
                }));
    }
}
