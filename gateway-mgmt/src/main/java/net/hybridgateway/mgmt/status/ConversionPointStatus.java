package net.hybridgateway.mgmt.status;

import java.util.Objects;
import java.util.Optional;

/**
 * One conversion point.
 *
 * @param address as it was learnt: a name or an address
 * @param mptcp whether connections to it are MPTCP; empty as long as none was tried
 * @param fastOpen whether it takes data in the SYN without harm to MPTCP; empty as long as that was not tried
 */
public record ConversionPointStatus(
        String name,
        String address,
        int port,
        Origin origin,
        State state,
        Optional<Boolean> mptcp,
        Optional<Boolean> fastOpen) {
    /** Where the gateway learnt of it. */
    public enum Origin {
        CONFIGURATION,
        DHCPV4,
        DHCPV6,
        DNS
    }

    /** Whether it is used. */
    public enum State {
        /** Nothing was heard from it yet. */
        UNKNOWN,
        /** The last attempt reached it. */
        UP,
        /** The last attempts failed. */
        DOWN
    }

    public ConversionPointStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(mptcp, "mptcp");
        Objects.requireNonNull(fastOpen, "fastOpen");
    }
}
