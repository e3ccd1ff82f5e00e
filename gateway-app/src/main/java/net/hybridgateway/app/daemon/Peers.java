package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.util.Collection;
import net.hybridgateway.app.kernel.Peer;
import net.hybridgateway.app.probe.ProbeConnections;
import net.hybridgateway.app.upstream.ServerBypass;
import net.hybridgateway.scheduler.SubflowTuple;

/** Tells by its addresses whether a connection of Multipath TCP is one to steer. Thread-safe. */
final class Peers {
    private final KnownAddresses conversionPoints = new KnownAddresses();
    private final ServerBypass bypass;
    private final ProbeConnections probes;

    Peers(ServerBypass bypass, ProbeConnections probes) {
        this.bypass = bypass;
        this.probes = probes;
    }

    /** The addresses of all conversion points from now on. */
    void conversionPoints(Collection<InetSocketAddress> addresses) {
        conversionPoints.replace(addresses);
    }

    Peer at(InetSocketAddress remote) {
        if (conversionPoints.contains(remote)) {
            return Peer.CONVERSION_POINT;
        }
        return bypass.isServer(remote) ? Peer.SERVER : Peer.STRANGER;
    }

    /** Of a subflow that was found, not told of: it may be one of a probe, which looks after its own. */
    Peer of(SubflowTuple subflow) {
        return probes.owns(subflow.local()) ? Peer.STRANGER : at(subflow.remote());
    }
}
