package net.hybridgateway.app.progress;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.hybridgateway.scheduler.InitialPath;

/** Which uplink has which local address, and which uplinks are preferred. Immutable. */
final class UplinkAddresses {
    static final UplinkAddresses NONE = new UplinkAddresses(List.of(), Map.of());

    private final List<String> mostPreferredFirst;
    private final Map<InetAddress, String> owners;

    private UplinkAddresses(List<String> mostPreferredFirst, Map<InetAddress, String> owners) {
        this.mostPreferredFirst = mostPreferredFirst;
        this.owners = Map.copyOf(owners);
    }

    /** The next ones. An uplink that is not offered any more keeps its addresses: its subflows may come to life again. */
    UplinkAddresses followedBy(List<InitialPath> paths) {
        Set<String> offered = paths.stream().map(InitialPath::uplink).collect(Collectors.toSet());
        Map<InetAddress, String> next = new HashMap<>(owners);
        next.values().removeIf(offered::contains);
        for (InitialPath path : paths) {
            path.sources().forEach(address -> next.put(address, path.uplink()));
        }
        return new UplinkAddresses(paths.stream().map(InitialPath::uplink).toList(), next);
    }

    /** Empty if no uplink ever had it. */
    Optional<String> uplinkOf(InetAddress local) {
        return Optional.ofNullable(owners.get(local));
    }

    /** Whether traffic would rather go over one uplink than over another. */
    boolean prefers(String one, String other) {
        int rank = mostPreferredFirst.indexOf(one);
        int otherRank = mostPreferredFirst.indexOf(other);
        return rank >= 0 && (otherRank < 0 || rank < otherRank);
    }
}
