package net.hybridgateway.app.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.route.Address;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.OperationalState;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.route.RouteType;
import net.hybridgateway.netlink.route.Rule;
import net.hybridgateway.netlink.route.Scope;
import net.hybridgateway.scheduler.UplinkObservation;

/** Links, addresses, routes and rules of this network namespace, read at one moment. */
public record NetworkState(List<Link> links, List<Address> addresses, List<Route> routes, List<Rule> rules) {
    public NetworkState {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
    }

    /** Asks the kernel. */
    public static NetworkState read(RouteNetlink netlink) {
        return new NetworkState(netlink.links(), netlink.addresses(), netlink.routes(), netlink.rules());
    }

    public Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** What the policy engine wants to know of an uplink's device. */
    public UplinkObservation observe(String device) {
        return link(device).map(this::observe).orElse(UplinkObservation.ABSENT);
    }

    private UplinkObservation observe(Link link) {
        return new UplinkObservation(
                true,
                carries(link),
                link.index(),
                addresses.stream()
                        .filter(address -> address.linkIndex() == link.index())
                        .filter(address -> address.isUsable() && address.scope().equals(Scope.UNIVERSE))
                        .map(Address::address)
                        .toList(),
                leadsOut(link, AddressFamily.IPV4),
                leadsOut(link, AddressFamily.IPV6));
    }

    /** PPP, tunnels and some modems never say more than "unknown"; their carrier flag is all there is. */
    private static boolean carries(Link link) {
        boolean working =
                link.state().equals(OperationalState.UP) || link.state().equals(OperationalState.UNKNOWN);
        return link.isUp() && link.carrier() && working;
    }

    /**
     * Whether a route goes beyond the link itself: by a gateway or, where the link has two ends only, by the link. A
     * dedicated cellular network may have a route to the conversion point and no default route.
     */
    private boolean leadsOut(Link link, AddressFamily family) {
        return routesOut(link.index())
                .anyMatch(route -> route.family() == family
                        && (route.gateway().isPresent()
                                || route.protocol() != Route.PROTOCOL_KERNEL
                                || (link.isPointToPoint() && route.destination().isAll())));
    }

    /** The unicast routes of the main table that use a link, without those that the kernel has given up. */
    Stream<Route> routesOut(int linkIndex) {
        return routes.stream()
                .filter(route ->
                        route.table() == Route.MAIN_TABLE && route.type().equals(RouteType.UNICAST))
                .filter(route ->
                        route.linkIndex().isPresent() && route.linkIndex().getAsInt() == linkIndex)
                .filter(route -> !route.isDead());
    }
}
