package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one connection moves, and whether it is worth helping.
 *
 * <p>It is if it has moved at least {@link #LEAST_BYTES_PER_SECOND} for 2 s without a break, and has a quarter of a full
 * line: a page load is over by then, or spread over several connections. After 10 s a tenth is enough, so that a download
 * in several streams is helped, too. All preferred uplinks that carry a tenth of it have to be full: as long as one has
 * room, the kernel finds it.
 */
final class Transfer {
    /** 0.5 Mbit/s: the upload of the slowest lines that are still sold, half used. */
    static final double LEAST_BYTES_PER_SECOND = 62_500;

    private static final long STEADY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LONG_NANOS = Duration.ofSeconds(10).toNanos();
    /** A sample with less than this part of the mean is a break; BBR's pauses of 200 ms are not. */
    private static final double STEADY_PART = 0.4;

    private static final double SHARE = 0.25;
    private static final double SHARE_IF_LONG = 0.1;
    private static final double CARRYING_PART = 0.1;

    private final Recent rate = new Recent();
    private final Map<String, Leg> legs = new HashMap<>();
    private final Help help = new Help();
    private Direction direction = Direction.DOWN;
    private boolean steady;
    private long steadySinceNanos;

    void measured(LoadSample.TransferLoad load, long nowNanos) {
        Direction busier = Direction.busier(load);
        if (busier != direction) {
            direction = busier;
            forgetLoad();
        }
        add(direction.of(load), nowNanos);
        Map<String, List<LoadSample.SubflowLoad>> byUplink =
                load.subflows().stream().collect(Collectors.groupingBy(LoadSample.SubflowLoad::uplink));
        legs.keySet().retainAll(byUplink.keySet());
        byUplink.forEach((uplink, subflows) -> legs.computeIfAbsent(uplink, name -> new Leg())
                .measured(
                        subflows.stream().mapToDouble(direction::of).sum(),
                        subflows.stream().anyMatch(Leg::isQueue),
                        nowNanos));
    }

    /** It moved nothing worth mentioning. */
    void silent(long nowNanos) {
        add(0, nowNanos);
        legs.values().forEach(leg -> leg.measured(0, false, nowNanos));
    }

    private void add(double bytesPerSecond, long nowNanos) {
        boolean goesOn = bytesPerSecond >= LEAST_BYTES_PER_SECOND && bytesPerSecond >= STEADY_PART * mean(nowNanos);
        if (goesOn && !steady) {
            steadySinceNanos = nowNanos;
        }
        steady = goesOn;
        rate.add(bytesPerSecond, nowNanos);
    }

    /** Nobody looked for a while: what it moved then says nothing now. */
    void forgetLoad() {
        rate.clear();
        legs.clear();
        steady = false;
    }

    /** @param lines the preferred uplinks in this transfer's direction */
    boolean wouldGain(Map<String, Line> lines, long nowNanos) {
        if (!steadyFor(STEADY_NANOS, nowNanos)) {
            return false;
        }
        Set<String> carrying = carrying(lines.keySet(), nowNanos);
        double asked = steadyFor(LONG_NANOS, nowNanos) ? SHARE_IF_LONG : SHARE;
        return carrying.stream().allMatch(uplink -> lines.get(uplink).isFull(nowNanos))
                && carrying.stream().anyMatch(uplink -> share(uplink, lines.get(uplink), nowNanos) >= asked);
    }

    /** Whether it sees a queue before a line of which it has enough to know. */
    boolean seesQueue(String uplink, double lineBytesPerSecond, long nowNanos) {
        Leg leg = legs.get(uplink);
        return leg != null
                && leg.bytesPerSecond(nowNanos) >= SHARE_IF_LONG * lineBytesPerSecond
                && leg.seesQueue(nowNanos);
    }

    /** Those of the uplinks that carry a good part of it. */
    Set<String> carrying(Set<String> uplinks, long nowNanos) {
        return legs.entrySet().stream()
                .filter(entry -> uplinks.contains(entry.getKey()))
                .filter(entry -> entry.getValue().bytesPerSecond(nowNanos) >= CARRYING_PART * mean(nowNanos))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    boolean hasSubflowOn(Set<String> uplinks) {
        return legs.keySet().stream().anyMatch(uplinks::contains);
    }

    private double share(String uplink, Line line, long nowNanos) {
        return legs.get(uplink).bytesPerSecond(nowNanos) / line.carried(STEADY_NANOS, nowNanos);
    }

    private boolean steadyFor(long nanos, long nowNanos) {
        return steady && nowNanos - steadySinceNanos >= nanos;
    }

    /** Of the last 2 s. */
    private double mean(long nowNanos) {
        return rate.mean(STEADY_NANOS, nowNanos);
    }

    double bytesPerSecond(long spanNanos, long nowNanos) {
        return rate.mean(spanNanos, nowNanos);
    }

    Direction direction() {
        return direction;
    }

    Help help() {
        return help;
    }
}
