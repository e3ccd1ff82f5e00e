package net.hybridgateway.mgmt.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code web}: the page for the house.
 *
 * @param enabled whether anything is served
 * @param listen where; empty for {@link #PORT} on each address of the LAN devices
 * @param tls certificate and key; empty for plain HTTP
 * @param metrics whether {@code /metrics} is there
 * @param sessionTimeout after so long without a request, the password is asked for again
 */
public record WebConfig(
        boolean enabled,
        List<InetSocketAddress> listen,
        Optional<Certificate> tls,
        boolean metrics,
        Duration sessionTimeout) {
    /** Where the page is if nothing is said. */
    public static final int PORT = 8480;

    /** What the page proves itself with: files in PEM form. */
    public record Certificate(Path certFile, Path keyFile) {
        public Certificate {
            Objects.requireNonNull(certFile, "certFile");
            Objects.requireNonNull(keyFile, "keyFile");
        }
    }

    public WebConfig {
        listen = List.copyOf(listen);
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(sessionTimeout, "sessionTimeout");
    }
}
