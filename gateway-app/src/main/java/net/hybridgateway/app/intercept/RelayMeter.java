package net.hybridgateway.app.intercept;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.Subflow;

/** What others want to know of a connection that carries bytes. Belongs to its loop. */
final class RelayMeter {
    private final Relay relay;
    private final Endpoint far;
    private final boolean multipath;
    private long lookedAtBytes;

    /** @param far the end towards conversion point or server */
    RelayMeter(Relay relay, Endpoint far, boolean multipath) {
        this.relay = relay;
        this.far = far;
        this.multipath = multipath;
    }

    /** An uplink broke; see {@link Relay#uplinkBroke}. */
    void uplinkBroke(GapMeter meter) {
        if (multipath) {
            relay.uplinkBroke(meter);
        }
    }

    /** Bytes relayed both ways since this was last asked. */
    long movedSinceLastLook() {
        long bytes = relay.bytesOutward() + relay.bytesInward();
        long moved = bytes - lookedAtBytes;
        lookedAtBytes = bytes;
        return moved;
    }

    /** The socket towards conversion point or server, if that is Multipath TCP. */
    Optional<Integer> multipathSocket() {
        return multipath && far.isOpen() ? Optional.of(far.fd().intValue()) : Optional.empty();
    }

    /** The kernel's token of its Multipath TCP connection, if it has one. */
    OptionalInt token() {
        return multipathSocket()
                .flatMap(MptcpInfo::of)
                .map(info -> OptionalInt.of(info.token()))
                .orElse(OptionalInt.empty());
    }

    /** What the kernel has of its subflows; none without Multipath TCP. */
    List<Subflow> subflows() {
        return multipathSocket().map(Subflow::of).orElse(List.of());
    }
}
