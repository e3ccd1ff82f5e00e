package net.hybridgateway.mgmt.mqtt;

import java.util.Objects;
import java.util.Optional;

/**
 * A message to the broker.
 *
 * @param number by which its delivery is told
 * @param payload JSON, or nothing, or a word
 * @param quality 0, or 1 if the broker is to acknowledge it
 * @param correlation goes back to who asked (MQTT 5.0 §4.10); left out in MQTT 3.1.1
 */
public record Publication(
        long number, String topic, String payload, int quality, boolean retained, Optional<Octets> correlation) {
    public Publication {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(correlation, "correlation");
        if (quality < 0 || quality > 1) {
            throw new IllegalArgumentException("quality " + quality);
        }
    }
}
