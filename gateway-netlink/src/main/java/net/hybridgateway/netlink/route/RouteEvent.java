package net.hybridgateway.netlink.route;

/** A change of the kernel's network configuration. */
public sealed interface RouteEvent {
    /** A link appeared or changed: state, carrier, name, flags. */
    record LinkChanged(Link link) implements RouteEvent {}

    /** A link is gone. */
    record LinkRemoved(Link link) implements RouteEvent {}

    /** An address appeared or changed, for example from tentative to usable. */
    record AddressChanged(Address address) implements RouteEvent {}

    /** An address is gone. */
    record AddressRemoved(Address address) implements RouteEvent {}

    /** A route appeared or changed. */
    record RouteChanged(Route route) implements RouteEvent {}

    /**
     * A route is gone. When a link goes down, the kernel tells so of IPv6 routes only: IPv4 routes of the link vanish with
     * its {@link LinkChanged}.
     */
    record RouteRemoved(Route route) implements RouteEvent {}

    /** A rule appeared. */
    record RuleChanged(Rule rule) implements RouteEvent {}

    /** A rule is gone. */
    record RuleRemoved(Rule rule) implements RouteEvent {}

    /** The kernel had to drop events: read the state anew with {@link RouteNetlink}. */
    record EventsLost() implements RouteEvent {}
}
