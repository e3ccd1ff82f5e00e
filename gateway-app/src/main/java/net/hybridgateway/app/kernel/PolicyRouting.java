package net.hybridgateway.app.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.route.IpPrefix;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.route.RouteType;
import net.hybridgateway.netlink.route.Rule;
import org.tinylog.Logger;

/**
 * Keeps packets where they belong: intercepted ones at the transparent listener, and those with an uplink's source
 * address on that uplink.
 *
 * <p>Each uplink has a table of its own with a copy of its routes from the main table, and behind them an unreachable
 * default. The rule that leads to it stays when the device goes down: otherwise the packets of dead subflows would leave
 * by the other uplink's default route, with a source address that its operator must take for forged.
 *
 * <p>One owner thread.
 */
public final class PolicyRouting {
    /** Behind every real route, whatever its metric. */
    private static final long LAST_RESORT = 2_000_000_000L;

    /** What makes two routes the same one to the kernel and to us; the rest is its own book-keeping. */
    private record RouteKey(
            IpPrefix destination,
            RouteType type,
            long table,
            Optional<InetAddress> gateway,
            OptionalInt link,
            long metric) {
        static RouteKey of(Route route) {
            boolean leads = route.type().equals(RouteType.UNICAST);
            return new RouteKey(
                    route.destination(),
                    route.type(),
                    route.table(),
                    route.gateway(),
                    leads ? route.linkIndex() : OptionalInt.empty(),
                    route.metric());
        }
    }

    private record RuleKey(AddressFamily family, long priority, Optional<IpPrefix> from, long mark, long table) {
        static RuleKey of(Rule rule) {
            return new RuleKey(rule.family(), rule.priority(), rule.from(), rule.mark(), rule.table());
        }
    }

    private record Source(String device, AddressFamily family) {}

    private final RouteNetlink netlink;
    private final UplinkTables tables;
    private final Map<Source, Set<InetAddress>> sources = new HashMap<>();

    /**
     * Looks after these uplinks.
     *
     * @param tables of all devices that are, or were, uplinks
     */
    public PolicyRouting(RouteNetlink netlink, UplinkTables tables) {
        this.netlink = netlink;
        this.tables = tables;
    }

    /** Makes the kernel's tables what they should be in this state of the network. */
    public void apply(NetworkState state) {
        applyRoutes(state);
        applyRules(state);
    }

    private void applyRoutes(NetworkState state) {
        Map<RouteKey, Route> wanted = new HashMap<>();
        for (AddressFamily family : AddressFamily.values()) {
            want(
                    wanted,
                    Route.to(IpPrefix.all(family))
                            .type(RouteType.LOCAL)
                            .out(loopback(state))
                            .table(KernelNames.LISTENER_TABLE)
                            .metric(family == AddressFamily.IPV6 ? 1024 : 0));
        }
        for (String device : tables.devices()) {
            wantUplink(wanted, state, device, tables.of(device));
        }
        Set<RouteKey> present = new HashSet<>();
        for (Route route : state.routes()) {
            if (KernelNames.isOurTable(route.table())) {
                if (wanted.containsKey(RouteKey.of(route))) {
                    present.add(RouteKey.of(route));
                } else {
                    unlessGone(() -> netlink.deleteRoute(route));
                }
            }
        }
        wanted.forEach((key, route) -> {
            if (!present.contains(key)) {
                unlessThere(() -> netlink.addRoute(route));
            }
        });
    }

    private static void wantUplink(Map<RouteKey, Route> wanted, NetworkState state, String device, long table) {
        for (AddressFamily family : AddressFamily.values()) {
            want(
                    wanted,
                    Route.to(IpPrefix.all(family))
                            .type(RouteType.UNREACHABLE)
                            .table(table)
                            .metric(LAST_RESORT));
        }
        Optional<Link> link = state.link(device);
        link.stream().flatMap(present -> state.routesOut(present.index())).forEach(route -> {
            Route.Builder copy = Route.to(route.destination())
                    .out(route.linkIndex().getAsInt())
                    .table(table)
                    .metric(route.metric());
            route.gateway().ifPresent(gateway -> copy.via(gateway).onLink());
            route.preferredSource().ifPresent(copy::preferredSource);
            want(wanted, copy);
        });
    }

    private static void want(Map<RouteKey, Route> wanted, Route.Builder builder) {
        Route route = builder.protocol(KernelNames.PROTOCOL).build();
        wanted.put(RouteKey.of(route), route);
    }

    private static int loopback(NetworkState state) {
        return state.links().stream()
                .filter(Link::isLoopback)
                .findFirst()
                .map(Link::index)
                .orElse(1);
    }

    private void applyRules(NetworkState state) {
        Map<RuleKey, Rule> wanted = new HashMap<>();
        for (AddressFamily family : AddressFamily.values()) {
            want(
                    wanted,
                    Rule.lookup(family, KernelNames.LISTENER_TABLE)
                            .mark(KernelNames.MARK, KernelNames.MARK)
                            .priority(KernelNames.LISTENER_PRIORITY));
        }
        for (String device : tables.devices()) {
            for (InetAddress source : sourcesOf(device, state)) {
                want(
                        wanted,
                        Rule.lookup(AddressFamily.of(source), tables.of(device))
                                .from(IpPrefix.host(source))
                                .priority(KernelNames.UPLINK_PRIORITY));
            }
        }
        Set<RuleKey> present = new HashSet<>();
        for (Rule rule : state.rules()) {
            if (KernelNames.isOurTable(rule.table()) && !OtherTraffic.isOurs(rule)) {
                if (wanted.containsKey(RuleKey.of(rule)) && present.add(RuleKey.of(rule))) {
                    continue;
                }
                unlessGone(() -> netlink.deleteRule(rule));
            }
        }
        wanted.forEach((key, rule) -> {
            if (!present.contains(key)) {
                unlessThere(() -> netlink.addRule(rule));
            }
        });
    }

    private static void want(Map<RuleKey, Rule> wanted, Rule.Builder builder) {
        Rule rule = builder.protocol(KernelNames.PROTOCOL).build();
        wanted.put(RuleKey.of(rule), rule);
    }

    /** The uplink's addresses; those that it had last, while it has none. */
    private List<InetAddress> sourcesOf(String device, NetworkState state) {
        List<InetAddress> all = new ArrayList<>();
        List<InetAddress> now = state.observe(device).addresses();
        for (AddressFamily family : AddressFamily.values()) {
            Set<InetAddress> ofFamily = new LinkedHashSet<>(now.stream()
                    .filter(address -> AddressFamily.of(address) == family)
                    .toList());
            Source source = new Source(device, family);
            if (!ofFamily.isEmpty()) {
                sources.put(source, ofFamily);
            }
            all.addAll(sources.getOrDefault(source, Set.of()));
        }
        return all;
    }

    /** Removes all our rules and routes, whoever left them. */
    static void remove(RouteNetlink netlink) {
        for (Rule rule : netlink.rules()) {
            if (KernelNames.isOurTable(rule.table()) || OtherTraffic.isOurs(rule)) {
                unlessGone(() -> netlink.deleteRule(rule));
            }
        }
        for (Route route : netlink.routes()) {
            if (KernelNames.isOurTable(route.table())) {
                unlessGone(() -> netlink.deleteRoute(route));
            }
        }
    }

    private static void unlessGone(Runnable change) {
        try {
            change.run();
        } catch (NetlinkException e) {
            if (!e.is(Errno.ESRCH) && !e.is(Errno.ENOENT)) {
                complain(e);
            }
        }
    }

    /**
     * A route may also be refused because its device went down a moment ago. The event of that is on its way, and with it
     * the next attempt.
     */
    private static void unlessThere(Runnable change) {
        try {
            change.run();
        } catch (NetlinkException e) {
            boolean passing = e.is(Errno.ENETDOWN) || e.is(Errno.ENODEV) || e.is(Errno.ENETUNREACH);
            if (!e.is(Errno.EEXIST) && !passing) {
                complain(e);
            }
        }
    }

    /** One odd route of the owner's must not keep all other packets from their way, nor the engine from its work. */
    private static void complain(NetlinkException e) {
        Logger.warn("{}", e.getMessage());
    }
}
