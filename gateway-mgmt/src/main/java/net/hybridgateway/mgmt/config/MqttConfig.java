package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code mqtt}: management from afar.
 *
 * @param enabled whether any broker is spoken to
 * @param brokers in the order of preference, at least one
 * @param id what the gateway is called there; empty if it is derived from the machine
 * @param topicPrefix what all topics begin with, without a slash at either end
 * @param credentials what the gateway shows to the broker besides a certificate
 * @param tls what is needed for {@code mqtts}
 * @param metricsInterval how often metrics are sent
 * @param metricsIntervalCellular the same while they go over cellular
 * @param allow commands that are carried out from afar; empty if none is
 * @param homeAssistant whether Home Assistant's discovery messages are sent, too
 * @param keepAlive MQTT's keep alive (MQTT 5.0 §3.1.2.10)
 */
public record MqttConfig(
        boolean enabled,
        List<BrokerAddress> brokers,
        Optional<String> id,
        String topicPrefix,
        Credentials credentials,
        Tls tls,
        MqttVersion version,
        Duration metricsInterval,
        Duration metricsIntervalCellular,
        Set<String> allow,
        boolean homeAssistant,
        Duration keepAlive) {
    /**
     * User name and password.
     *
     * @param password the password itself; at most one of it and {@code passwordFile} is present
     * @param passwordFile a file with the password in its first line
     */
    public record Credentials(Optional<String> username, Optional<Secret> password, Optional<Path> passwordFile) {
        public Credentials {
            Objects.requireNonNull(username, "username");
            if (password.isPresent() && passwordFile.isPresent()) {
                throw new IllegalArgumentException("two passwords");
            }
        }
    }

    /**
     * Files for TLS, all of them PEM.
     *
     * @param caFile whose certificates the broker's must go back to; empty for those that the system trusts
     * @param certFile the gateway's own certificate; present just if {@code keyFile} is
     */
    public record Tls(Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile) {
        public Tls {
            Objects.requireNonNull(caFile, "caFile");
            if (certFile.isPresent() != keyFile.isPresent()) {
                throw new IllegalArgumentException("a certificate needs its key");
            }
        }
    }

    public MqttConfig {
        brokers = List.copyOf(brokers);
        allow = Set.copyOf(allow);
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(topicPrefix, "topicPrefix");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(metricsInterval, "metricsInterval");
        Objects.requireNonNull(metricsIntervalCellular, "metricsIntervalCellular");
        Objects.requireNonNull(keepAlive, "keepAlive");
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("no broker");
        }
    }
}
