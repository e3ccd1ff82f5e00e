package net.hybridgateway.netlink.route;

import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.EventReader;
import net.hybridgateway.netlink.LinuxNetlinkSocket;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkSocket;

/**
 * Reports changes of links, addresses, routes and rules of both IP families.
 *
 * <p>To miss nothing, open the monitor first and read the state with {@link RouteNetlink} then: what changed in between is
 * seen twice, not never. One thread reads; {@link #close()} may be called from any thread and ends its wait.
 */
public final class RouteMonitor implements AutoCloseable {
    private static final int[] GROUPS = {
        RouteNumbers.RTNLGRP_LINK,
        RouteNumbers.RTNLGRP_IPV4_IFADDR,
        RouteNumbers.RTNLGRP_IPV6_IFADDR,
        RouteNumbers.RTNLGRP_IPV4_ROUTE,
        RouteNumbers.RTNLGRP_IPV6_ROUTE,
        RouteNumbers.RTNLGRP_IPV4_RULE,
        RouteNumbers.RTNLGRP_IPV6_RULE
    };

    private final EventReader<RouteEvent> events;

    /** @param socket of {@link NetlinkProtocol#ROUTE}; joins its groups, and is closed with this monitor */
    public RouteMonitor(NetlinkSocket socket) {
        for (int group : GROUPS) {
            socket.joinGroup(group);
        }
        events = new EventReader<>(socket, RouteMonitor::decode, new RouteEvent.EventsLost());
    }

    /** Opens a monitor for the network namespace of this thread. */
    public static RouteMonitor open() {
        NetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE);
        try {
            return new RouteMonitor(socket);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next event; see {@link EventReader#next()}. */
    public RouteEvent next() {
        return events.next();
    }

    /** Waits for the next event, {@code timeout} at most; see {@link EventReader#next(Duration)}. */
    public Optional<RouteEvent> next(Duration timeout) {
        return events.next(timeout);
    }

    @Override
    public void close() {
        events.close();
    }

    static Optional<? extends RouteEvent> decode(NetlinkMessage message) {
        return switch (message.type()) {
            case RouteNumbers.RTM_NEWLINK -> decodeLink(message).map(RouteEvent.LinkChanged::new);
            case RouteNumbers.RTM_DELLINK -> decodeLink(message).map(RouteEvent.LinkRemoved::new);
            case RouteNumbers.RTM_NEWADDR -> Address.decode(message).map(RouteEvent.AddressChanged::new);
            case RouteNumbers.RTM_DELADDR -> Address.decode(message).map(RouteEvent.AddressRemoved::new);
            case RouteNumbers.RTM_NEWROUTE -> Route.decode(message).map(RouteEvent.RouteChanged::new);
            case RouteNumbers.RTM_DELROUTE -> Route.decode(message).map(RouteEvent.RouteRemoved::new);
            case RouteNumbers.RTM_NEWRULE -> Rule.decode(message).map(RouteEvent.RuleChanged::new);
            case RouteNumbers.RTM_DELRULE -> Rule.decode(message).map(RouteEvent.RuleRemoved::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Link> decodeLink(NetlinkMessage message) {
        return Link.isAboutLink(message) ? Optional.of(Link.decode(message)) : Optional.empty();
    }
}
