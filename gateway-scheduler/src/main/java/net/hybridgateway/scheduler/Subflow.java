package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** One subflow of one connection on one uplink, with the state machine of {@link SubflowState}. */
final class Subflow {
    /** The ends of a subflow before its local port is known. */
    record Path(InetAddress local, int localId, InetSocketAddress remote) {}

    private final UplinkTracker uplink;
    private Path path;
    private SubflowState state;
    private long stateSinceNanos;
    private Optional<SubflowTuple> tuple = Optional.empty();
    private boolean backup;
    private long rttNanos;
    private int failures;
    /** Of the last decision about it. */
    private Optional<Reason> reason = Optional.empty();

    private int inspections;
    private boolean peerTold;
    private boolean helps;
    /** The device it is bound to. A device that is made anew, as PPP's are, has the same name and another index. */
    private int boundTo;

    /** When the state has to be looked at again; its meaning depends on the state. */
    private OptionalLong dueNanos = OptionalLong.empty();
    /** Until then this subflow keeps on-demand uplinks asleep although it does not carry yet. */
    private long expectedUntilNanos;
    /** When MP_PRIO is to be said again, and how often it was said. */
    private OptionalLong priorityAgainNanos = OptionalLong.empty();

    private int priorityTold;
    /** Since when an established subflow is no longer needed. */
    private OptionalLong needlessSinceNanos = OptionalLong.empty();

    /** A subflow that should exist. */
    Subflow(UplinkTracker uplink, Path path, long rttNanos, long nowNanos) {
        this.uplink = uplink;
        this.boundTo = uplink.interfaceIndex();
        this.path = path;
        this.rttNanos = rttNanos;
        this.state = SubflowState.WANTED;
        this.stateSinceNanos = nowNanos;
        this.expectedUntilNanos = nowNanos;
    }

    /** A subflow that the kernel already has. */
    Subflow(UplinkTracker uplink, SubflowTuple tuple, int localId, boolean full, long rttNanos, long nowNanos) {
        this(uplink, new Path(tuple.local().getAddress(), localId, tuple.remote()), rttNanos, nowNanos);
        this.tuple = Optional.of(tuple);
        this.state = full ? SubflowState.ESTABLISHED : SubflowState.JOINED;
        this.dueNanos = full ? OptionalLong.empty() : OptionalLong.of(nowNanos + rttNanos);
    }

    UplinkTracker uplink() {
        return uplink;
    }

    Path path() {
        return path;
    }

    int localId() {
        return path.localId();
    }

    SubflowState state() {
        return state;
    }

    Optional<SubflowTuple> tuple() {
        return tuple;
    }

    /** The ports are known as soon as the SYN/ACK arrived. */
    SubflowTuple knownTuple() {
        return tuple.orElseThrow(() -> new IllegalStateException("no tuple in " + state));
    }

    boolean backup() {
        return backup;
    }

    void backup(boolean set) {
        backup = set;
    }

    /** MP_PRIO was decided. */
    void priorityTold(OptionalLong againNanos) {
        priorityTold = againNanos.isEmpty() ? 0 : priorityTold + 1;
        priorityAgainNanos = againNanos;
    }

    int priorityTold() {
        return priorityTold;
    }

    boolean priorityDue(long nowNanos) {
        return priorityAgainNanos.isPresent() && priorityAgainNanos.getAsLong() - nowNanos <= 0;
    }

    long rttNanos() {
        return rttNanos;
    }

    Optional<Reason> reason() {
        return reason;
    }

    /** Something was decided about it. */
    void decided(Reason why) {
        reason = Optional.of(why);
    }

    int failures() {
        return failures;
    }

    /** How often the kernel was asked whether it is fully established. */
    int inspections() {
        return inspections;
    }

    void inspected(long nextNanos) {
        inspections++;
        dueNanos = OptionalLong.of(nextNanos);
    }

    /** Whether it is there for the need of a full line, and not for that of a broken one. */
    boolean helps() {
        return helps;
    }

    void helps(boolean set) {
        helps = set;
    }

    /** The index of the device that it is bound to. */
    int boundTo() {
        return boundTo;
    }

    /** Whether its uplink, its address and its device are there, so that it can carry data. */
    boolean served() {
        return uplink.serves(path.local(), path.remote()) && uplink.interfaceIndex() == boundTo;
    }

    /** Whether the peer may already have given this subflow up. */
    boolean peerTold() {
        return peerTold;
    }

    boolean expected(long nowNanos) {
        return expectedUntilNanos - nowNanos > 0;
    }

    boolean due(long nowNanos) {
        return dueNanos.isPresent() && dueNanos.getAsLong() - nowNanos <= 0;
    }

    long stateSinceNanos() {
        return stateSinceNanos;
    }

    long inStateNanos(long nowNanos) {
        return nowNanos - stateSinceNanos;
    }

    OptionalLong needlessSinceNanos() {
        return needlessSinceNanos;
    }

    void needlessSince(OptionalLong sinceNanos) {
        needlessSinceNanos = sinceNanos;
    }

    boolean is(SubflowTuple other) {
        return tuple.filter(other::equals).isPresent();
    }

    /** Whether the tuple may be what became of this attempt. */
    boolean attempted(SubflowTuple seen) {
        return tuple.isEmpty()
                && path.local().equals(seen.local().getAddress())
                && path.remote().equals(seen.remote());
    }

    void create(Path over, boolean asBackup, long expectedUntil, long giveUpAtNanos, long nowNanos) {
        moveTo(SubflowState.CREATING, nowNanos);
        path = over;
        boundTo = uplink.interfaceIndex();
        backup = asBackup;
        expectedUntilNanos = expectedUntil;
        dueNanos = OptionalLong.of(giveUpAtNanos);
    }

    void joined(SubflowTuple seen, long measuredRttNanos, long lookAtNanos, long nowNanos) {
        moveTo(SubflowState.JOINED, nowNanos);
        tuple = Optional.of(seen);
        rttNanos = measuredRttNanos;
        inspections = 0;
        dueNanos = OptionalLong.of(lookAtNanos);
    }

    /** The ports of an attempt that was undone. */
    void named(SubflowTuple seen) {
        tuple = Optional.of(seen);
    }

    void established(long nowNanos) {
        moveTo(SubflowState.ESTABLISHED, nowNanos);
        dueNanos = OptionalLong.empty();
    }

    /** Back to the start after a failure: an attempt that came to nothing, or a subflow that closed by itself. */
    void failed(int countedFailures, long retryAtNanos, long expectedUntil, long nowNanos) {
        moveTo(SubflowState.WANTED, nowNanos);
        tuple = Optional.empty();
        failures = countedFailures;
        dueNanos = OptionalLong.of(retryAtNanos);
        expectedUntilNanos = expectedUntil;
        needlessSinceNanos = OptionalLong.empty();
    }

    void broken(long nowNanos) {
        moveTo(SubflowState.BROKEN, nowNanos);
        dueNanos = OptionalLong.empty();
        needlessSinceNanos = OptionalLong.empty();
    }

    /** REMOVE_ADDR was decided for a subflow that works but is not needed. */
    void removing(long destroyAtNanos, long nowNanos) {
        moveTo(SubflowState.REMOVING, nowNanos);
        peerTold = true;
        dueNanos = OptionalLong.of(destroyAtNanos);
    }

    void closing(long forgetAtNanos, long nowNanos) {
        moveTo(SubflowState.CLOSING, nowNanos);
        dueNanos = OptionalLong.of(forgetAtNanos);
    }

    void closed(long nowNanos) {
        moveTo(SubflowState.CLOSED, nowNanos);
        dueNanos = OptionalLong.empty();
    }

    private void moveTo(SubflowState next, long nowNanos) {
        Objects.requireNonNull(next, "next");
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("subflow on " + uplink.name() + " cannot go from " + state + " to " + next);
        }
        state = next;
        stateSinceNanos = nowNanos;
        priorityTold(OptionalLong.empty());
    }

    /** The earliest time after now at which something about this subflow may change by itself. */
    OptionalLong deadlineNanos(long quietNanos, long nowNanos) {
        OptionalLong deadline = OptionalLong.empty();
        deadline = Deadlines.earlierFuture(deadline, dueNanos, nowNanos);
        if (state == SubflowState.WANTED || state == SubflowState.CREATING) {
            deadline = Deadlines.earlierFuture(deadline, OptionalLong.of(expectedUntilNanos), nowNanos);
        }
        if (state == SubflowState.ESTABLISHED) {
            deadline = Deadlines.earlierFuture(deadline, priorityAgainNanos, nowNanos);
        }
        if (needlessSinceNanos.isPresent()) {
            OptionalLong end = OptionalLong.of(needlessSinceNanos.getAsLong() + quietNanos);
            deadline = Deadlines.earlierFuture(deadline, end, nowNanos);
        }
        return deadline;
    }
}
