package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All uplinks of the configuration, most preferred first; behind them those of earlier ones, which take part in nothing. */
final class UplinkDirectory {
    private final List<UplinkTracker> ranked = new ArrayList<>();
    private final List<UplinkTracker> view = Collections.unmodifiableList(ranked);
    private final Map<String, UplinkTracker> byName = new HashMap<>();

    UplinkDirectory(PolicyConfig config, long nowNanos) {
        List<UplinkTracker> unused = configure(config, nowNanos);
    }

    /** Goes over to a configuration. Returns the uplinks that are in it no more. */
    List<UplinkTracker> configure(PolicyConfig config, long nowNanos) {
        List<UplinkConfig> sorted = new ArrayList<>(config.uplinks());
        sorted.sort(Comparator.comparingInt(UplinkConfig::preference));
        Set<UplinkTracker> left = new HashSet<>(ranked);
        List<UplinkTracker> before = List.copyOf(ranked);
        ranked.clear();
        for (UplinkConfig uplink : sorted) {
            int rank = ranked.size();
            boolean backup = isBackup(sorted, rank);
            UplinkTracker tracker = byName.computeIfAbsent(
                    uplink.name(), name -> new UplinkTracker(uplink, rank, backup, config.holdDown(), nowNanos));
            tracker.configure(uplink, rank, backup, config.holdDown(), nowNanos);
            left.remove(tracker);
            ranked.add(tracker);
        }
        List<UplinkTracker> retired = before.stream().filter(left::contains).toList();
        for (UplinkTracker tracker : retired) {
            tracker.retire(ranked.size());
            ranked.add(tracker);
        }
        return retired;
    }

    /** An uplink that is not always used is a backup, unless there is nothing that it could be a backup of. */
    private static boolean isBackup(List<UplinkConfig> sorted, int rank) {
        UplinkConfig uplink = sorted.get(rank);
        return uplink.use() != UplinkUse.ALWAYS
                && (rank > 0 || sorted.stream().anyMatch(other -> other.use() == UplinkUse.ALWAYS));
    }

    /** A view: it follows the configuration. */
    List<UplinkTracker> ranked() {
        return view;
    }

    /** @throws IllegalArgumentException if no uplink has, or had, that name */
    UplinkTracker named(String name) {
        UplinkTracker uplink = byName.get(name);
        if (uplink == null) {
            throw new IllegalArgumentException("no uplink is named '" + name + "'");
        }
        return uplink;
    }

    /** The uplink that has the address now, or had it a while ago. */
    Optional<UplinkTracker> ownerOf(InetAddress local) {
        return ranked.stream().filter(uplink -> uplink.has(local)).findFirst().or(() -> ranked.stream()
                .filter(uplink -> uplink.had(local))
                .findFirst());
    }
}
