package net.hybridgateway.mgmt.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code web}. */
final class WebSection {
    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final ConfigOption<InetSocketAddress> LISTEN = ConfigOption.derivedList(
            "listen", ValueTypes.LISTEN, "port " + WebConfig.PORT + " of each address of the LAN devices");

    static final ConfigOption<Boolean> TLS = ConfigOption.defaulted("tls", ValueTypes.BOOLEAN, "0");

    static final ConfigOption<Path> CERT_FILE = ConfigOption.optional("cert_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Path> KEY_FILE = ConfigOption.optional("key_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Boolean> METRICS = ConfigOption.defaulted("metrics", ValueTypes.BOOLEAN, "0");

    static final ConfigOption<Duration> SESSION_TIMEOUT = ConfigOption.defaulted(
            "session_timeout", ValueTypes.duration(Duration.ofMinutes(1), Duration.ofDays(30)), "30m");

    static final SectionType TYPE = new SectionType(
            "web", List.of(ENABLED, LISTEN, TLS, CERT_FILE, KEY_FILE, METRICS, SESSION_TIMEOUT), Map.of());

    private WebSection() {}

    static Optional<WebConfig> read(SectionReader in) {
        Optional<Boolean> enabled = in.value(ENABLED);
        List<InetSocketAddress> listen = in.values(LISTEN);
        Optional<Boolean> tls = in.value(TLS);
        Optional<Path> certFile = in.value(CERT_FILE);
        Optional<Path> keyFile = in.value(KEY_FILE);
        Optional<Boolean> metrics = in.value(METRICS);
        Optional<Duration> sessionTimeout = in.value(SESSION_TIMEOUT);
        if (tls.equals(Optional.of(true))) {
            in.requireToo(CERT_FILE, TLS);
            in.requireToo(KEY_FILE, TLS);
        } else if (tls.isPresent()) {
            in.requireNot(CERT_FILE, "without option tls '1'");
            in.requireNot(KEY_FILE, "without option tls '1'");
        }
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new WebConfig(
                enabled.orElseThrow(),
                listen,
                tls.orElseThrow()
                        ? Optional.of(new WebConfig.Certificate(certFile.orElseThrow(), keyFile.orElseThrow()))
                        : Optional.empty(),
                metrics.orElseThrow(),
                sessionTimeout.orElseThrow()));
    }
}
