package net.hybridgateway.mgmt.web;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import net.hybridgateway.mgmt.config.WebConfig;

/** HTTPS, by the JDK. */
final class Tls {
    private Tls() {}

    /**
     * Reads certificate (a chain in PEM, the gateway's own first) and key (PEM, PKCS #8, not encrypted).
     *
     * @throws WebException if they do not fit; it names the files
     */
    static SslContext open(WebConfig.Certificate files) {
        try {
            return SslContextBuilder.forServer(
                            files.certFile().toFile(), files.keyFile().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new WebException(
                    "the page cannot be served over TLS: " + files.certFile() + " and " + files.keyFile()
                            + " are no certificate and its key in PEM (" + e.getMessage() + ")",
                    e);
        }
    }
}
