package net.hybridgateway.mgmt.mqtt.paho;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.hybridgateway.mgmt.mqtt.BrokerLink;
import net.hybridgateway.mgmt.mqtt.Publication;

/** A connection that came to nothing before it began; its listener knows. */
final class NoLink implements BrokerLink {
    @Override
    public void subscribe(List<String> topics) {}

    @Override
    public void publish(Publication publication) {}

    @Override
    public CompletableFuture<Void> disconnect() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void abort() {}
}
