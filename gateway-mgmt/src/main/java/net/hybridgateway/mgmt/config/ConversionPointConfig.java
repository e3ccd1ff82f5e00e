package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A section {@code conversion_point}.
 *
 * @param name unique among the conversion points; the first address where the section has no name
 * @param addresses of one host, best first, at least one: literals ({@link AddressPrefix#address} reads them) or DNS names
 * @param port TCP port, 1 to 65535
 * @param cookieFile where the cookies that the conversion point gives (RFC 8803 §6.2.7) are kept over a restart
 * @param preference 0 to 1000, the lowest is used first, equal ones share the LAN's hosts among them; those without one come
 *     behind all others, in the order of the file
 */
public record ConversionPointConfig(
        String name,
        List<String> addresses,
        int port,
        Optional<Path> cookieFile,
        Handshake handshake,
        OptionalInt preference) {
    /** Without a preference. */
    public ConversionPointConfig(
            String name, List<String> addresses, int port, Optional<Path> cookieFile, Handshake handshake) {
        this(name, addresses, port, cookieFile, handshake, OptionalInt.empty());
    }

    public ConversionPointConfig {
        Objects.requireNonNull(name, "name");
        addresses = List.copyOf(addresses);
        Objects.requireNonNull(cookieFile, "cookieFile");
        Objects.requireNonNull(handshake, "handshake");
        Objects.requireNonNull(preference, "preference");
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }
}
