package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One uplink: what is observed of it, and the state machine of {@link UplinkState} on top. */
final class UplinkTracker {
    /** So many former addresses are remembered, to recognise connections that began just before they went. */
    private static final int REMEMBERED_ADDRESSES = 32;

    private final UplinkConfig config;
    private final int rank;
    private final boolean backup;
    private final HoldDown holdDown;

    private UplinkState state = UplinkState.OFFLINE;
    private Optional<Reason> lastReason = Optional.empty();
    private long stateSinceNanos;
    private boolean enabled = true;
    private UplinkObservation observation = UplinkObservation.ABSENT;
    private List<InetAddress> sources = List.of();
    private final Set<InetAddress> remembered = new LinkedHashSet<>();

    private boolean everUp;
    private long upSinceNanos;
    /** The sources at the last break. */
    private Set<InetAddress> sourcesAtBreak = Set.of();
    /** Whether the carrier was never away since the last break. */
    private boolean carrierKept;

    /**
     * @param rank 0 for the most preferred uplink; no two are equal
     * @param backup whether its subflows carry the backup bit
     */
    UplinkTracker(UplinkConfig config, int rank, boolean backup, HoldDownConfig holdDown, long nowNanos) {
        this.config = config;
        this.rank = rank;
        this.backup = backup;
        this.holdDown = new HoldDown(holdDown);
        this.stateSinceNanos = nowNanos;
    }

    String name() {
        return config.name();
    }

    UplinkConfig config() {
        return config;
    }

    int rank() {
        return rank;
    }

    boolean backup() {
        return backup;
    }

    UplinkState state() {
        return state;
    }

    Optional<Reason> lastReason() {
        return lastReason;
    }

    long stateSinceNanos() {
        return stateSinceNanos;
    }

    int interfaceIndex() {
        return observation.interfaceIndex();
    }

    /** Addresses from which packets can leave, best first. */
    List<InetAddress> sources() {
        return sources;
    }

    /** Whether a subflow from this address can carry data, trusted or not. */
    boolean serves(InetAddress local) {
        return (state == UplinkState.ONLINE || state == UplinkState.HOLD_DOWN) && sources.contains(local);
    }

    boolean has(InetAddress local) {
        return observation.addresses().contains(local);
    }

    boolean had(InetAddress local) {
        return remembered.contains(local);
    }

    boolean sharesFateWith(UplinkTracker other) {
        return config.community().isPresent() && config.community().equals(other.config.community());
    }

    /** Takes in an observation. Returns whether the sources or the interface changed; {@link #evaluate} comes after. */
    boolean observe(UplinkObservation seen, long nowNanos) {
        List<InetAddress> before = sources;
        int indexBefore = observation.interfaceIndex();
        observation = seen;
        sources = seen.sources();
        remember(seen.addresses());
        carrierKept &= seen.present() && seen.carrier();
        if (before.isEmpty() && !sources.isEmpty()) {
            upSinceNanos = nowNanos;
        } else if (!before.isEmpty() && sources.isEmpty()) {
            sourcesAtBreak = Set.copyOf(new HashSet<>(before));
            carrierKept = seen.present() && seen.carrier();
            holdDown.brokeAfter(state == UplinkState.ONLINE ? nowNanos - stateSinceNanos : 0);
        }
        return !before.equals(sources) || indexBefore != seen.interfaceIndex();
    }

    private void remember(List<InetAddress> addresses) {
        remembered.removeAll(addresses);
        remembered.addAll(addresses);
        Iterator<InetAddress> oldest = remembered.iterator();
        while (remembered.size() > REMEMBERED_ADDRESSES) {
            oldest.next();
            oldest.remove();
        }
    }

    void enable(boolean on) {
        enabled = on;
    }

    /** Makes the transition that is due, if any. */
    Optional<Decision.UplinkTransition> evaluate(long nowNanos) {
        UplinkState next = next(nowNanos);
        if (next == state) {
            return Optional.empty();
        }
        Reason reason = reason(next);
        if (state == UplinkState.OFFLINE && next != UplinkState.DISABLED) {
            holdDown.returned(nowNanos);
        }
        everUp |= next == UplinkState.ONLINE;
        Decision.UplinkTransition transition = new Decision.UplinkTransition(name(), state, next, reason);
        state = next;
        stateSinceNanos = nowNanos;
        lastReason = Optional.of(reason);
        return Optional.of(transition);
    }

    private UplinkState next(long nowNanos) {
        if (!enabled) {
            return UplinkState.DISABLED;
        }
        if (sources.isEmpty()) {
            return UplinkState.OFFLINE;
        }
        if (state == UplinkState.ONLINE) {
            return UplinkState.ONLINE;
        }
        long upForNanos = nowNanos - upSinceNanos;
        if (state == UplinkState.OFFLINE && upForNanos < holdDown.settleNanos(nowNanos)) {
            return UplinkState.OFFLINE;
        }
        boolean trusted = upForNanos >= holdDown.nanos() || (state != UplinkState.HOLD_DOWN && readdressed());
        return trusted ? UplinkState.ONLINE : UplinkState.HOLD_DOWN;
    }

    private boolean readdressed() {
        return carrierKept && Collections.disjoint(sourcesAtBreak, sources);
    }

    private Reason reason(UplinkState next) {
        return switch (next) {
            case DISABLED -> Reason.SWITCHED_OFF;
            case HOLD_DOWN -> Reason.CAME_BACK;
            case OFFLINE -> reasonNotUp();
            case ONLINE -> reasonOnline();
        };
    }

    private Reason reasonOnline() {
        if (state == UplinkState.DISABLED) {
            return Reason.SWITCHED_ON;
        }
        if (!everUp) {
            return Reason.FIRST_SEEN_UP;
        }
        return state == UplinkState.OFFLINE && readdressed() ? Reason.READDRESSED : Reason.STAYED_UP;
    }

    private Reason reasonNotUp() {
        if (!observation.present()) {
            return Reason.DEVICE_GONE;
        }
        if (!observation.carrier()) {
            return Reason.CARRIER_LOST;
        }
        return observation.addresses().isEmpty() ? Reason.ADDRESS_LOST : Reason.ROUTE_LOST;
    }

    /** When {@link #evaluate} may make a transition by itself. */
    OptionalLong deadlineNanos(long nowNanos) {
        if (!enabled || sources.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (state) {
            case OFFLINE -> OptionalLong.of(upSinceNanos + holdDown.settleNanos(nowNanos));
            case HOLD_DOWN -> OptionalLong.of(upSinceNanos + holdDown.nanos());
            case DISABLED, ONLINE -> OptionalLong.empty();
        };
    }

    /** Sources of one class of address, best first. */
    <T extends InetAddress> List<T> sources(Class<T> family) {
        List<T> matching = new ArrayList<>();
        for (InetAddress source : sources) {
            if (family.isInstance(source)) {
                matching.add(family.cast(source));
            }
        }
        return matching;
    }
}
