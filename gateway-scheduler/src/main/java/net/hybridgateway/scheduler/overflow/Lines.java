package net.hybridgateway.scheduler.overflow;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All uplinks in both directions. */
final class Lines {
    private final Map<Direction, Map<String, Line>> lines = new EnumMap<>(Direction.class);
    private final Map<Direction, Recent> preferredSums = new EnumMap<>(Direction.class);
    private final Map<Direction, Recent> sums = new EnumMap<>(Direction.class);
    private final List<LineConfig> configs;
    private final Set<String> overflow;
    private final Set<String> present = new HashSet<>();

    Lines(List<LineConfig> configs) {
        this.configs = List.copyOf(configs);
        overflow = configs.stream()
                .filter(LineConfig::overflow)
                .map(LineConfig::uplink)
                .collect(Collectors.toUnmodifiableSet());
        for (Direction direction : Direction.values()) {
            Map<String, Line> byUplink = new LinkedHashMap<>();
            for (LineConfig config : configs) {
                byUplink.put(config.uplink(), new Line(rate(config, direction)));
            }
            lines.put(direction, byUplink);
            preferredSums.put(direction, new Recent());
            sums.put(direction, new Recent());
        }
    }

    /** Takes over what is known of the lines that are configured as before. */
    Lines(List<LineConfig> configs, Lines before) {
        this(configs);
        configs.stream()
                .filter(before.configs::contains)
                .map(LineConfig::uplink)
                .forEach(uplink -> {
                    lines.forEach((direction, all) ->
                            all.put(uplink, before.lines.get(direction).get(uplink)));
                    if (before.present.contains(uplink)) {
                        present.add(uplink);
                    }
                });
    }

    /** Whether a configuration is just that of these lines. */
    boolean areAs(List<LineConfig> others) {
        return configs.equals(others);
    }

    private static OptionalLong rate(LineConfig config, Direction direction) {
        return direction == Direction.DOWN ? config.downBitsPerSecond() : config.upBitsPerSecond();
    }

    /** @param transfers as they were measured at the same time */
    void measured(List<LoadSample.UplinkLoad> loads, Collection<Transfer> transfers, long nowNanos) {
        Map<String, LoadSample.UplinkLoad> byUplink = new HashMap<>();
        loads.forEach(load -> byUplink.put(load.uplink(), load));
        present.clear();
        present.addAll(byUplink.keySet());
        lines.forEach((direction, all) -> all.forEach((uplink, line) -> {
            if (present.contains(uplink)) {
                double rate = direction.of(byUplink.get(uplink));
                boolean queue = transfers.stream()
                        .filter(transfer -> transfer.direction() == direction)
                        .anyMatch(transfer -> transfer.seesQueue(uplink, rate, nowNanos));
                line.measured(rate, queue, nowNanos);
            } else {
                line.forgetLoad();
            }
        }));
        for (Direction direction : Direction.values()) {
            preferredSums.get(direction).add(now(loads, direction, uplink -> !overflow.contains(uplink)), nowNanos);
            sums.get(direction).add(now(loads, direction, uplink -> true), nowNanos);
        }
    }

    private static double now(List<LoadSample.UplinkLoad> loads, Direction direction, Predicate<String> which) {
        return loads.stream()
                .filter(load -> which.test(load.uplink()))
                .mapToDouble(direction::of)
                .sum();
    }

    void forgetLoad() {
        lines.values().forEach(all -> all.values().forEach(Line::forgetLoad));
        preferredSums.values().forEach(Recent::clear);
        sums.values().forEach(Recent::clear);
    }

    /** Those that have carrier and do not only help. */
    Map<String, Line> preferred(Direction direction) {
        return present(direction, uplink -> !overflow.contains(uplink));
    }

    Map<String, Line> overflow(Direction direction) {
        return present(direction, overflow::contains);
    }

    Set<String> overflow() {
        return overflow;
    }

    private Map<String, Line> present(Direction direction, Predicate<String> which) {
        Map<String, Line> chosen = new LinkedHashMap<>(lines.get(direction));
        chosen.keySet().removeIf(uplink -> !present.contains(uplink) || !which.test(uplink));
        return chosen;
    }

    /** What all uplinks together usually carried in the last {@code spanNanos}, in bytes per second. */
    double sum(Direction direction, long spanNanos, long nowNanos) {
        return sums.get(direction).usual(spanNanos, nowNanos);
    }

    /** The same without the overflow uplinks. */
    double preferredSum(Direction direction, long spanNanos, long nowNanos) {
        return preferredSums.get(direction).usual(spanNanos, nowNanos);
    }

    /** What these lines carried together in the last {@code spanNanos}, as a mean. */
    static double carried(Map<String, Line> lines, long spanNanos, long nowNanos) {
        return lines.values().stream()
                .mapToDouble(line -> line.carried(spanNanos, nowNanos))
                .sum();
    }
}
