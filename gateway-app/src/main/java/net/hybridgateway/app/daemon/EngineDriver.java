package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import net.hybridgateway.app.kernel.KernelConnections;
import net.hybridgateway.app.kernel.NetworkState;
import net.hybridgateway.app.kernel.PathManagerCommands;
import net.hybridgateway.app.kernel.Peer;
import net.hybridgateway.app.kernel.PolicyRouting;
import net.hybridgateway.app.upstream.Prober;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.PolicyConfig;
import net.hybridgateway.scheduler.PolicyEngine;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.UplinkObservation;

/**
 * Feeds the policy engine with what happens, and carries out what it decides. Everything here runs on the control
 * thread.
 */
final class EngineDriver implements ControlLoop.Clockwork {
    private static final int MOST_DECISIONS = 1000;

    private final PolicyEngine engine;
    private List<UplinkConfig> uplinks;
    private final RouteNetlink netlink;
    private final PolicyRouting routing;
    private final PathManagerCommands commands;
    private final Prober prober;
    private final Consumer<List<InitialPath>> publishPaths;
    private final DecisionListener decisions;
    private final Executor later;
    private final LongSupplier nanoTime;

    private long newsNanos;

    /** Is told of each decision: of commands before they are carried out, of transitions of uplinks a moment later. */
    interface DecisionListener {
        /**
         * Something was decided.
         *
         * @param detectNanos from the kernel's first word of what happened, or the last sign of life where the kernel
         *     says nothing, to the engine's decision
         */
        void decided(Decision decision, long detectNanos);
    }

    EngineDriver(
            PolicyEngine engine,
            List<UplinkConfig> uplinks,
            RouteNetlink netlink,
            PolicyRouting routing,
            PathManagerCommands commands,
            Prober prober,
            Consumer<List<InitialPath>> publishPaths,
            DecisionListener decisions,
            Executor later,
            LongSupplier nanoTime) {
        this.engine = engine;
        this.uplinks = uplinks;
        this.netlink = netlink;
        this.routing = routing;
        this.commands = commands;
        this.prober = prober;
        this.publishPaths = publishPaths;
        this.decisions = decisions;
        this.later = later;
        this.nanoTime = nanoTime;
    }

    /**
     * Links, addresses or routes have changed: looks at all of them again.
     *
     * @param firstWordNanos when the kernel said so
     */
    void networkChanged(long firstWordNanos) {
        newsNanos = firstWordNanos;
        NetworkState state = NetworkState.read(netlink);
        long now = nanoTime.getAsLong();
        for (UplinkConfig uplink : uplinks) {
            UplinkObservation observed = state.observe(uplink.device());
            prober.observed(uplink.name(), observed);
            engine.handle(new EngineEvent.UplinkObserved(uplink.name(), observed), now);
        }
        // First the tables: a new subflow must not leave by the wrong way. It takes a millisecond or two.
        routing.apply(state);
        carryOut();
        publishPaths.accept(engine.initialPaths());
    }

    /**
     * The configuration is another one.
     *
     * @param now the uplinks that take part; their tables are there
     */
    void configure(List<UplinkConfig> now, PolicyConfig policy) {
        uplinks = List.copyOf(now);
        handle(new EngineEvent.PolicyChanged(policy));
        // Those that were not there before have to be looked at.
        networkChanged(nanoTime.getAsLong());
    }

    /** Something happened to a connection, on a path, or to what an uplink may carry. */
    void handle(EngineEvent event) {
        newsNanos = nanoTime.getAsLong();
        engine.handle(event, nanoTime.getAsLong());
        carryOut();
        if (event instanceof EngineEvent.UplinkAllowed
                || event instanceof EngineEvent.PathProgressed
                || event instanceof EngineEvent.ProbeAnswered) {
            // What uplinks may carry has changed, or a suspicion is over, perhaps without a decision to carry out.
            publishPaths.accept(engine.initialPaths());
        }
    }

    /**
     * Events were lost: tells the engine what the kernel really has, of links and of connections.
     *
     * @param peers tells by the two ends of a subflow who is at the other
     */
    void resynchronise(Function<SubflowTuple, Peer> peers) {
        Set<Integer> known = snapshot().connections().stream()
                .map(EngineSnapshot.ConnectionView::token)
                .collect(Collectors.toSet());
        try (SockDiag diag = SockDiag.open()) {
            handle(new EngineEvent.Resynchronised(KernelConnections.read(diag, peers, known::contains)));
        }
    }

    EngineSnapshot snapshot() {
        return engine.snapshot(nanoTime.getAsLong());
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return engine.nextDeadlineNanos();
    }

    @Override
    public void tick(long nowNanos) {
        newsNanos = nowNanos;
        engine.handleDeadline(nowNanos);
        carryOut();
    }

    private long firstSignNanos(Decision decision) {
        return decision instanceof Decision.UplinkTransition transition
                ? transition.lastSignNanos().orElse(newsNanos)
                : newsNanos;
    }

    /**
     * Carries decisions out, in order. Not without end: what waits in the mailbox, such as the word that a connection is
     * gone, may make the rest needless.
     */
    private void carryOut() {
        for (int done = 0; done < MOST_DECISIONS; done++) {
            Optional<Decision> next = engine.pollDecision();
            if (next.isEmpty()) {
                return;
            }
            carryOut(next.get());
        }
        later.execute(this::carryOut);
    }

    private void carryOut(Decision decision) {
        if (!(decision instanceof Decision.ConnectionDecision)) {
            // New connections must not follow the old word while the running ones are moved.
            publishPaths.accept(engine.initialPaths());
        }
        long detectNanos = nanoTime.getAsLong() - firstSignNanos(decision);
        if (decision instanceof Decision.UplinkTransition) {
            // To write down a break takes longer than to move a connection, which comes first.
            later.execute(() -> {
                commands.execute(decision);
                decisions.decided(decision, detectNanos);
            });
            return;
        }
        decisions.decided(decision, detectNanos);
        if (decision instanceof Decision.ProbePath probe) {
            prober.probe(probe);
        }
        commands.execute(decision).ifPresent(event -> engine.handle(event, nanoTime.getAsLong()));
    }
}
