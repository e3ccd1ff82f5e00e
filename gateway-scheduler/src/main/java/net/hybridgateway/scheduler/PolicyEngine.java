package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.scheduler.overflow.LineConfig;
import net.hybridgateway.scheduler.overflow.OverflowJudge;

/**
 * Decides for every connection which uplinks take part, as what, and when.
 *
 * <p>Not thread-safe: one thread owns it. Methods come in four kinds:
 *
 * <ul>
 *   <li>inputs: {@link #handle} and {@link #handleDeadline};
 *   <li>outputs: {@link #pollDecision}, to be called until it is empty after every input, and to be carried out in that
 *       order; after that {@link #nextDeadlineNanos};
 *   <li>{@link #initialPaths}, to be published to the threads that open connections after every input that yielded an
 *       {@link Decision.UplinkTransition}, and after every {@link EngineEvent.UplinkObserved} and
 *       {@link EngineEvent.PolicyChanged};
 *   <li>{@link #snapshot}, at any time.
 * </ul>
 *
 * <p>Time is an argument, in nanoseconds of any monotonic clock, and never runs backwards. Calling
 * {@link #handleDeadline} too early or too often is harmless. Everything is deterministic: the same inputs give the same
 * decisions.
 */
public final class PolicyEngine {
    private final UplinkDirectory uplinks;
    private final SubflowClock clock;
    private final SubflowEvents subflowEvents;
    private final ConnectionReconciler reconciler;
    private final CreationPacer pacer = new CreationPacer();
    private final PathWatch pathWatch;
    private final UsePolicy usePolicy;
    private final OverflowJudge overflow;
    private final EarlyRights earlyRights = new EarlyRights();
    private final PointAddresses conversionPoints = new PointAddresses();
    private final Map<Integer, TrackedConnection> connections = new LinkedHashMap<>();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private long nowNanos;

    /** @param nowNanos the time at which all uplinks count as not seen yet */
    public PolicyEngine(PolicyConfig config, long nowNanos) {
        this.uplinks = new UplinkDirectory(config, nowNanos);
        this.clock = new SubflowClock(config.subflows());
        this.subflowEvents = new SubflowEvents(uplinks, clock, decisions::add);
        this.overflow = new OverflowJudge(lines(config), this::mayBeHelped);
        this.usePolicy = new UsePolicy(config.classified(), overflow);
        this.reconciler = new ConnectionReconciler(
                usePolicy, new SubflowPlanner(uplinks.ranked(), usePolicy), pacer, clock, decisions::add);
        this.pathWatch = new PathWatch(
                uplinks.ranked(),
                config.detection(),
                this::remotesInUse,
                this::awaited,
                conversionPoints::ofOthers,
                decisions::add);
        this.nowNanos = nowNanos;
    }

    /**
     * Takes in an event.
     *
     * @throws IllegalArgumentException if it names an uplink that is not configured
     */
    public void handle(EngineEvent event, long nowNanos) {
        this.nowNanos = nowNanos;
        event.deliverTo(new Inputs());
        reconcileAdmitted();
    }

    /** Does what has become due. */
    public void handleDeadline(long nowNanos) {
        this.nowNanos = nowNanos;
        pathWatch.handleDeadline(nowNanos);
        settle();
        reconcile(overflow.handleDeadline(nowNanos));
        for (OptionalInt due = deadlines.pollDue(nowNanos); due.isPresent(); due = deadlines.pollDue(nowNanos)) {
            reconcile(connections.get(due.getAsInt()));
        }
        reconcileAdmitted();
    }

    /** When to call {@link #handleDeadline}; empty if only an event can change anything. */
    public OptionalLong nextDeadlineNanos() {
        OptionalLong next = Deadlines.earlier(deadlines.earliestNanos(), pathWatch.deadlineNanos());
        next = Deadlines.earlier(next, pacer.deadlineNanos());
        next = Deadlines.earlier(next, overflow.nextDeadlineNanos());
        for (UplinkTracker uplink : uplinks.ranked()) {
            next = Deadlines.earlier(next, uplink.deadlineNanos(nowNanos));
        }
        return next;
    }

    /** The next decision to carry out, in order. */
    public Optional<Decision> pollDecision() {
        return Optional.ofNullable(decisions.pollFirst());
    }

    /** Ways out for the initial subflow of a new connection: trusted uplinks first, then by preference. */
    public List<InitialPath> initialPaths() {
        List<InitialPath> paths = new ArrayList<>();
        for (UplinkState state : List.of(UplinkState.ONLINE, UplinkState.HOLD_DOWN)) {
            for (UplinkTracker uplink : uplinks.ranked()) {
                if (uplink.state() == state) {
                    paths.add(new InitialPath(
                            uplink.name(),
                            uplink.config().use(),
                            uplink.interfaceIndex(),
                            uplink.sources(Inet4Address.class),
                            uplink.sources(Inet6Address.class),
                            state == UplinkState.HOLD_DOWN,
                            pathWatch.doubtful(uplink),
                            uplink.allowance(),
                            uplink.config().kind(),
                            uplink.config().reach()));
                }
            }
        }
        return List.copyOf(paths);
    }

    /** An immutable view of everything. Its cost grows with the number of connections. */
    public EngineSnapshot snapshot(long nowNanos) {
        return new SnapshotBuilder(uplinks, pathWatch, connections.values()).build(nowNanos);
    }

    private boolean evaluate(UplinkTracker uplink) {
        Optional<Decision.UplinkTransition> transition = uplink.evaluate(nowNanos);
        transition.ifPresent(made -> {
            decisions.add(made);
            pathWatch.wake(nowNanos);
            boolean back = made.from() == UplinkState.OFFLINE && uplink.inService();
            if (back && made.reason() != Reason.POINT_WAS_SILENT) {
                pathWatch.reopen(nowNanos);
            }
        });
        return transition.isPresent();
    }

    /** Looks at the uplinks again, after something was found out about paths. */
    private void settle() {
        boolean changed = pathWatch.takeChanged();
        for (UplinkTracker uplink : uplinks.ranked()) {
            changed |= evaluate(uplink);
        }
        if (changed) {
            reconcileAll();
        }
    }

    private static List<LineConfig> lines(PolicyConfig config) {
        return config.uplinks().stream().map(PolicyEngine::line).toList();
    }

    private static LineConfig line(UplinkConfig uplink) {
        return new LineConfig(
                uplink.name(),
                uplink.use() == UplinkUse.OVERFLOW,
                uplink.rate().downBitsPerSecond(),
                uplink.rate().upBitsPerSecond());
    }

    private boolean mayBeHelped(int token) {
        TrackedConnection connection = connections.get(token);
        return connection != null
                && uplinks.ranked().stream().anyMatch(uplink -> usePolicy.mayHelp(connection, uplink, nowNanos));
    }

    private void reconcile(Set<Integer> tokens) {
        for (int token : tokens) {
            TrackedConnection connection = connections.get(token);
            if (connection != null) {
                reconcile(connection);
            }
        }
    }

    private void reconcileAdmitted() {
        for (OptionalInt next = pacer.pollAdmitted(nowNanos); next.isPresent(); next = pacer.pollAdmitted(nowNanos)) {
            reconcile(connections.get(next.getAsInt()));
        }
    }

    private Set<InetSocketAddress> remotesInUse(UplinkTracker uplink) {
        Set<InetSocketAddress> remotes = new LinkedHashSet<>();
        for (TrackedConnection connection : connections.values()) {
            connection
                    .current(uplink)
                    .filter(subflow -> subflow.state().carries())
                    .map(subflow -> subflow.path().remote())
                    // A server cannot be asked. The conversion point can, and tells as much of the uplink.
                    .flatMap(remote -> connection.toServer() ? conversionPoints.first(uplink) : Optional.of(remote))
                    .ifPresent(remotes::add);
        }
        return remotes;
    }

    /** Whether a connection that nothing carries any more could use an uplink. */
    private boolean awaited(UplinkTracker uplink) {
        return connections.values().stream()
                .anyMatch(connection -> !connection.survives() && usePolicy.mayJoin(connection, uplink));
    }

    /** A sign of life of whatever is at the other end. */
    private void heard(SubflowTuple tuple, Reason how) {
        uplinks.ownerOf(tuple.local().getAddress()).ifPresent(uplink -> heard(uplink, tuple.remote(), how));
    }

    private void heard(UplinkTracker uplink, InetSocketAddress remote, Reason how) {
        pathWatch.heard(uplink, remote, how, nowNanos);
        settle();
    }

    private void reconcile(TrackedConnection connection) {
        deadlines.set(connection.token(), reconciler.reconcile(connection, nowNanos));
        if (!connection.survives()) {
            pathWatch.wake(nowNanos);
        }
    }

    /** Connections that nothing carries any more come first: each command before theirs lengthens their gap. */
    private void reconcileAll() {
        List<TrackedConnection> surviving = new ArrayList<>();
        List<TrackedConnection> all = new ArrayList<>(connections.size());
        for (TrackedConnection connection : connections.values()) {
            (connection.survives() ? surviving : all).add(connection);
        }
        all.addAll(surviving);
        all.forEach(this::reconcile);
    }

    private void forget(int token) {
        if (connections.remove(token) != null) {
            deadlines.remove(token);
            pacer.forget(token);
            overflow.forget(token);
            decisions.removeIf(
                    decision -> decision instanceof Decision.ConnectionDecision command && command.token() == token);
        }
    }

    /** Starts to track a connection, unless none of its subflows runs over an uplink of ours. */
    private void track(KernelConnection actual, long nowNanos) {
        Optional<InetSocketAddress> initialRemote = actual.subflows().stream()
                .filter(subflow -> subflow.remoteId() == 0)
                .map(subflow -> subflow.tuple().remote())
                .findFirst();
        RemoteAddresses remotes = new RemoteAddresses(
                initialRemote,
                actual.initialAddressDenied(),
                initialRemote.map(conversionPoints::besides).orElse(List.of()));
        TrackedConnection connection = new TrackedConnection(actual.token(), actual.toServer(), remotes);
        earlyRights.take(actual.token()).ifPresent(connection::classify);
        for (KernelSubflow subflow : actual.subflows()) {
            InetAddress local = subflow.tuple().local().getAddress();
            connection.ids().learn(local, subflow.localId());
            learnRemote(connection, subflow);
            subflowEvents.adopt(connection, subflow, nowNanos);
        }
        if (!connection.subflows().isEmpty()) {
            connections.put(connection.token(), connection);
            reconcile(connection);
        }
    }

    /** A subflow that stands proves its remote address. */
    private static void learnRemote(TrackedConnection connection, KernelSubflow subflow) {
        if (subflow.remoteId() != 0) {
            connection.remotes().announce(subflow.remoteId(), subflow.tuple().remote());
        }
    }

    private final class Inputs implements EngineEvent.Handler {
        @Override
        public void on(EngineEvent.ConversionPointsKnown event) {
            conversionPoints.know(event.points());
        }

        @Override
        public void on(EngineEvent.UplinkObserved event) {
            UplinkTracker uplink = uplinks.named(event.uplink());
            boolean changed = uplink.observe(event.observation(), nowNanos);
            if (changed) {
                pathWatch.forgive(uplink, nowNanos);
            }
            if (evaluate(uplink) || changed) {
                reconcileAll();
            }
        }

        @Override
        public void on(EngineEvent.UplinkEnabled event) {
            UplinkTracker uplink = uplinks.named(event.uplink());
            uplink.enable(event.enabled());
            if (!event.enabled()) {
                pathWatch.forgive(uplink, nowNanos);
            }
            if (evaluate(uplink)) {
                reconcileAll();
            }
        }

        @Override
        public void on(EngineEvent.PolicyChanged event) {
            List<UplinkTracker> retired = uplinks.configure(event.policy(), nowNanos);
            retired.forEach(uplink -> pathWatch.forgive(uplink, nowNanos));
            usePolicy.classified(event.policy().classified());
            overflow.configure(lines(event.policy()), nowNanos);
            pathWatch.wake(nowNanos);
            uplinks.ranked().forEach(PolicyEngine.this::evaluate);
            overflow.reconsider(nowNanos);
            reconcileAll();
        }

        @Override
        public void on(EngineEvent.ConnectionEstablished event) {
            TrackedConnection known = connections.get(event.token());
            boolean repeated =
                    known != null && known.subflows().stream().anyMatch(subflow -> subflow.is(event.initial()));
            if (!repeated) {
                // First, for a path that was given up needs no help any more.
                heard(event.initial(), Reason.PROGRESSED);
                forget(event.token());
                KernelSubflow initial = new KernelSubflow(event.initial(), 0, 0, false, true);
                track(
                        new KernelConnection(
                                event.token(), event.initialAddressDenied(), event.toServer(), List.of(initial)),
                        nowNanos);
            }
        }

        @Override
        public void on(EngineEvent.ConnectionClosed event) {
            forget(event.token());
        }

        @Override
        public void on(EngineEvent.AddressAnnounced event) {
            connection(event.token()).ifPresent(connection -> {
                connection.remotes().announce(event.remoteId(), event.address());
                reconcile(connection);
            });
        }

        @Override
        public void on(EngineEvent.AddressWithdrawn event) {
            connection(event.token()).ifPresent(connection -> {
                connection.remotes().withdraw(event.remoteId());
                reconcile(connection);
            });
        }

        @Override
        public void on(EngineEvent.SubflowEstablished event) {
            connection(event.token()).ifPresent(connection -> {
                KernelSubflow seen = new KernelSubflow(event.tuple(), event.localId(), event.remoteId(), false, false);
                subflowEvents.established(connection, seen, nowNanos);
                reconcile(connection);
                heard(event.tuple(), Reason.PROGRESSED);
            });
        }

        @Override
        public void on(EngineEvent.SubflowClosed event) {
            connection(event.token()).ifPresent(connection -> {
                subflowEvents.closed(connection, event.tuple(), event.errno(), nowNanos);
                reconcile(connection);
                if (event.errno().isPresent()
                        && !connection.toServer()
                        && SubflowErrors.ofThePath(event.errno().getAsInt())) {
                    uplinks.ownerOf(event.tuple().local().getAddress())
                            .ifPresent(uplink -> pathWatch.stalled(
                                    uplink, event.tuple().remote(), nowNanos, clock.assumedRttNanos(), nowNanos));
                }
            });
        }

        @Override
        public void on(EngineEvent.SubflowCreateFailed event) {
            connection(event.token()).ifPresent(connection -> {
                subflowEvents.createFailed(connection, event.uplink(), event.localId(), nowNanos);
                reconcile(connection);
            });
        }

        @Override
        public void on(EngineEvent.SubflowInspected event) {
            connection(event.token()).ifPresent(connection -> {
                subflowEvents.inspected(connection, event.tuple(), event.fullyEstablished(), nowNanos);
                reconcile(connection);
            });
        }

        @Override
        public void on(EngineEvent.Resynchronised event) {
            Set<Integer> gone = new HashSet<>(connections.keySet());
            for (KernelConnection actual : event.connections()) {
                gone.remove(actual.token());
                TrackedConnection known = connections.get(actual.token());
                if (known == null) {
                    track(actual, nowNanos);
                } else {
                    subflowEvents.resynchronise(known, actual, nowNanos);
                    reconcile(known);
                }
            }
            gone.forEach(PolicyEngine.this::forget);
        }

        @Override
        public void on(EngineEvent.PathStalled event) {
            pathWatch.stalled(
                    uplinks.named(event.uplink()),
                    event.conversionPoint(),
                    event.sinceNanos(),
                    event.rttNanos(),
                    nowNanos);
        }

        @Override
        public void on(EngineEvent.PathProgressed event) {
            heard(uplinks.named(event.uplink()), event.conversionPoint(), Reason.PROGRESSED);
        }

        @Override
        public void on(EngineEvent.ProbeAnswered event) {
            UplinkTracker uplink = uplinks.named(event.uplink());
            switch (event.answer()) {
                case HOST, CONVERTER -> heard(uplink, event.conversionPoint(), Reason.ANSWERED);
                case REFUSED -> heard(uplink, event.conversionPoint(), Reason.REFUSES);
                case UNREACHABLE -> {
                    pathWatch.unreachable(uplink, event.conversionPoint(), nowNanos);
                    settle();
                }
            }
        }

        @Override
        public void on(EngineEvent.ConnectionClassified event) {
            connection(event.token())
                    .ifPresentOrElse(
                            connection -> {
                                connection.classify(event.rights());
                                reconcile(connection);
                                reconcile(overflow.reconsider(nowNanos));
                            },
                            () -> earlyRights.put(event.token(), event.rights()));
        }

        @Override
        public void on(EngineEvent.UplinkAllowed event) {
            UplinkTracker uplink = uplinks.named(event.uplink());
            if (uplink.allowance() != event.allowance()) {
                uplink.allow(event.allowance());
                overflow.reconsider(nowNanos);
                reconcileAll();
            }
        }

        @Override
        public void on(EngineEvent.UplinkUsed event) {
            uplinks.named(event.uplink()).used(nowNanos);
        }

        @Override
        public void on(EngineEvent.LoadMeasured event) {
            event.sample().uplinks().stream()
                    .filter(load -> load.inPerSecond() + load.outPerSecond() > 0)
                    .forEach(load -> uplinks.named(load.uplink()).used(nowNanos));
            reconcile(overflow.measure(event.sample(), nowNanos));
        }

        private Optional<TrackedConnection> connection(int token) {
            return Optional.ofNullable(connections.get(token));
        }
    }
}
