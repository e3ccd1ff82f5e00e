package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a gateway to its promises, whatever happens to it. Each promise is one method that fails with a sentence; each
 * bound is a constant that says what it is made of. The simulated kernel adds promises of its own, such as no command for
 * a closed connection, no subflow to an address that the peer denied or never announced, no address id used twice.
 */
final class DayJudge implements SimulatedGateway.Observer {
    /**
     * A connection that an uplink can carry is carried within: the settling time of a flapping line, the longest pause
     * between questions over a silent one with its answer, the timeout of an attempt whose failure was missed, the longest
     * pause between attempts, and the attempt itself.
     */
    private static final Duration USABLE_WITHIN = Duration.ofSeconds(10 + 8 + 1 + 15 + 30 + 2);
    /**
     * In a minute, a line may leave OFFLINE four times at once and six times after settling; each time it goes to
     * HOLD_DOWN, perhaps to ONLINE, and back. Two more for the ends of the minute.
     */
    private static final int MOST_TRANSITIONS_A_MINUTE = 3 * (4 + 6) + 2;
    /** A dead conversion point is found out after 2 s of questions, one of them late; a flapping line settles first. */
    private static final Duration ACQUITTED_WITHIN = Duration.ofSeconds(2 + 2 + 10);
    /** Longer than any patience with an answer, and what led to the question. */
    private static final Duration RECENTLY = Duration.ofSeconds(5);
    /** The longest hold-down, the longest pause between questions, and a minute. */
    private static final Duration CALM = Duration.ofMinutes(5 + 1 + 1);
    /** Per path: four rounds at once and one a second, each with two questions and two to witnesses. */
    private static final int MOST_PROBES_A_MINUTE = (4 + 60) * (2 + 2);
    /** One every 8 s, and one more for the ends of the minute. */
    private static final int MOST_QUESTIONS_IN_SILENCE = 60 / 8 + 2;
    /** A forbidden subflow goes at once, but that of a flapping line only after its settling time. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(10 + 2);

    private static final Duration STORY = Duration.ofMinutes(4);
    private static final int MOST_LINES = 400;

    /** What is known of one connection. */
    private static final class Case {
        boolean usable = true;
        /** The engine has no reason to do anything, or cannot know. */
        boolean unknown = true;
        /** From then on the engine cannot but know. */
        long unusableSinceNanos;

        boolean checkPlanned;
    }

    private record Told(long atNanos, String what) {}

    private final Household house;
    private final SimulatedGateway gateway;
    private final SimulatedWatch watch;
    private final boolean traced;
    private final Map<SimulatedConnection, Case> cases = new HashMap<>();
    /** As the engine has told them; a snapshot costs too much to ask so often. */
    private final Map<String, UplinkState> states = new HashMap<>();

    private final Map<String, Deque<Long>> transitions = new HashMap<>();
    private final Map<String, Long> lastTransitionNanos = new HashMap<>();
    private final Map<String, Long> lastStallNanos = new HashMap<>();
    private final Map<String, Deque<Long>> probes = new HashMap<>();
    private final Map<String, Map<InetSocketAddress, Deque<Long>>> persistence = new HashMap<>();
    /** When a path was last seen not to work, or an answer got lost. */
    private final Map<SimulatedUplink, Map<InetSocketAddress, Long>> badAtNanos = new HashMap<>();

    private final Map<SimulatedUplink, Map<InetSocketAddress, Boolean>> good = new HashMap<>();
    private final Deque<Told> story = new ArrayDeque<>();
    private final SimulatedGateway.InWords inWords = new SimulatedGateway.InWords();

    DayJudge(Household house, SimulatedGateway gateway, SimulatedWatch watch, boolean traced) {
        this.house = house;
        this.gateway = gateway;
        this.watch = watch;
        this.traced = traced;
        house.lines.forEach(line -> states.put(line.name, gateway.state(line.name)));
    }

    private UplinkState state(String uplink) {
        return states.get(uplink);
    }

    // ---- the story --------------------------------------------------------------------------------------------------

    void trace(String what) {
        if (traced) {
            story.addLast(new Told(gateway.clockNanos(), what));
            while (gateway.clockNanos() - story.getFirst().atNanos() > STORY.toNanos() || story.size() > MOST_LINES) {
                story.removeFirst();
            }
        }
    }

    String story() {
        return house.config + "\n"
                + story.stream()
                        .map(told -> Duration.ofMillis(told.atNanos() / 1_000_000) + " " + told.what())
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public void hears(EngineEvent event) {
        if (event instanceof EngineEvent.PathStalled stalled) {
            lastStallNanos.put(stalled.uplink(), gateway.clockNanos());
        }
        if (traced) {
            trace("  > " + event);
        }
    }

    private void broken(String promise) {
        throw new AssertionError(promise);
    }

    // ---- decisions --------------------------------------------------------------------------------------------------

    @Override
    public void decides(Decision decision) {
        if (traced) {
            String token = decision instanceof Decision.ConnectionDecision command
                    ? "#" + Integer.toUnsignedString(command.token()) + " "
                    : "";
            trace("  < " + token + decision.accept(inWords) + " (" + decision.reason() + ")");
        }
        if (decision instanceof Decision.CreateSubflow create) {
            judgeCreate(create);
        } else if (decision instanceof Decision.UplinkTransition transition) {
            judgeTransition(transition);
        } else if (decision instanceof Decision.ProbePath probe) {
            judgeProbe(probe);
        } else if (decision instanceof Decision.PathVerdict verdict) {
            judgeVerdict(verdict);
        }
    }

    private void judgeCreate(Decision.CreateSubflow create) {
        SimulatedConnection connection = gateway.connections.get(create.token());
        if (connection == null) {
            return;
        }
        Allowance allowance = gateway.uplink(create.uplink()).allowance;
        if (!house.mayJoin(rights(connection), create.uplink(), allowance)) {
            broken("a subflow on a forbidden uplink: " + create);
        }
        TrafficRights rights = connection.rights;
        if (house.onlyWhenNeeded(rights, create.uplink(), allowance) && !gateway.lostEvents) {
            carriedByBetter(connection, create.uplink())
                    .ifPresent(better -> broken("needless, for " + better + " carries the connection: " + create));
        }
    }

    private static Optional<TrafficRights> rights(SimulatedConnection connection) {
        return connection.classified ? Optional.of(connection.rights) : Optional.empty();
    }

    /** A preferred uplink that the engine trusts, and over which a connection runs, and has run for a while. */
    private Optional<String> carriedByBetter(SimulatedConnection connection, String uplink) {
        if (gateway.mayBeBehind()) {
            return Optional.empty();
        }
        for (SimulatedConnection.Socket socket : connection.sockets) {
            String other = socket.uplink.name;
            boolean better = !other.equals(uplink)
                    && (house.rank(other) < house.rank(uplink)
                            || !house.onlyWhenNeeded(connection.rights, other, socket.uplink.allowance));
            boolean newest = connection.on(other).filter(socket::equals).isPresent();
            if (better
                    && newest
                    && socket.carries()
                    && house.mayStay(connection.rights, other, socket.uplink.allowance)) {
                boolean trusted = gateway.engine.initialPaths().stream()
                        .anyMatch(path -> path.uplink().equals(other)
                                && !path.onTrial()
                                && !path.suspect().contains(socket.tuple.remote()));
                if (trusted && knownToCarry(connection, socket)) {
                    return Optional.of(other);
                }
            }
        }
        return Optional.empty();
    }

    /** A subflow that the engine gave up may come to life unnoticed. */
    private boolean knownToCarry(SimulatedConnection connection, SimulatedConnection.Socket socket) {
        return gateway.engine.snapshot(gateway.nowNanos()).connections().stream()
                .filter(view -> view.token() == connection.token)
                .flatMap(view -> view.subflows().stream())
                .anyMatch(view -> view.tuple().filter(socket.tuple::equals).isPresent()
                        && view.state().carries());
    }

    private void judgeTransition(Decision.UplinkTransition transition) {
        String name = transition.uplink();
        states.put(name, transition.to());
        if (transition.from() == UplinkState.DISABLED || transition.to() == UplinkState.DISABLED) {
            transitions.remove(name); // an operator's hand is not bounded
            return;
        }
        if (count(transitions, name) > MOST_TRANSITIONS_A_MINUTE) {
            broken("more than " + MOST_TRANSITIONS_A_MINUTE + " transitions of " + name + " in a minute");
        }
        lastTransitionNanos.put(name, gateway.clockNanos());
        if (transition.to() == UplinkState.OFFLINE && transition.reason() == Reason.SILENT) {
            judgeSilence(gateway.uplink(name));
        }
    }

    /** How often something happened in the last minute, this time included. */
    private <K> int count(Map<K, Deque<Long>> happened, K what) {
        Deque<Long> lastMinute = happened.computeIfAbsent(what, any -> new ArrayDeque<>());
        lastMinute.addLast(gateway.clockNanos());
        while (gateway.clockNanos() - lastMinute.getFirst()
                > Duration.ofMinutes(1).toNanos()) {
            lastMinute.removeFirst();
        }
        return lastMinute.size();
    }

    private void judgeSilence(SimulatedUplink line) {
        boolean anyBad =
                house.points.stream().anyMatch(point -> wasBad(line, point.address()) || wasBad(line, point.further()));
        if (!anyBad) {
            broken(line.name + " is called silent, but every question over it was answered");
        }
        long sinceNanos = gateway.clockNanos();
        gateway.later(ACQUITTED_WITHIN.toNanos(), () -> judgeAcquittal(line, sinceNanos));
    }

    /** Whether a path did not work a moment ago. */
    private boolean wasBad(SimulatedUplink line, InetSocketAddress point) {
        if (!line.passesTo(point) || line.loss > 0) {
            return true;
        }
        Long atNanos = badAtNanos.getOrDefault(line, Map.of()).get(point);
        return atNanos != null && gateway.clockNanos() - atNanos < RECENTLY.toNanos();
    }

    /** A line that is well was accused while a conversion point was dead: it has to be trusted again. */
    private void judgeAcquittal(SimulatedUplink line, long sinceNanos) {
        boolean steady = house.lines.stream()
                .allMatch(other -> other.steadySinceNanos < sinceNanos
                        && lastTransitionNanos.getOrDefault(other.name, 0L) <= sinceNanos);
        boolean well = steady
                && !line.silent
                && line.cutOff.isEmpty()
                && !line.deadPoints.isEmpty()
                && house.lines.stream().allMatch(other -> other.cutOff.isEmpty());
        if (well && state(line.name) == UplinkState.OFFLINE && othersInService(line)) {
            broken(line.name + " is still accused of a conversion point's silence");
        }
    }

    private boolean othersInService(SimulatedUplink line) {
        Optional<String> community = house.uplink(line.name).community();
        return house.lines.stream()
                .anyMatch(other -> other != line
                        && (community.isEmpty()
                                || !community.equals(house.uplink(other.name).community()))
                        && inService(other)
                        && line.deadPoints.stream().allMatch(point -> hasFamily(other, point)));
    }

    private boolean inService(SimulatedUplink line) {
        UplinkState state = state(line.name);
        return state == UplinkState.ONLINE || state == UplinkState.HOLD_DOWN;
    }

    private static boolean hasFamily(SimulatedUplink line, InetSocketAddress remote) {
        return source(line, remote).isPresent();
    }

    private static Optional<InetAddress> source(SimulatedUplink line, InetSocketAddress remote) {
        for (InetAddress source : line.sources()) {
            if (source.getClass() == remote.getAddress().getClass()) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    private void judgeVerdict(Decision.PathVerdict verdict) {
        SimulatedUplink line = gateway.uplink(verdict.uplink());
        if (verdict.state() == PathState.DEAD && !wasBad(line, verdict.conversionPoint())) {
            broken("called dead, but every question was answered: " + verdict);
        }
    }

    private void judgeProbe(Decision.ProbePath probe) {
        SimulatedUplink line = gateway.uplink(probe.uplink());
        if (count(probes, probe.uplink()) > MOST_PROBES_A_MINUTE * house.points.size() * 2) {
            broken("too many questions over " + probe.uplink() + " in a minute");
        }
        judgePersistence(probe);
        boolean stalled = gateway.clockNanos() - lastStallNanos.getOrDefault(line.name, -RECENTLY.toNanos())
                < RECENTLY.toNanos(); // somebody uses it, or tries to
        boolean idle = !stalled
                && probe.reason() != Reason.ASKED_AGAIN // but there was a first time
                && house.uplink(line.name).use() == UplinkUse.ON_DEMAND
                && gateway.connections.values().stream()
                        .noneMatch(connection -> connection.on(line.name).isPresent());
        // One that was silent is asked until it is trusted again, and every other while one is accused.
        boolean accusation = house.lines.stream()
                .anyMatch(other -> state(other.name) != UplinkState.ONLINE
                        || gateway.clockNanos() - lastTransitionNanos.getOrDefault(other.name, 0L)
                                < RECENTLY.toNanos());
        if (idle && !accusation && preferredCalm(line, probe.conversionPoint())) {
            broken("a needless question over " + line.name + ": " + probe);
        }
    }

    /** One that has been silent for a while is asked with growing pauses. */
    private void judgePersistence(Decision.ProbePath probe) {
        String name = probe.uplink();
        long minute = Duration.ofMinutes(1).toNanos();
        Map<InetSocketAddress, Deque<Long>> asked = persistence.computeIfAbsent(name, any -> new HashMap<>());
        if (state(name) != UplinkState.OFFLINE
                || gateway.clockNanos() - lastTransitionNanos.getOrDefault(name, 0L) < minute) {
            asked.clear();
        } else if (count(asked, probe.conversionPoint()) > MOST_QUESTIONS_IN_SILENCE) {
            broken("more than " + MOST_QUESTIONS_IN_SILENCE + " questions to " + probe.conversionPoint() + " over "
                    + name + ", which is silent, in a minute");
        }
    }

    /** Whether all uplinks that come before one have been well for so long that nothing of the past can matter. */
    private boolean preferredCalm(SimulatedUplink line, InetSocketAddress point) {
        boolean any = false;
        for (SimulatedUplink other : house.lines) {
            boolean carriesFirst = house.rank(other.name) < house.rank(line.name)
                    || !house.onlyWhenNeeded(TrafficRights.NORMAL, other.name, other.allowance);
            if (other != line && carriesFirst) {
                any = true;
                boolean calm = other.on()
                        && !other.silent
                        && other.cutOff.isEmpty()
                        && other.deadPoints.isEmpty()
                        && hasFamily(other, point)
                        && gateway.clockNanos() - other.steadySinceNanos > CALM.toNanos();
                if (!calm) {
                    return false;
                }
            }
        }
        return any;
    }

    // ---- the world --------------------------------------------------------------------------------------------------

    @Override
    public void worldChanged() {
        notePaths();
        watch.look();
        cases.keySet().removeIf(connection -> !gateway.connections.containsKey(connection.token));
        for (SimulatedConnection connection : gateway.connections.values()) {
            Case known = cases.computeIfAbsent(connection, any -> new Case());
            boolean usable = connection.usable();
            boolean unknown = usable || gateway.losingEvents || hiddenSilence(connection);
            if (unknown || known.unknown) {
                known.unusableSinceNanos = gateway.clockNanos();
            }
            known.unknown = unknown;
            known.usable = usable;
            if (!usable && !known.checkPlanned) {
                planCheck(connection, known);
            }
            judgeForbidden(connection);
        }
    }

    private void notePaths() {
        for (SimulatedUplink line : house.lines) {
            Map<InetSocketAddress, Boolean> goodNow = good.computeIfAbsent(line, any -> new HashMap<>());
            for (Household.Point point : house.points) {
                note(line, point.address(), goodNow);
                note(line, point.further(), goodNow);
            }
        }
    }

    private void note(SimulatedUplink line, InetSocketAddress point, Map<InetSocketAddress, Boolean> goodNow) {
        boolean passes = line.passesTo(point);
        Boolean before = goodNow.put(point, passes);
        if (before != null && (!passes || !before)) {
            badAtNanos.computeIfAbsent(line, any -> new HashMap<>()).put(point, gateway.clockNanos());
        }
    }

    /** Since when a connection could be carried by an uplink, as far as the engine can know. */
    private OptionalLong possibleSince(SimulatedConnection connection, Case known) {
        if (gateway.losingEvents || hiddenSilence(connection)) {
            return OptionalLong.empty();
        }
        OptionalLong since = OptionalLong.empty();
        for (SimulatedUplink line : house.lines) {
            if (works(connection, line)) {
                long lineSince = Math.max(
                        known.unusableSinceNanos, Math.max(line.steadySinceNanos, connection.steadySinceNanos));
                since = OptionalLong.of(Math.min(lineSince, since.orElse(Long.MAX_VALUE)));
            }
        }
        return since;
    }

    /** Whether nothing tells the gateway that a subflow is dead, for no bytes are expected of it. */
    private static boolean hiddenSilence(SimulatedConnection connection) {
        if (connection.active) {
            return false;
        }
        for (SimulatedConnection.Socket socket : connection.sockets) {
            if (!socket.visiblyDead() && !socket.passes()) {
                return true;
            }
        }
        return false;
    }

    /** Whether an uplink really could carry a connection: over all ways that the engine might choose. */
    private boolean works(SimulatedConnection connection, SimulatedUplink line) {
        // With the way to one conversion point cut, and nobody to tell that from silence, the engine gives up the line.
        if (!line.on() || !line.cutOff.isEmpty() || !house.mayJoin(rights(connection), line.name, line.allowance)) {
            return false;
        }
        for (SimulatedConnection.Socket socket : connection.sockets) {
            // Two lines silent at once look like a dead conversion point: no other of its addresses is tried then.
            boolean silent = !socket.visiblyDead() && !socket.passes();
            if (silent && !hasFamily(line, socket.tuple.remote())) {
                return false;
            }
        }
        boolean any = false;
        for (InetSocketAddress remote : connection.joinable()) {
            if (hasFamily(line, remote)) {
                any = true;
                if (!line.passesTo(remote)) {
                    return false;
                }
            }
        }
        return any;
    }

    /** Whether any uplink could carry a connection. */
    boolean anyWorks(SimulatedConnection connection) {
        return house.lines.stream().anyMatch(line -> works(connection, line));
    }

    private void planCheck(SimulatedConnection connection, Case known) {
        OptionalLong since = possibleSince(connection, known);
        if (since.isPresent()) {
            known.checkPlanned = true;
            long dueNanos = since.getAsLong() + USABLE_WITHIN.toNanos();
            gateway.later(Math.max(1, dueNanos - gateway.clockNanos()), () -> check(connection, known));
        }
    }

    private void check(SimulatedConnection connection, Case known) {
        known.checkPlanned = false;
        if (cases.get(connection) != known || known.usable) {
            return;
        }
        OptionalLong since = possibleSince(connection, known);
        if (since.isPresent() && gateway.clockNanos() - since.getAsLong() >= USABLE_WITHIN.toNanos()) {
            broken(connection + " has not been usable since "
                    + Duration.ofMillis(known.unusableSinceNanos / 1_000_000) + ", but could be since "
                    + Duration.ofMillis(since.getAsLong() / 1_000_000) + "; it has " + connection.sockets);
        }
        planCheck(connection, known);
    }

    private void judgeForbidden(SimulatedConnection connection) {
        for (SimulatedConnection.Socket socket : connection.sockets) {
            if (forbidden(connection, socket)) {
                gateway.later(GONE_WITHIN.toNanos(), () -> {
                    long steady = Math.max(socket.uplink.steadySinceNanos, connection.steadySinceNanos);
                    if (connection.sockets.contains(socket)
                            && forbidden(connection, socket)
                            && !gateway.lostEvents
                            && gateway.clockNanos() - steady >= GONE_WITHIN.toNanos()) {
                        broken(connection + " goes on over " + socket.uplink.name + ", which is forbidden");
                    }
                });
            }
        }
    }

    private boolean forbidden(SimulatedConnection connection, SimulatedConnection.Socket socket) {
        return socket.carries()
                && inService(socket.uplink)
                && !house.mayStay(
                        connection.classified ? connection.rights : TrafficRights.NORMAL,
                        socket.uplink.name,
                        socket.uplink.allowance);
    }

    // ---- the end of the day -----------------------------------------------------------------------------------------

    /** All has been well for more than half an hour. */
    void judgeEnd() {
        for (SimulatedUplink line : house.lines) {
            if (state(line.name) != UplinkState.ONLINE) {
                broken(line.name + " ends " + state(line.name));
            }
        }
        gateway.connections.values().forEach(this::judgeEnd);
        judgeRest();
    }

    private void judgeEnd(SimulatedConnection connection) {
        Set<String> possible = new HashSet<>();
        for (SimulatedUplink line : house.lines) {
            boolean runs = connection
                            .on(line.name)
                            .filter(SimulatedConnection.Socket::carries)
                            .isPresent()
                    && house.mayStay(connection.rights, line.name, line.allowance);
            if (works(connection, line) || runs) {
                possible.add(line.name);
            }
        }
        Set<String> expected = house.expected(connection.rights, possible, name -> gateway.uplink(name).allowance);
        if (possible.isEmpty()) {
            return; // no uplink has an address of a family that it could use
        }
        Set<String> actual = new HashSet<>();
        for (SimulatedConnection.Socket socket : connection.sockets) {
            if (!actual.add(socket.uplink.name)) {
                broken(connection + " ends with two subflows on " + socket.uplink.name);
            }
            if (!socket.carries()) {
                broken(connection + " ends with a dead subflow on " + socket.uplink.name);
            }
        }
        if (!actual.equals(expected)) {
            broken(connection + " ends with " + actual + " instead of " + expected);
        }
    }

    /** A house in which nothing happens costs nothing. */
    private void judgeRest() {
        long deadlines = gateway.deadlines;
        int probesBefore = gateway.probes;
        gateway.run(Duration.ofHours(1));
        if (gateway.deadlines - deadlines > 0 || gateway.probes > probesBefore) {
            broken("no rest: " + (gateway.deadlines - deadlines) + " deadlines, " + (gateway.probes - probesBefore)
                    + " questions in a quiet hour");
        }
    }
}
