package net.hybridgateway.mgmt.mqtt;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message from the broker.
 *
 * @param retained whether the broker had kept it, or its sender wants it kept
 * @param duplicate whether the broker may have sent it before
 * @param responseTopic where an answer is wanted; always empty in MQTT 3.1.1, as the two after it
 * @param correlation what the answer is to bring back
 * @param expirySeconds how much longer it is valid
 */
public record Arrival(
        String topic,
        Octets payload,
        boolean retained,
        boolean duplicate,
        Optional<String> responseTopic,
        Optional<Octets> correlation,
        OptionalLong expirySeconds) {
    public Arrival {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(responseTopic, "responseTopic");
        Objects.requireNonNull(correlation, "correlation");
        Objects.requireNonNull(expirySeconds, "expirySeconds");
    }
}
