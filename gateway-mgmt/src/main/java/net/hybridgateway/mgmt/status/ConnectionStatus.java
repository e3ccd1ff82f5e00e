package net.hybridgateway.mgmt.status;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One relayed connection.
 *
 * @param client address and port of the LAN host
 * @param destination address and port that the LAN host asked for
 * @param conversionPoint name of the conversion point; empty if the connection goes without one
 * @param bypass whether it goes without one because its server speaks MPTCP itself
 * @param paths one for each subflow that stands; for a connection that is no MPTCP, the one uplink it uses
 * @param bytesIn from the destination to the client
 * @param bytesOut from the client to the destination
 * @param mptcp whether it is MPTCP towards the network; false after a fallback to TCP
 * @param handshake how the conversion point was asked; empty if the connection goes without one
 * @param subflows all of them, those too that do not stand; empty for a connection that is no MPTCP
 * @param notes sentences on the connection as a whole: what rules forbid it, and why it has no more paths
 */
public record ConnectionStatus(
        InetSocketAddress client,
        InetSocketAddress destination,
        Optional<String> conversionPoint,
        boolean bypass,
        List<Path> paths,
        long bytesIn,
        long bytesOut,
        long ageSeconds,
        boolean mptcp,
        Optional<Handshake> handshake,
        List<SubflowStatus> subflows,
        List<String> notes) {
    /**
     * A subflow's uplink.
     *
     * @param backup used only while nothing else works (the B bit)
     */
    public record Path(String uplink, boolean backup) {
        public Path {
            Objects.requireNonNull(uplink, "uplink");
        }
    }

    /** How many round trips passed before data did. */
    public enum Handshake {
        ZERO_RTT("0-rtt"),
        ONE_RTT("1-rtt");

        private final String word;

        Handshake(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public ConnectionStatus {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(conversionPoint, "conversionPoint");
        Objects.requireNonNull(handshake, "handshake");
        paths = List.copyOf(paths);
        subflows = List.copyOf(subflows);
        notes = List.copyOf(notes);
    }
}
