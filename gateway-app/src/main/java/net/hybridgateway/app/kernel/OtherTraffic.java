package net.hybridgateway.app.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.conntrack.Conntrack;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.route.RouteType;
import net.hybridgateway.netlink.route.Rule;
import net.hybridgateway.netlink.route.RuleAction;
import net.hybridgateway.scheduler.InitialPath;
import org.tinylog.Logger;

/**
 * Leads what nobody intercepts (UDP, QUIC, ICMP, the gateway's own questions) over the uplink that is best now.
 *
 * <p>The main table is left alone: it is netifd's, which would put back what we change, and which a killed daemon would leave
 * changed. Instead, two rules stand in front of it while its default routes are not what is wanted: the first looks up
 * everything but default routes there, the second looks up the uplink's own table. They are the last rules before the main
 * table, so whoever has an opinion about a packet (mwan3, VPNs, other policy routing) comes first. While the preferred uplink
 * works and the main table leads there, there are no such rules at all.
 *
 * <p>Translated flows stay with the address that they began with. When the uplink changes, those of the old one are
 * forgotten, so that their next packet begins anew: calls and QUIC go on from there, and cellular is left at once.
 *
 * <p>One owner thread.
 */
public final class OtherTraffic {
    /** What has to be known of an uplink. */
    public record Uplink(String name, String device, int preference) {}

    private record Source(String uplink, AddressFamily family) {}

    private final RouteNetlink netlink;
    private final Conntrack conntrack;
    private final UplinkTables tables;
    private final Executor later;
    private List<Uplink> uplinks = List.of();
    private List<String> lanDevices = List.of();
    private Set<String> preferred = Set.of();
    private boolean active;
    private final Map<AddressFamily, String> carriers = new EnumMap<>(AddressFamily.class);
    private final Map<Source, Set<InetAddress>> addresses = new HashMap<>();
    private List<InitialPath> paths = List.of();
    private boolean networkChanged = true;
    private boolean due;
    private boolean flowsAreKnown = true;

    /**
     * Leads nothing before {@link #configure}.
     *
     * @param later runs what is less urgent than the moving of connections, on the owner thread
     */
    public OtherTraffic(RouteNetlink netlink, Conntrack conntrack, UplinkTables tables, Executor later) {
        this.netlink = netlink;
        this.conntrack = conntrack;
        this.tables = tables;
        this.later = later;
    }

    /**
     * Follows a configuration, with the next {@link #publishPaths}.
     *
     * @param uplinks those that take part; they have tables
     * @param leads whether anything is led at all; without, the main table alone decides
     */
    public void configure(List<Uplink> uplinks, List<String> lanDevices, boolean leads) {
        this.uplinks = List.copyOf(uplinks);
        this.lanDevices = List.copyOf(lanDevices);
        active = leads;
        networkChanged = true;
        int best = uplinks.stream().mapToInt(Uplink::preference).min().orElse(0);
        this.preferred = uplinks.stream()
                .filter(uplink -> uplink.preference() == best)
                .map(Uplink::name)
                .collect(Collectors.toSet());
    }

    /** Links, addresses, routes or rules may have changed: the next {@link #publishPaths} is to look at them. */
    public void networkChanged() {
        networkChanged = true;
    }

    /** What works now, best first; followed a moment later. Nothing happens if that is what it was, and the network, too. */
    public void publishPaths(List<InitialPath> inOrder) {
        if (!networkChanged && withoutSuspicions(inOrder).equals(withoutSuspicions(paths))) {
            return;
        }
        networkChanged = false;
        paths = inOrder.stream()
                .filter(path ->
                        uplinks.stream().anyMatch(uplink -> uplink.name().equals(path.uplink())))
                .toList();
        if (!due) {
            due = true;
            later.execute(this::follow);
        }
    }

    private void follow() {
        due = false;
        try {
            apply(NetworkState.read(netlink));
        } catch (NetlinkException e) {
            // The connections must be moved all the same; the next event of the network is the next attempt.
            networkChanged = true;
            Logger.warn("what is not intercepted may take a wrong way: {}", e.getMessage());
        }
    }

    /** A suspicion leads nothing elsewhere before it is a verdict. */
    private static List<InitialPath> withoutSuspicions(List<InitialPath> paths) {
        return paths.stream()
                .map(path -> new InitialPath(
                        path.uplink(),
                        path.use(),
                        path.interfaceIndex(),
                        path.sourcesIpv4(),
                        path.sourcesIpv6(),
                        path.onTrial(),
                        Set.of(),
                        path.allowance(),
                        path.kind(),
                        path.reach()))
                .toList();
    }

    private void apply(NetworkState state) {
        if (!active) {
            applyRules(state.rules(), List.of());
            carriers.clear();
            return;
        }
        rememberAddresses(state);
        List<Rule> wanted = new ArrayList<>();
        Map<AddressFamily, String> now = new EnumMap<>(AddressFamily.class);
        for (AddressFamily family : AddressFamily.values()) {
            Optional<String> main = mainUplink(state, family);
            TrafficWay way = TrafficWay.choose(family, main, paths, preferred);
            wanted.addAll(rules(family, way));
            carrier(way, main).ifPresent(uplink -> now.put(family, uplink));
        }
        applyRules(state.rules(), wanted);
        now.forEach(this::carries);
    }

    private void rememberAddresses(NetworkState state) {
        for (Uplink uplink : uplinks) {
            for (InetAddress address : state.observe(uplink.device()).addresses()) {
                // Also earlier ones: flows may still have them.
                addresses
                        .computeIfAbsent(
                                new Source(uplink.name(), AddressFamily.of(address)), source -> new HashSet<>())
                        .add(address);
            }
        }
    }

    private Optional<String> mainUplink(NetworkState state, AddressFamily family) {
        return state.routes().stream()
                .filter(route -> route.table() == Route.MAIN_TABLE
                        && route.type().equals(RouteType.UNICAST)
                        && route.family() == family
                        && route.destination().isAll()
                        && !route.isDead())
                .min(Comparator.comparingLong(Route::metric))
                .flatMap(route -> uplinkOf(state, route));
    }

    private Optional<String> uplinkOf(NetworkState state, Route route) {
        return uplinks.stream()
                .filter(uplink -> state.link(uplink.device())
                        .map(Link::index)
                        .filter(index -> route.linkIndex().isPresent()
                                && route.linkIndex().getAsInt() == index)
                        .isPresent())
                .map(Uplink::name)
                .findFirst();
    }

    private List<Rule> rules(AddressFamily family, TrafficWay way) {
        List<Rule> rules = new ArrayList<>();
        if (way instanceof TrafficWay.Main) {
            return rules;
        }
        rules.add(Rule.lookup(family, Route.MAIN_TABLE)
                .suppressPrefixLength(0)
                .priority(KernelNames.EXCEPT_DEFAULT_PRIORITY)
                .protocol(KernelNames.PROTOCOL)
                .build());
        if (way instanceof TrafficWay.Over over) {
            rules.add(Rule.lookup(family, table(over.uplink()))
                    .priority(KernelNames.OTHER_TRAFFIC_PRIORITY)
                    .protocol(KernelNames.PROTOCOL)
                    .build());
        } else {
            // The gateway itself must still find names and the time, for connections that are allowed.
            for (String device : lanDevices) {
                rules.add(Rule.doing(family, RuleAction.UNREACHABLE)
                        .input(device)
                        .priority(KernelNames.OTHER_TRAFFIC_PRIORITY)
                        .protocol(KernelNames.PROTOCOL)
                        .build());
            }
        }
        return rules;
    }

    private long table(String name) {
        return uplinks.stream()
                .filter(uplink -> uplink.name().equals(name))
                .findFirst()
                .map(uplink -> tables.of(uplink.device()))
                .orElseThrow(() -> new IllegalArgumentException("no uplink is named '" + name + "'"));
    }

    /** In an order in which no moment leads the LAN's own traffic out of the house. */
    private void applyRules(List<Rule> all, List<Rule> wanted) {
        List<Rule> present = all.stream().filter(OtherTraffic::isOurs).toList();
        wanted.stream()
                .filter(rule -> !present.contains(rule))
                .sorted(Comparator.comparingLong(Rule::priority))
                .forEach(rule -> change(() -> netlink.addRule(rule), Errno.EEXIST));
        present.stream()
                .filter(rule -> !wanted.contains(rule))
                .sorted(Comparator.comparingLong(Rule::priority).reversed())
                .forEach(rule -> change(() -> netlink.deleteRule(rule), Errno.ENOENT));
    }

    private static void change(Runnable change, Errno done) {
        try {
            change.run();
        } catch (NetlinkException e) {
            if (!e.is(done)) {
                throw e;
            }
        }
    }

    /** Whether a rule is one of those made here. */
    static boolean isOurs(Rule rule) {
        return rule.protocol() == KernelNames.PROTOCOL
                && (rule.priority() == KernelNames.EXCEPT_DEFAULT_PRIORITY
                        || rule.priority() == KernelNames.OTHER_TRAFFIC_PRIORITY);
    }

    private static Optional<String> carrier(TrafficWay way, Optional<String> main) {
        if (way instanceof TrafficWay.Over over) {
            return Optional.of(over.uplink());
        }
        return way instanceof TrafficWay.Main ? main : Optional.empty();
    }

    private void carries(AddressFamily family, String uplink) {
        String before = carriers.put(family, uplink);
        if (before != null && !before.equals(uplink)) {
            Set<InetAddress> known = addresses.remove(new Source(before, family));
            Set<InetAddress> old = known == null ? Set.of() : Set.copyOf(known);
            later.execute(() -> forgetFlows(family, before, old));
        }
    }

    private void forgetFlows(AddressFamily family, String uplink, Set<InetAddress> old) {
        if (!flowsAreKnown) {
            return;
        }
        try {
            int count = conntrack.delete(family, flow -> flow.isSourceTranslated() && old.contains(flow.repliesTo()));
            Logger.debug("{} flows of {} begin anew elsewhere", count, uplink);
        } catch (NetlinkException e) {
            // Kernels without ctnetlink: masquerading notices by itself, one packet later.
            flowsAreKnown = false;
            Logger.warn("flows of a broken uplink cannot be moved: {}", e.getMessage());
        }
    }
}
