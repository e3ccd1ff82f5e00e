package net.hybridgateway.app.upstream;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversion point with one of its addresses.
 *
 * @param name as configured
 * @param address resolved; where its Convert service listens
 * @param fixedMode the handshake that the configuration insists on; empty to choose by experience
 */
public record ConversionPoint(String name, InetSocketAddress address, Optional<HandshakeMode> fixedMode) {
    public ConversionPoint {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fixedMode, "fixedMode");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved: " + address);
        }
    }
}
