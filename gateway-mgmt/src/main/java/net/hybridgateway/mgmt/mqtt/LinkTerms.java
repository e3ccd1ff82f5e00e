package net.hybridgateway.mgmt.mqtt;

import java.time.Duration;
import java.util.Objects;

/**
 * How a connection is to be.
 *
 * @param modern MQTT 5; else 3.1.1
 * @param keepAlive after so long without a message from the broker, it is asked for a sign of life; and it gives the gateway
 *     up after one and a half times as long
 * @param will what the broker says when the gateway is gone without a word
 */
public record LinkTerms(boolean modern, Duration keepAlive, Publication will) {
    public LinkTerms {
        Objects.requireNonNull(keepAlive, "keepAlive");
        Objects.requireNonNull(will, "will");
    }
}
