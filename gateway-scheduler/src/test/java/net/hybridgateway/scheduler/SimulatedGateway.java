package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A gateway whose kernel, lines and conversion point are simulated on a virtual clock around a real
 * {@link PolicyEngine}. The clock starts shortly before a long overflows, as {@code System.nanoTime} may.
 */
final class SimulatedGateway {
    static final InetSocketAddress POINT = new InetSocketAddress(address("192.0.2.1"), 7000);
    static final InetAddress FIXED = address("198.51.100.10");
    static final InetAddress CELLULAR = address("10.64.0.10");

    private static final long ORIGIN_NANOS =
            Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
    /** How long a connection waited before its stall was noticed. */
    static final Duration STALL = Duration.ofMillis(100);

    private static final int MOST_STEPS = 2_000_000;

    /** A decision as it was taken. */
    record Logged(long atNanos, Decision decision) {}

    /** Somebody who watches. */
    interface Observer {
        /** The engine hears of something now. */
        void hears(EngineEvent event);

        /** Before a decision is carried out. */
        void decides(Decision decision);

        /** A line, a subflow, or a connection is not what it was. Called once for all that happens at one moment. */
        void worldChanged();
    }

    private static final class Nobody implements Observer {
        @Override
        public void hears(EngineEvent event) {}

        @Override
        public void decides(Decision decision) {}

        @Override
        public void worldChanged() {}
    }

    private record Planned(long atNanos, long sequence, Runnable action) {}

    private final Map<String, SimulatedUplink> uplinks = new LinkedHashMap<>();
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::sequence));
    final Map<Integer, SimulatedConnection> connections = new LinkedHashMap<>();
    final List<Logged> log = new ArrayList<>();
    final PolicyEngine engine;
    /** How long the kernel's events about subflows are under way. */
    long eventDelayNanos;
    /** Whether events of the path manager are lost at the moment, and whether they ever were. */
    boolean losingEvents;

    boolean lostEvents;
    /** Questions to conversion points so far. */
    int probes;
    /** Calls of the engine so far, and those of them that only the time caused. */
    long calls;

    long deadlines;
    /** Conversion points whose host refuses, and those whose host is well but which do not speak Convert any more. */
    final Set<InetSocketAddress> refusing = new HashSet<>();

    final Set<InetSocketAddress> hung = new HashSet<>();
    /** Addresses of conversion points that the engine was told beforehand. */
    final Set<InetSocketAddress> knownAddresses = new HashSet<>();
    /** Decides which packets are lost. */
    Random chance = new Random(0);

    Observer observer = new Nobody();

    private long clockNanos;
    private long sequence;
    private long markNanos;
    private int markedAt;
    private int steps;
    private boolean changed;
    private int nextToken = 0xfffffff0;

    SimulatedGateway(PolicyConfig config, SimulatedUplink... lines) {
        engine = new PolicyEngine(config, ORIGIN_NANOS);
        for (SimulatedUplink line : lines) {
            uplinks.put(line.name, line);
        }
        for (SimulatedUplink line : lines) {
            change(line.name, line.observation());
        }
    }

    void changed() {
        changed = true;
    }

    /** Whether the next packet on a line gets lost. */
    boolean loses(SimulatedUplink line) {
        boolean lost = line.loss > 0 && chance.nextDouble() < line.loss;
        if (lost) {
            unsteady(line.name);
        }
        return lost;
    }

    /** A fixed line that is always used (20 ms) and a cellular one (50 ms). */
    static SimulatedGateway withCellular(UplinkUse cellularUse) {
        return new SimulatedGateway(
                PolicyConfig.of(List.of(
                        uplinkConfig("fixed", 10, UplinkUse.ALWAYS), uplinkConfig("cellular", 20, cellularUse))),
                fixedLine(),
                cellularLine());
    }

    static SimulatedUplink fixedLine() {
        return new SimulatedUplink("fixed", 2, Duration.ofMillis(20), List.of(FIXED), true);
    }

    static SimulatedUplink cellularLine() {
        return new SimulatedUplink("cellular", 3, Duration.ofMillis(50), List.of(CELLULAR), true);
    }

    static UplinkConfig uplinkConfig(String name, int preference, UplinkUse use) {
        UplinkKind kind = name.startsWith("cellular") ? UplinkKind.CELLULAR : UplinkKind.FIXED;
        return new UplinkConfig(name, kind, preference, use, Optional.empty(), LineRate.UNKNOWN);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    SimulatedUplink uplink(String name) {
        return uplinks.get(name);
    }

    List<SimulatedUplink> uplinks() {
        return List.copyOf(uplinks.values());
    }

    UplinkState state(String uplink) {
        return engine.snapshot(nowNanos()).uplinks().stream()
                .filter(view -> view.config().name().equals(uplink))
                .findFirst()
                .orElseThrow()
                .state();
    }

    long clockNanos() {
        return clockNanos;
    }

    long nowNanos() {
        return ORIGIN_NANOS + clockNanos;
    }

    void later(long afterNanos, Runnable action) {
        planned.add(new Planned(clockNanos + afterNanos, sequence++, action));
    }

    /** Hands an event to the engine and carries out what it decides. */
    void deliver(EngineEvent event) {
        if (losingEvents && fromPathManager(event)) {
            lostEvents = true;
            return;
        }
        calls++;
        note(event);
        observer.hears(event);
        engine.handle(event, nowNanos());
        carryOut();
    }

    /** What the engine knows from now on. */
    private void note(EngineEvent event) {
        if (event instanceof EngineEvent.ConversionPointsKnown points) {
            points.points().forEach(knownAddresses::addAll);
        } else if (event instanceof EngineEvent.ConnectionEstablished established) {
            connection(established.token()).ifPresent(SimulatedConnection::introduce);
        } else if (event instanceof EngineEvent.AddressAnnounced announced) {
            connection(announced.token())
                    .ifPresent(connection -> connection.announce(announced.remoteId(), announced.address()));
        } else if (event instanceof EngineEvent.AddressWithdrawn withdrawn) {
            connection(withdrawn.token()).ifPresent(connection -> connection.withdraw(withdrawn.remoteId()));
        } else if (event instanceof EngineEvent.ConnectionClassified classified) {
            connection(classified.token()).ifPresent(connection -> connection.classify(classified.rights()));
        } else if (event instanceof EngineEvent.UplinkAllowed allowed) {
            uplinks.get(allowed.uplink()).allowance = allowed.allowance();
            unsteady(allowed.uplink());
        }
    }

    private Optional<SimulatedConnection> connection(int token) {
        return Optional.ofNullable(connections.get(token));
    }

    private static boolean fromPathManager(EngineEvent event) {
        return event instanceof EngineEvent.ConnectionEstablished
                || event instanceof EngineEvent.ConnectionClosed
                || event instanceof EngineEvent.AddressAnnounced
                || event instanceof EngineEvent.AddressWithdrawn
                || event instanceof EngineEvent.SubflowEstablished
                || event instanceof EngineEvent.SubflowClosed;
    }

    /** An event of the kernel about a subflow, which may reach the engine late. */
    void kernelEvent(EngineEvent event) {
        later(eventDelayNanos, () -> deliver(event));
    }

    /** Whether the engine may not know yet what the kernel knows. */
    boolean mayBeBehind() {
        return losingEvents || eventDelayNanos > 0;
    }

    private void carryOut() {
        while (true) {
            Decision decision = engine.pollDecision().orElse(null);
            if (decision == null) {
                return;
            }
            log.add(new Logged(clockNanos, decision));
            observer.decides(decision);
            boolean closedUnseen = losingEvents
                    && decision instanceof Decision.ConnectionDecision command
                    && !connections.containsKey(command.token());
            if (!closedUnseen) {
                decision.accept(new Carrier());
            }
        }
    }

    private final class Carrier implements Decision.Visitor<Boolean> {
        @Override
        public Boolean visit(Decision.CreateSubflow decision) {
            connection(decision).create(decision);
            return true;
        }

        @Override
        public Boolean visit(Decision.RemoveAddress decision) {
            connection(decision).remove(decision.localId());
            return true;
        }

        @Override
        public Boolean visit(Decision.DestroySubflow decision) {
            connection(decision).destroy(decision.tuple());
            return true;
        }

        @Override
        public Boolean visit(Decision.SetBackup decision) {
            connection(decision).setBackup(decision);
            return true;
        }

        @Override
        public Boolean visit(Decision.UplinkTransition decision) {
            return true;
        }

        @Override
        public Boolean visit(Decision.InspectSubflow decision) {
            connection(decision).inspect(decision.tuple());
            return true;
        }

        @Override
        public Boolean visit(Decision.ProbePath decision) {
            probe(decision);
            return true;
        }

        @Override
        public Boolean visit(Decision.PathVerdict decision) {
            return true;
        }

        private SimulatedConnection connection(Decision.ConnectionDecision decision) {
            SimulatedConnection connection = connections.get(decision.token());
            if (connection == null) {
                throw new AssertionError("invalid token: " + decision);
            }
            return connection;
        }
    }

    /** The conversion point's answer, if the line lets question and answer pass. */
    private void probe(Decision.ProbePath probe) {
        SimulatedUplink line = uplinks.get(probe.uplink());
        InetSocketAddress point = probe.conversionPoint();
        probes++;
        if (loses(line)) {
            return;
        }
        ProbeAnswer first = refusing.contains(point) ? ProbeAnswer.REFUSED : ProbeAnswer.HOST;
        answer(line, point, first, line.rttNanos, probe.patienceNanos());
        if (first == ProbeAnswer.HOST && !hung.contains(point)) {
            answer(line, point, ProbeAnswer.CONVERTER, 2 * line.rttNanos, probe.patienceNanos());
        }
    }

    private void answer(
            SimulatedUplink line, InetSocketAddress point, ProbeAnswer answer, long afterNanos, long patienceNanos) {
        if (afterNanos <= patienceNanos) {
            later(afterNanos, () -> {
                if (line.passesTo(point) && hasWayTo(line, point)) {
                    deliver(new EngineEvent.ProbeAnswered(line.name, point, answer));
                }
            });
        }
    }

    private static boolean hasWayTo(SimulatedUplink line, InetSocketAddress point) {
        for (InetAddress source : line.sources()) {
            if (source.getClass() == point.getAddress().getClass()) {
                return true;
            }
        }
        return false;
    }

    /** A connection on this line has waited too long for something. */
    void stall(String uplink) {
        stall(uplink, POINT);
    }

    void stall(String uplink, InetSocketAddress point) {
        deliver(new EngineEvent.PathStalled(uplink, point, nowNanos() - STALL.toNanos(), uplinks.get(uplink).rttNanos));
    }

    /** Since when nothing has changed about an uplink, and nothing was refused on it. */
    long steadySinceNanos(String uplink) {
        return uplinks.get(uplink).steadySinceNanos;
    }

    /** Something about an uplink changed, or went wrong. */
    void unsteady(String uplink) {
        uplinks.get(uplink).steadySinceNanos = clockNanos;
        changed = true;
    }

    void change(String uplink, UplinkObservation observation) {
        uplinks.get(uplink).observe(observation);
        unsteady(uplink);
        deliver(new EngineEvent.UplinkObserved(uplink, observation));
    }

    void carrier(String uplink, boolean up) {
        change(uplink, uplinks.get(uplink).withCarrier(up));
    }

    void enable(String uplink, boolean enabled) {
        uplinks.get(uplink).enabled = enabled;
        unsteady(uplink);
        deliver(new EngineEvent.UplinkEnabled(uplink, enabled));
    }

    /** The user has changed the configuration; uplinks that are not in it are as good as switched off. */
    void configure(PolicyConfig policy) {
        for (SimulatedUplink line : uplinks.values()) {
            line.configured =
                    policy.uplinks().stream().anyMatch(uplink -> uplink.name().equals(line.name));
            unsteady(line.name);
        }
        deliver(new EngineEvent.PolicyChanged(policy));
    }

    /** The device goes and comes back under the same name, as a PPP device does. */
    void remakeDevice(String uplink) {
        SimulatedUplink line = uplinks.get(uplink);
        line.interfaceIndex += 100;
        change(uplink, line.withCarrier(true));
    }

    SimulatedConnection connect() {
        return connect(POINT, false);
    }

    /** Opens a connection the way the data plane does: over the first of the initial paths. */
    SimulatedConnection connect(InetSocketAddress point, boolean denied) {
        InitialPath path = engine.initialPaths().get(0);
        boolean ipv4 = point.getAddress() instanceof Inet4Address;
        InetAddress source =
                ipv4 ? path.sourcesIpv4().get(0) : path.sourcesIpv6().get(0);
        return established(uplinks.get(path.uplink()), source, point, denied);
    }

    /** Opens a connection straight to a server, over IPv4. */
    SimulatedConnection bypass(InetSocketAddress server) {
        InitialPath path = engine.initialPaths().get(0);
        return established(uplinks.get(path.uplink()), path.sourcesIpv4().get(0), server, false, true);
    }

    /** The third packet of a new connection's handshake. */
    SimulatedConnection established(SimulatedUplink line, InetAddress source, InetSocketAddress point, boolean denied) {
        return established(line, source, point, denied, false);
    }

    private SimulatedConnection established(
            SimulatedUplink line, InetAddress source, InetSocketAddress peer, boolean denied, boolean toServer) {
        SimulatedConnection connection = new SimulatedConnection(this, nextToken++, line, source, peer, denied);
        connections.put(connection.token, connection);
        changed = true;
        deliver(new EngineEvent.ConnectionEstablished(connection.token, connection.initial().tuple, denied, toServer));
        return connection;
    }

    void close(SimulatedConnection connection) {
        connection.end();
        connections.remove(connection.token);
        changed = true;
        deliver(new EngineEvent.ConnectionClosed(connection.token));
    }

    void resynchronise() {
        losingEvents = false;
        deliver(new EngineEvent.Resynchronised(
                connections.values().stream().map(SimulatedConnection::listed).toList()));
    }

    void run(Duration duration) {
        long endNanos = clockNanos + duration.toNanos();
        while (true) {
            long nextNanos = nextNanos();
            if (nextNanos > endNanos) {
                clockNanos = endNanos;
                return;
            }
            step(nextNanos);
        }
    }

    /** Runs until nothing is left to happen, which has to come. */
    void runUntilQuiet() {
        for (long next = nextNanos(); next != Long.MAX_VALUE; next = nextNanos()) {
            step(next);
        }
    }

    private long nextNanos() {
        OptionalLong deadline = engine.nextDeadlineNanos();
        long engineNanos =
                deadline.isPresent() ? Math.max(clockNanos, deadline.getAsLong() - ORIGIN_NANOS) : Long.MAX_VALUE;
        return planned.isEmpty()
                ? engineNanos
                : Math.min(engineNanos, planned.peek().atNanos());
    }

    private void step(long atNanos) {
        if (++steps > MOST_STEPS) {
            throw new AssertionError("the engine does not come to rest");
        }
        clockNanos = atNanos;
        if (!planned.isEmpty() && planned.peek().atNanos() == atNanos) {
            planned.poll().action().run();
        } else {
            calls++;
            deadlines++;
            engine.handleDeadline(nowNanos());
            carryOut();
            OptionalLong next = engine.nextDeadlineNanos();
            if (next.isPresent() && next.getAsLong() - nowNanos() <= 0) {
                throw new AssertionError("a deadline that was handled is still due");
            }
        }
        if (changed) {
            changed = false;
            observer.worldChanged();
        }
    }

    /** Times in {@link #story} count from here, and what was decided before is left out. */
    void mark() {
        markNanos = clockNanos;
        markedAt = log.size();
    }

    List<Decision> decisionsSinceMark() {
        return log.subList(markedAt, log.size()).stream().map(Logged::decision).toList();
    }

    /** What was decided since {@link #mark}: milliseconds, then the decision in words, one per line. */
    String story() {
        return log.subList(markedAt, log.size()).stream()
                .filter(logged -> !(logged.decision() instanceof Decision.InspectSubflow))
                .map(logged -> (logged.atNanos() - markNanos) / 1_000_000 + " "
                        + logged.decision().accept(new InWords()) + "\n")
                .collect(Collectors.joining());
    }

    static final class InWords implements Decision.Visitor<String> {
        @Override
        public String visit(Decision.CreateSubflow decision) {
            return "create " + decision.uplink() + " " + decision.localId() + " to "
                    + decision.remote().getAddress().getHostAddress() + (decision.backup() ? " backup" : "");
        }

        @Override
        public String visit(Decision.RemoveAddress decision) {
            return "remove " + decision.uplink() + " " + decision.localId();
        }

        @Override
        public String visit(Decision.DestroySubflow decision) {
            return "destroy " + decision.uplink() + " " + decision.localId();
        }

        @Override
        public String visit(Decision.SetBackup decision) {
            return (decision.backup() ? "backup " : "regular ") + decision.uplink() + " " + decision.localId();
        }

        @Override
        public String visit(Decision.UplinkTransition decision) {
            return decision.uplink() + " " + decision.to() + " " + decision.reason();
        }

        @Override
        public String visit(Decision.InspectSubflow decision) {
            return "inspect " + decision.uplink();
        }

        @Override
        public String visit(Decision.PathVerdict decision) {
            return decision.uplink() + " "
                    + decision.conversionPoint().getAddress().getHostAddress() + " " + decision.state() + " "
                    + decision.reason();
        }

        @Override
        public String visit(Decision.ProbePath decision) {
            return "probe " + decision.uplink() + " "
                    + decision.conversionPoint().getAddress().getHostAddress();
        }
    }
}
