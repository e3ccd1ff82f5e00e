package net.hybridgateway.mgmt.status;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;

/**
 * One uplink.
 *
 * @param reason why it is in this state, one sentence
 * @param addresses from which packets can leave
 * @param rttMillis smoothed round-trip time to the conversion point, at least 0; empty if not measured
 * @param bytesIn received from the network since the start, at least 0
 * @param bytesOut sent to the network since the start, at least 0
 * @param subflows how many subflows of connections go over it now
 * @param holdDownLeftMillis until it is trusted; empty unless it is watched
 * @param suspectMillis how long nothing came over it although something should; empty unless that is being looked into
 * @param quota empty if it has none
 */
public record UplinkStatus(
        String name,
        UplinkKind kind,
        String device,
        UplinkState state,
        UplinkUse use,
        Optional<String> reason,
        List<InetAddress> addresses,
        OptionalDouble rttMillis,
        long bytesIn,
        long bytesOut,
        int subflows,
        OptionalLong holdDownLeftMillis,
        OptionalLong suspectMillis,
        Optional<QuotaStatus> quota) {
    public UplinkStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(holdDownLeftMillis, "holdDownLeftMillis");
        Objects.requireNonNull(suspectMillis, "suspectMillis");
        Objects.requireNonNull(quota, "quota");
        addresses = List.copyOf(addresses);
        // JSON has no word for a number that is none.
        if (!Double.isFinite(rttMillis.orElse(0)) || rttMillis.orElse(0) < 0) {
            throw new IllegalArgumentException("rttMillis: " + rttMillis);
        }
    }
}
