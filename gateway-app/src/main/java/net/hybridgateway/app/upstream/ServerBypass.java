package net.hybridgateway.app.upstream;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.app.convert.ConnectTlv;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.convert.ExtendedTcpHeaderTlv;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkReach;

/**
 * Which connections go as Multipath TCP straight to their server, without a conversion point (RFC 8803 §5.1): those to
 * servers that a conversion point has seen speak it, if all uplinks that may take part lead there.
 *
 * <p>An uplink that is down now may come back, so that it counts as well: it is not known whether it would lead there.
 *
 * <p>Thread-safe: the relay loops ask and learn, and the thread of the kernel's events tells of the C flag.
 */
public final class ServerBypass {
    /** Whose announcement is waited for; it comes within a round trip or two. */
    private static final int MOST_DENYING = 64;

    private final boolean enabled;
    private volatile List<UplinkConfig> uplinks;
    private final MultipathServers servers = new MultipathServers();
    private final Map<Integer, InetSocketAddress> denying = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, InetSocketAddress> eldest) {
            return size() > MOST_DENYING;
        }
    };

    private ServerBypass(boolean enabled, List<UplinkConfig> uplinks) {
        this.enabled = enabled;
        this.uplinks = List.copyOf(uplinks);
    }

    /** All connections go through a conversion point. */
    public static ServerBypass off() {
        return new ServerBypass(false, List.of());
    }

    /**
     * Connections bypass the conversion point where they can.
     *
     * @param uplinks all that are configured and not switched off
     */
    public static ServerBypass over(List<UplinkConfig> uplinks) {
        return new ServerBypass(true, uplinks);
    }

    /** Other uplinks take part. */
    public void configure(List<UplinkConfig> now) {
        uplinks = List.copyOf(now);
    }

    /**
     * How a connection goes straight to its server; empty if it is to go through a conversion point.
     *
     * @param rights what the user's rules allow it
     */
    public Optional<UpstreamRouter.DirectRoute> route(
            UpstreamRouter router, InetSocketAddress server, TrafficRights rights, long nowNanos) {
        // A private address may be another host on the conversion point's side than it is here.
        return enabled && UplinkReach.INTERNET.suits(server.getAddress()) && servers.speaksMultipath(server, nowNanos)
                ? router.sharedRoute(server.getAddress(), rights, uplinks)
                : Optional.empty();
    }

    /** Whether connections go, or went of late, straight to this address. */
    public boolean isServer(InetSocketAddress address) {
        return servers.contains(address);
    }

    /** What a conversion point has replied to a request. */
    void learn(ConvertRequest request, Optional<ExtendedTcpHeaderTlv> reply, long nowNanos) {
        if (enabled
                && request.question() instanceof ConnectTlv connect
                && reply.filter(ExtendedTcpHeaderTlv::serverSpeaksMptcp).isPresent()) {
            servers.learn(connect.remote(), nowNanos);
        }
    }

    /** A server answered in Multipath TCP. */
    void worked(InetSocketAddress server, long nowNanos) {
        servers.learn(server, nowNanos);
    }

    /** A server did not, or did not answer at all. */
    void avoid(InetSocketAddress server, long nowNanos) {
        servers.avoid(server, nowNanos);
    }

    /**
     * What the kernel tells of a connection. A server that refuses further subflows to its address (the C flag) is avoided,
     * for a break would end its connections; unless it announces another address.
     */
    public synchronized void heard(EngineEvent event, long nowNanos) {
        if (event instanceof EngineEvent.ConnectionEstablished established
                && established.toServer()
                && established.initialAddressDenied()) {
            servers.avoid(established.initial().remote(), nowNanos);
            denying.put(established.token(), established.initial().remote());
        } else if (event instanceof EngineEvent.AddressAnnounced announced) {
            Optional.ofNullable(denying.remove(announced.token()))
                    .ifPresent(server -> servers.acquit(server, nowNanos));
        }
    }
}
