package net.hybridgateway.mgmt.mqtt;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;

/**
 * What the session sees of the gateway at one moment.
 *
 * @param events the last ones, oldest first
 */
public record GatewayView(GatewayStatus status, List<EventStatus> events) {
    public GatewayView {
        Objects.requireNonNull(status, "status");
        events = List.copyOf(events);
    }

    /** The most preferred uplink that works: what goes out now goes over it. */
    Optional<UplinkStatus> uplink() {
        return status.uplinks().stream()
                .filter(uplink -> uplink.state() == UplinkState.ONLINE)
                .findFirst();
    }

    /** Whether each byte may cost money now. */
    boolean onCellular() {
        return uplink().filter(uplink -> uplink.kind() == UplinkKind.CELLULAR).isPresent();
    }
}
