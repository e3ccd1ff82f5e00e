package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All uplinks of a configuration, most preferred first. */
final class UplinkDirectory {
    private final List<UplinkTracker> ranked;
    private final Map<String, UplinkTracker> byName = new HashMap<>();

    UplinkDirectory(PolicyConfig config, long nowNanos) {
        List<UplinkConfig> sorted = new ArrayList<>(config.uplinks());
        sorted.sort(Comparator.comparingInt(UplinkConfig::preference));
        List<UplinkTracker> trackers = new ArrayList<>(sorted.size());
        for (int rank = 0; rank < sorted.size(); rank++) {
            UplinkConfig uplink = sorted.get(rank);
            trackers.add(new UplinkTracker(uplink, rank, isBackup(sorted, rank), config.holdDown(), nowNanos));
        }
        ranked = List.copyOf(trackers);
        ranked.forEach(uplink -> byName.put(uplink.name(), uplink));
    }

    /** An uplink that is not always used is a backup, unless there is nothing that it could be a backup of. */
    private static boolean isBackup(List<UplinkConfig> sorted, int rank) {
        UplinkConfig uplink = sorted.get(rank);
        return uplink.use() != UplinkUse.ALWAYS
                && (rank > 0 || sorted.stream().anyMatch(other -> other.use() == UplinkUse.ALWAYS));
    }

    List<UplinkTracker> ranked() {
        return ranked;
    }

    /** @throws IllegalArgumentException if no uplink has that name */
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
