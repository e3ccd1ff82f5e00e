package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    private static final long JOIN_MEMORY_NANOS = 10_000_000_000L;

    private UplinkConfig config;
    private int rank;
    private boolean backup;
    /** Whether it is in the configuration still. */
    private boolean retired;

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

    /** Since when nothing came over it although its device says that it is up. */
    private OptionalLong silentSinceNanos = OptionalLong.empty();
    /** When the last silence was decided on, and whether it has proved to be the conversion point's. */
    private long silencedAtNanos;

    private boolean acquitted;
    private final Set<InetSocketAddress> unreachable = new HashSet<>();
    private Allowance allowance = Allowance.FREE;
    private long shortestJoinNanos;
    private long shortestJoinAtNanos;
    private Optional<ActivationBudget> activations;

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
        this.activations = budget(config, nowNanos);
    }

    private static Optional<ActivationBudget> budget(UplinkConfig config, long nowNanos) {
        return config.activationsPerHour().isPresent()
                ? Optional.of(new ActivationBudget(config.activationsPerHour().getAsInt(), nowNanos))
                : Optional.empty();
    }

    /** Follows another configuration of the same uplink; {@link #evaluate} comes after. */
    void configure(UplinkConfig now, int nowRank, boolean nowBackup, HoldDownConfig nowHoldDown, long nowNanos) {
        if (!now.activationsPerHour().equals(config.activationsPerHour())) {
            activations = budget(now, nowNanos);
        }
        config = now;
        rank = nowRank;
        backup = nowBackup;
        retired = false;
        holdDown.configure(nowHoldDown);
    }

    /** It is in the configuration no more, and takes part in nothing; {@link #evaluate} comes after. */
    void retire(int nowRank) {
        rank = nowRank;
        retired = true;
        forgetTroubles();
    }

    boolean retired() {
        return retired;
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

    /** Whether a subflow between these addresses can carry data, trusted or not. */
    boolean serves(InetAddress local, InetSocketAddress remote) {
        return inService() && sources.contains(local) && reaches(remote);
    }

    /** Whether packets may be sent over it at all. */
    boolean inService() {
        return state == UplinkState.ONLINE || state == UplinkState.HOLD_DOWN;
    }

    /** Whether nothing is known against the way from this uplink to an address. */
    boolean reaches(InetSocketAddress remote) {
        return !unreachable.contains(remote);
    }

    /** Sets whether an address can be reached over this uplink. Returns whether that is new. */
    boolean reaches(InetSocketAddress remote, boolean reached) {
        return reached ? unreachable.remove(remote) : unreachable.add(remote);
    }

    /**
     * A SYN/ACK came after so long. Returns the shortest such time of late: that of a single one may be our own, when many
     * connections move at once.
     */
    long joinedAfter(long nanos, long nowNanos) {
        if (shortestJoinNanos == 0 || nanos < shortestJoinNanos || nowNanos - shortestJoinAtNanos > JOIN_MEMORY_NANOS) {
            shortestJoinNanos = nanos;
            shortestJoinAtNanos = nowNanos;
        }
        return shortestJoinNanos;
    }

    /** It carries something, or is about to. */
    void used(long nowNanos) {
        activations.ifPresent(budget -> budget.active(nowNanos));
    }

    /** Whether it may be used although nothing broke: networks count how often a silent modem is woken. */
    boolean mayWake(long nowNanos) {
        return activations.isEmpty() || activations.get().mayWake(nowNanos);
    }

    Allowance allowance() {
        return allowance;
    }

    void allow(Allowance now) {
        allowance = now;
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
            broke(before, nowNanos);
            carrierKept = seen.present() && seen.carrier();
        }
        boolean another = !before.equals(sources) || indexBefore != seen.interfaceIndex();
        if (another) {
            // What is there now may be another line: it gets its chance without being asked first.
            upSinceNanos = silent() ? nowNanos : upSinceNanos;
            silentSinceNanos = OptionalLong.empty();
            unreachable.clear();
        }
        return another;
    }

    private void broke(List<InetAddress> before, long nowNanos) {
        acquitted = false;
        sourcesAtBreak = Set.copyOf(before);
        if (silentSinceNanos.isEmpty()) {
            holdDown.brokeAfter(state == UplinkState.ONLINE ? nowNanos - stateSinceNanos : 0);
        }
    }

    /**
     * Nothing comes over it any more, whatever its device says; {@link #evaluate} comes after.
     *
     * @param sinceNanos its last sign of life
     */
    void silence(long sinceNanos, long nowNanos) {
        broke(sources, nowNanos);
        carrierKept = false;
        silentSinceNanos = OptionalLong.of(sinceNanos);
        silencedAtNanos = nowNanos;
    }

    boolean silent() {
        return silentSinceNanos.isPresent();
    }

    /** Something came over it again; {@link #evaluate} comes after. */
    void heard(long nowNanos) {
        silentSinceNanos = OptionalLong.empty();
        upSinceNanos = nowNanos;
    }

    /** Its silence was the conversion point's: it is trusted as before; {@link #evaluate} comes after. */
    void acquit() {
        silentSinceNanos = OptionalLong.empty();
        acquitted = true;
        holdDown.forgive();
    }

    /** Whether a subflow that was given up at that moment was given up by mistake. */
    boolean wronglyGivenUp(long atNanos) {
        return acquitted && atNanos - silencedAtNanos >= 0;
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
        if (!on) {
            forgetTroubles();
        }
    }

    private void forgetTroubles() {
        silentSinceNanos = OptionalLong.empty();
        unreachable.clear();
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
        OptionalLong since = next == UplinkState.OFFLINE ? silentSinceNanos : OptionalLong.empty();
        Decision.UplinkTransition transition =
                new Decision.UplinkTransition(name(), state, next, reason, since, holdDown.read(nowNanos));
        state = next;
        stateSinceNanos = nowNanos;
        lastReason = Optional.of(reason);
        return Optional.of(transition);
    }

    private UplinkState next(long nowNanos) {
        if (!enabled || retired) {
            return UplinkState.DISABLED;
        }
        if (sources.isEmpty() || silent()) {
            return UplinkState.OFFLINE;
        }
        if (state == UplinkState.ONLINE || (acquitted && state == UplinkState.OFFLINE)) {
            return UplinkState.ONLINE;
        }
        long upForNanos = nowNanos - upSinceNanos;
        if (state == UplinkState.OFFLINE && upForNanos < holdDown.settleNanos(nowNanos)) {
            return UplinkState.OFFLINE;
        }
        boolean trusted = upForNanos >= holdDown.nanos() || (state != UplinkState.HOLD_DOWN && readdressed());
        return trusted ? UplinkState.ONLINE : UplinkState.HOLD_DOWN;
    }

    HoldDownReading holdDown(long nowNanos) {
        return holdDown.read(nowNanos);
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
        if (acquitted) {
            return Reason.POINT_WAS_SILENT;
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
        if (observation.addresses().isEmpty()) {
            return Reason.ADDRESS_LOST;
        }
        return sources.isEmpty() ? Reason.ROUTE_LOST : Reason.SILENT;
    }

    /** When {@link #evaluate} may make a transition by itself. */
    OptionalLong deadlineNanos(long nowNanos) {
        if (!enabled || retired || sources.isEmpty() || silent()) {
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
