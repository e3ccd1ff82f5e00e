package net.hybridgateway.app.upstream;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A conversion point with one of its addresses.
 *
 * @param name as configured, or made up for one that was learnt: unique
 * @param address resolved; where its Convert service listens
 * @param fixedMode the handshake that the configuration insists on; empty to choose by experience
 * @param preference those that have the same are used alike; empty if it has no equals
 * @param origin where it is known from
 */
public record ConversionPoint(
        String name,
        InetSocketAddress address,
        Optional<HandshakeMode> fixedMode,
        OptionalInt preference,
        PointOrigin origin) {
    /** Configured, and without equals. */
    public ConversionPoint(String name, InetSocketAddress address, Optional<HandshakeMode> fixedMode) {
        this(name, address, fixedMode, OptionalInt.empty(), PointOrigin.CONFIGURATION);
    }

    public ConversionPoint {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fixedMode, "fixedMode");
        Objects.requireNonNull(preference, "preference");
        Objects.requireNonNull(origin, "origin");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved: " + address);
        }
    }
}
