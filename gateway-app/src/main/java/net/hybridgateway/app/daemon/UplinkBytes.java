package net.hybridgateway.app.daemon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.netlink.route.Link;

/**
 * What each uplink has carried since the start, counted at its device: that is what is billed. A device that comes back
 * with its counters at zero (a modem that was unplugged) goes on from where it was. One owner thread.
 */
final class UplinkBytes {
    /** Bytes from and to the network. */
    record Count(long in, long out) {
        static final Count NONE = new Count(0, 0);

        long total() {
            return in + out;
        }

        private Count plus(Count other) {
            return new Count(in + other.in, out + other.out);
        }

        /** What was added since an earlier count; all of it if the counters began anew. */
        private Count since(Count earlier) {
            boolean anew = in < earlier.in || out < earlier.out;
            return anew ? this : new Count(in - earlier.in, out - earlier.out);
        }
    }

    private List<UplinkConfig> uplinks;
    private final Map<String, Count> lastSeen = new HashMap<>();
    private final Map<String, Count> carried = new HashMap<>();

    UplinkBytes(List<UplinkConfig> uplinks) {
        this.uplinks = List.copyOf(uplinks);
    }

    /** Follows another configuration. What uplinks have carried that are not in it any more is not forgotten. */
    void configure(List<UplinkConfig> now) {
        for (UplinkConfig before : uplinks) {
            boolean sameDevice = now.stream()
                    .anyMatch(uplink -> uplink.name().equals(before.name())
                            && uplink.device().equals(before.device()));
            if (!sameDevice) {
                lastSeen.remove(before.name());
            }
        }
        uplinks = List.copyOf(now);
    }

    /** Takes the devices' counters in. */
    void update(List<Link> links) {
        for (UplinkConfig uplink : uplinks) {
            links.stream()
                    .filter(link -> link.name().equals(uplink.device()))
                    .flatMap(link -> link.counters().stream())
                    .map(counters -> new Count(counters.receivedBytes(), counters.sentBytes()))
                    .findFirst()
                    .ifPresent(now -> update(uplink.name(), now));
        }
    }

    private void update(String uplink, Count now) {
        Count before = lastSeen.put(uplink, now);
        if (before != null) {
            carried.merge(uplink, now.since(before), Count::plus);
        }
    }

    /** What each uplink carried, by its name. */
    Map<String, Count> carried() {
        return Map.copyOf(carried);
    }

    /** Bytes, both ways, of all uplinks but one. */
    long ofOthers(String uplink) {
        return carried.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(uplink))
                .mapToLong(entry -> entry.getValue().total())
                .sum();
    }
}
