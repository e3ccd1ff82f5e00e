package net.hybridgateway.app.kernel;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.SubflowPath;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.SubflowTuple;

/** Turns the kernel's path-manager events into the engine's. Stateless. */
public final class PathManagerEvents {
    private PathManagerEvents() {}

    /**
     * The engine's word for a kernel event; empty if it is of no interest.
     *
     * @param peers tells who is at an address
     */
    public static Optional<EngineEvent> translate(MptcpEvent event, Function<InetSocketAddress, Peer> peers) {
        if (event instanceof MptcpEvent.Established established) {
            Peer peer = peers.apply(established.path().remote());
            return established.serverSide() || peer == Peer.STRANGER
                    ? Optional.empty()
                    : Optional.of(new EngineEvent.ConnectionEstablished(
                            token(established.token()),
                            tuple(established.path()),
                            established.initialAddressDenied(),
                            peer == Peer.SERVER));
        }
        if (event instanceof MptcpEvent.Closed closed) {
            return Optional.of(new EngineEvent.ConnectionClosed(token(closed.token())));
        }
        if (event instanceof MptcpEvent.Announced announced) {
            return Optional.of(new EngineEvent.AddressAnnounced(
                    token(announced.token()),
                    announced.remoteId().value(),
                    new InetSocketAddress(announced.address(), announced.port())));
        }
        if (event instanceof MptcpEvent.Removed removed) {
            return Optional.of(new EngineEvent.AddressWithdrawn(
                    token(removed.token()), removed.remoteId().value()));
        }
        if (event instanceof MptcpEvent.SubflowEstablished established) {
            SubflowPath path = established.subflow().path();
            return Optional.of(new EngineEvent.SubflowEstablished(
                    token(established.token()),
                    tuple(path),
                    path.localId().value(),
                    path.remoteId().value()));
        }
        if (event instanceof MptcpEvent.SubflowClosed closed) {
            SubflowPath path = closed.subflow().path();
            return Optional.of(new EngineEvent.SubflowClosed(
                    token(closed.token()), tuple(path), path.localId().value(), number(closed.error())));
        }
        return Optional.empty();
    }

    private static OptionalInt number(Optional<Errno> error) {
        return error.isPresent() ? OptionalInt.of(error.get().number()) : OptionalInt.empty();
    }

    private static int token(ConnectionToken token) {
        return (int) token.value();
    }

    private static SubflowTuple tuple(SubflowPath path) {
        return new SubflowTuple(path.local(), path.remote());
    }
}
