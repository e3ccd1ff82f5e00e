package net.hybridgateway.mgmt.mqtt;

import java.util.Objects;
import net.hybridgateway.mgmt.config.BrokerAddress;

/**
 * How the session does.
 *
 * @param broker that is connected, or comes next
 * @param connections since the start
 * @param trouble what is in the way, in one sentence; empty if nothing is known to be
 * @param eventsWaiting not acknowledged yet
 * @param eventsDropped since the start, because there were too many
 * @param cellularBytes since the start, an estimate with the overhead of all layers
 */
public record SessionView(
        boolean connected,
        BrokerAddress broker,
        int connections,
        String trouble,
        int eventsWaiting,
        long eventsDropped,
        long cellularBytes) {
    public SessionView {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(trouble, "trouble");
    }
}
