package net.hybridgateway.app.daemon;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.hybridgateway.app.intercept.TransferReading;
import net.hybridgateway.app.intercept.TransferReading.SubflowReading;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.overflow.LoadSample;

/** Makes rates of counters. One owner thread. */
final class LoadRates {
    /** A reading that is older tells nothing about now. */
    private static final long MOST_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private record Counted(long atNanos, Map<String, UplinkBytes.Count> bytes) {}

    private final Map<Integer, TransferReading> transfers = new HashMap<>();
    private Optional<Counted> devices = Optional.empty();

    /** Begins anew: the next look has nothing to compare with. */
    void forget() {
        transfers.clear();
        devices = Optional.empty();
    }

    /**
     * What has moved since the look before; empty if that was too long ago, or never was.
     *
     * @param uplinkOf the addresses of all uplinks that are up
     * @param bytes what the uplinks' devices have carried
     */
    Optional<LoadSample> look(
            Map<InetAddress, String> uplinkOf,
            Map<String, UplinkBytes.Count> bytes,
            List<TransferReading> readings,
            long nowNanos) {
        Set<String> up = Set.copyOf(uplinkOf.values());
        Optional<List<LoadSample.UplinkLoad>> uplinks = devices.filter(
                        before -> nowNanos - before.atNanos < MOST_AGE_NANOS && nowNanos != before.atNanos)
                .map(before -> uplinks(up, before, bytes, nowNanos));
        devices = Optional.of(new Counted(nowNanos, bytes));
        List<LoadSample.TransferLoad> loads = new ArrayList<>();
        for (TransferReading reading : readings) {
            TransferReading before = transfers.put(reading.token(), reading);
            if (before != null
                    && reading.atNanos() - before.atNanos() < MOST_AGE_NANOS
                    && reading.atNanos() != before.atNanos()) {
                loads.add(new LoadSample.TransferLoad(reading.token(), subflows(uplinkOf, before, reading)));
            }
        }
        transfers.values().removeIf(reading -> nowNanos - reading.atNanos() >= MOST_AGE_NANOS);
        return uplinks.map(moved -> new LoadSample(moved, loads));
    }

    private static List<LoadSample.UplinkLoad> uplinks(
            Set<String> up, Counted before, Map<String, UplinkBytes.Count> bytes, long nowNanos) {
        double seconds = (nowNanos - before.atNanos) / 1e9;
        return up.stream()
                .filter(bytes::containsKey)
                .map(uplink -> {
                    UplinkBytes.Count then = before.bytes.getOrDefault(uplink, UplinkBytes.Count.NONE);
                    UplinkBytes.Count now = bytes.get(uplink);
                    return new LoadSample.UplinkLoad(
                            uplink, (now.in() - then.in()) / seconds, (now.out() - then.out()) / seconds);
                })
                .toList();
    }

    private static List<LoadSample.SubflowLoad> subflows(
            Map<InetAddress, String> uplinkOf, TransferReading before, TransferReading now) {
        double seconds = (now.atNanos() - before.atNanos()) / 1e9;
        Map<SubflowTuple, SubflowReading> then =
                before.subflows().stream().collect(Collectors.toMap(SubflowReading::ends, subflow -> subflow));
        return now.subflows().stream()
                .filter(subflow -> uplinkOf.containsKey(subflow.source()))
                .map(subflow -> {
                    SubflowReading earlier = then.get(subflow.ends());
                    long in = subflow.bytesIn() - (earlier == null ? 0 : earlier.bytesIn());
                    long out = subflow.bytesOut() - (earlier == null ? 0 : earlier.bytesOut());
                    return new LoadSample.SubflowLoad(
                            uplinkOf.get(subflow.source()),
                            in / seconds,
                            out / seconds,
                            in >= out ? subflow.receiverRttNanos() : subflow.senderRttNanos(),
                            subflow.minRttNanos());
                })
                .toList();
    }
}
