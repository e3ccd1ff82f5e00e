package net.hybridgateway.mgmt.status;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One conversion point.
 *
 * @param address as it was learnt: a name or an address
 * @param stateSeconds since when; empty as long as nothing was heard from it
 * @param reason why it is not used: one English sentence; empty if it is
 * @param mptcp whether connections to it are MPTCP; empty as long as none was tried
 * @param fastOpen whether it takes data in the SYN without harm to MPTCP; empty as long as that was not tried
 * @param paths what is known of it over each uplink that was tried, most preferred first
 */
public record ConversionPointStatus(
        String name,
        String address,
        int port,
        Origin origin,
        State state,
        OptionalLong stateSeconds,
        Optional<String> reason,
        Optional<Boolean> mptcp,
        Optional<Boolean> fastOpen,
        List<Path> paths) {
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
        /** The last attempts failed: connections go another way, and it is asked now and then. */
        DOWN,
        /** It answers again, and is watched for a moment before connections come back. */
        RETURNING,
        /** It asked for a pause. */
        PAUSED;

        /** Whether new connections keep away from it. */
        public boolean isAvoided() {
            return this == DOWN || this == RETURNING || this == PAUSED;
        }
    }

    /**
     * It over one uplink.
     *
     * @param stateSeconds since when
     * @param known what was seen there
     */
    public record Path(
            String uplink, State state, OptionalLong stateSeconds, Optional<String> reason, List<Fact> known) {
        public Path {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(stateSeconds, "stateSeconds");
            Objects.requireNonNull(reason, "reason");
            known = List.copyOf(known);
        }
    }

    /**
     * Something that was seen.
     *
     * @param name {@code mptcp}, {@code syn-data}, {@code extensions} or {@code cookie}
     * @param ageSeconds since it was seen last
     */
    public record Fact(String name, String value, long ageSeconds) {
        public Fact {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    public ConversionPointStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stateSeconds, "stateSeconds");
        Objects.requireNonNull(reason, "reason");
        paths = List.copyOf(paths);
        Objects.requireNonNull(mptcp, "mptcp");
        Objects.requireNonNull(fastOpen, "fastOpen");
    }
}
