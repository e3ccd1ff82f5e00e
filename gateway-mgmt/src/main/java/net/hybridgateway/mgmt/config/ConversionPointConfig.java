package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A section {@code conversion_point}.
 *
 * @param name unique among the conversion points; the address where the section has no name
 * @param address an address literal ({@link AddressPrefix#address} reads it) or a DNS name
 * @param port TCP port, 1 to 65535
 * @param cookieFile where the cookies that the conversion point gives (RFC 8803 §6.2.7) are kept over a restart
 */
public record ConversionPointConfig(
        String name, String address, int port, Optional<Path> cookieFile, Handshake handshake) {
    public ConversionPointConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(cookieFile, "cookieFile");
        Objects.requireNonNull(handshake, "handshake");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }
}
