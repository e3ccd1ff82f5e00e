package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A random house: its uplinks, most preferred first, the lines behind them, and the operator's conversion points. */
final class Household {
    private static final int MOST_UPLINKS = 4;
    private static final int MOST_POINTS = 3;
    private static final int LARGEST_RTT_MILLIS = 600;
    private static final UplinkUse[] USES = UplinkUse.values();

    /** @param further where its connections can be joined beside the address of the first subflow */
    record Point(InetSocketAddress address, InetSocketAddress further) {}

    PolicyConfig config;
    /** In the order in which they were made, each with its configuration. */
    final List<SimulatedUplink> lines;

    /** Also those that are disabled now. */
    List<UplinkConfig> uplinks;

    private final Set<String> disabled = new HashSet<>();
    final List<Point> points;

    Household(Random random) {
        int count = 1 + random.nextInt(MOST_UPLINKS);
        List<UplinkConfig> configs = new ArrayList<>();
        List<SimulatedUplink> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean cellular = random.nextInt(count) < i;
            Optional<String> community = random.nextInt(6) == 0 ? Optional.of("street") : Optional.empty();
            String name = (cellular ? "cellular" : "fixed") + i;
            UplinkUse use = i == 0 && random.nextInt(4) > 0 ? UplinkUse.ALWAYS : USES[random.nextInt(USES.length)];
            configs.add(new UplinkConfig(
                    name,
                    cellular ? UplinkKind.CELLULAR : UplinkKind.FIXED,
                    random.nextInt(4) == 0 ? 10 * i : 10 * i + 10,
                    use,
                    community,
                    LineRate.UNKNOWN));
            made.add(new SimulatedUplink(name, 2 + i, rtt(random), addresses(i, 0, random), true));
        }
        lines = List.copyOf(made);
        uplinks = List.copyOf(configs);
        config = new PolicyConfig(
                uplinks,
                HoldDownConfig.DEFAULTS,
                SubflowTimings.DEFAULTS,
                DetectionTimings.DEFAULTS,
                random.nextInt(3) == 0);
        points = points(random);
    }

    /** The user thinks again about some of the uplinks, and perhaps about rules. */
    PolicyConfig rethink(Random random) {
        List<UplinkConfig> changed = new ArrayList<>();
        for (UplinkConfig uplink : uplinks) {
            changed.add(
                    random.nextBoolean()
                            ? uplink
                            : new UplinkConfig(
                                    uplink.name(),
                                    uplink.kind(),
                                    10 * random.nextInt(4),
                                    USES[random.nextInt(USES.length)],
                                    random.nextInt(6) == 0 ? Optional.of("street") : Optional.empty(),
                                    uplink.rate()));
        }
        uplinks = List.copyOf(changed);
        return policy();
    }

    /** The user takes an uplink out of the configuration, or puts it back. */
    PolicyConfig disable(String name, boolean out) {
        if (out) {
            disabled.add(name);
        } else {
            disabled.remove(name);
        }
        return policy();
    }

    private PolicyConfig policy() {
        config = new PolicyConfig(
                uplinks.stream()
                        .filter(uplink -> !disabled.contains(uplink.name()))
                        .toList(),
                config.holdDown(),
                config.subflows(),
                config.detection(),
                config.classified());
        return config;
    }

    /** Mostly as lines are today, rarely as over a satellite. */
    private static Duration rtt(Random random) {
        double share = random.nextDouble();
        return Duration.ofMillis(5 + (long) ((LARGEST_RTT_MILLIS - 5) * share * share * share));
    }

    private static List<InetAddress> addresses(int line, int which, Random random) {
        List<InetAddress> addresses = new ArrayList<>(2);
        int families = random.nextInt(10);
        if (families != 0) {
            addresses.add(SimulatedGateway.address("10.64." + line + "." + (10 + which)));
        }
        if (families < 5) {
            addresses.add(SimulatedGateway.address("2001:db8:" + (1 + line) + "::" + (10 + which)));
        }
        return addresses;
    }

    /** What the device of a line shows when all is well, with one of a few addresses. */
    static UplinkObservation whole(SimulatedUplink line, int which, Random random) {
        int number = line.name.charAt(line.name.length() - 1) - '0';
        return new UplinkObservation(true, true, line.interfaceIndex, addresses(number, which, random), true, true);
    }

    private static List<Point> points(Random random) {
        List<Point> points = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_POINTS);
        for (int i = 1; i <= count; i++) {
            points.add(new Point(
                    new InetSocketAddress(address(i, random.nextInt(6) == 0), 7000),
                    new InetSocketAddress(address(100 + i, random.nextInt(4) == 0), 7001)));
        }
        return List.copyOf(points);
    }

    private static InetAddress address(int host, boolean ipv6) {
        return SimulatedGateway.address(ipv6 ? "2001:db8::" + host : "192.0.2." + host);
    }

    UplinkConfig uplink(String name) {
        return uplinks.stream()
                .filter(uplink -> uplink.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the rules let a connection join over an uplink; of one without rights nobody knows yet. */
    boolean mayJoin(Optional<TrafficRights> rights, String uplink, Allowance allowance) {
        boolean cellular = uplink(uplink).kind() == UplinkKind.CELLULAR;
        boolean unknown = config.classified() && rights.isEmpty() && cellular;
        return !unknown && mayStay(rights.orElse(TrafficRights.NORMAL), uplink, allowance);
    }

    /** Whether the rules let a connection stay on an uplink. */
    boolean mayStay(TrafficRights rights, String uplink, Allowance allowance) {
        boolean cellular = uplink(uplink).kind() == UplinkKind.CELLULAR;
        boolean never = cellular && rights.cellular() == TrafficRights.Cellular.NEVER;
        return !never && (allowance != Allowance.EMERGENCY_ONLY || rights.emergency());
    }

    /** Whether an uplink is used by a connection only while nothing better carries it. */
    boolean onlyWhenNeeded(TrafficRights rights, String uplink, Allowance allowance) {
        UplinkConfig config = uplink(uplink);
        boolean byRule = config.kind() == UplinkKind.CELLULAR && rights.cellular() == TrafficRights.Cellular.WHEN_DOWN;
        return config.use() == UplinkUse.ON_DEMAND
                || config.use() == UplinkUse.OVERFLOW
                || byRule
                || allowance != Allowance.FREE;
    }

    /** Where an uplink comes in the order of preference, 0 for the best. */
    int rank(String name) {
        UplinkConfig asked = uplink(name);
        int rank = 0;
        for (UplinkConfig other : uplinks) {
            boolean before = other.preference() < asked.preference()
                    || (other.preference() == asked.preference() && uplinks.indexOf(other) < uplinks.indexOf(asked));
            rank += before ? 1 : 0;
        }
        return rank;
    }

    /** Which uplinks a connection should run over while it can run over all of these. */
    Set<String> expected(TrafficRights rights, Set<String> possible, Function<String, Allowance> allowances) {
        Set<String> expected = new HashSet<>();
        for (String uplink : possible) {
            if (possible.stream().noneMatch(other -> makesNeedless(rights, other, uplink, allowances))) {
                expected.add(uplink);
            }
        }
        return expected;
    }

    private boolean makesNeedless(
            TrafficRights rights, String carrying, String other, Function<String, Allowance> allowances) {
        if (carrying.equals(other)) {
            return false;
        }
        boolean better = rank(carrying) < rank(other);
        boolean carryingOnlyWhenNeeded = onlyWhenNeeded(rights, carrying, allowances.apply(carrying));
        if (onlyWhenNeeded(rights, other, allowances.apply(other))) {
            return better || !carryingOnlyWhenNeeded;
        }
        Optional<String> community = uplink(other).community();
        return better
                && !carryingOnlyWhenNeeded
                && community.isPresent()
                && community.equals(uplink(carrying).community());
    }
}
