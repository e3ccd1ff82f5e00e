package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.fail;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens, in whatever order: the invariants hold. The simulated kernel adds its own, such as no command for a
 * closed connection, no subflow to a denied address, no id used twice. A failure names its seed; run that one with
 * {@code -Dscheduler.seed=N}.
 */
class RandomHistoryTest {
    private static final int HISTORIES = 400;
    private static final int STEPS = 250;
    private static final List<Integer> DELAYS_MILLIS = List.of(0, 1, 30);
    private static final List<UplinkUse> USES = List.of(UplinkUse.values());
    /**
     * An uplink that stays up is joined within: the settling time of a flapping line, the timeout of an attempt whose
     * failure was missed, the longest pause between attempts, and the attempt itself.
     */
    private static final Duration USABLE_WITHIN = Duration.ofSeconds(10 + 15 + 30 + 1);

    private static final int MOST_TRANSITIONS_A_MINUTE = 3 * (4 + 6) + 2;
    private static final InetSocketAddress PER_SERVER =
            new InetSocketAddress(SimulatedGateway.address("192.0.2.77"), 7001);

    static LongStream seeds() {
        Long chosen = Long.getLong("scheduler.seed");
        return chosen != null ? LongStream.of(chosen) : LongStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsItsPromisesInAnyHistory(long seed) {
        History history = new History(new Random(seed));
        try {
            history.play();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + history.gateway.story(), e);
        }
    }

    /** One random history. */
    private static final class History {
        private final Random random;
        private final UplinkUse cellularUse;
        final SimulatedGateway gateway;
        /** Since when a connection could have been usable, but is not. */
        private final Map<Integer, Long> unusableSinceNanos = new HashMap<>();

        private final Map<String, Deque<Long>> transitions = new HashMap<>();
        private int judged;

        History(Random random) {
            this.random = random;
            this.cellularUse = USES.get(random.nextInt(USES.size()));
            this.gateway = SimulatedGateway.withCellular(cellularUse);
            gateway.eventDelayNanos = Duration.ofMillis(DELAYS_MILLIS.get(random.nextInt(DELAYS_MILLIS.size())))
                    .toNanos();
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                disturb();
                pass(pause());
            }
            repair();
            pass(Duration.ofMinutes(6));
            gateway.runUntilQuiet();
            judgeDecisions();
            judgeEnd();
        }

        private Duration pause() {
            return switch (random.nextInt(4)) {
                case 0 -> Duration.ZERO;
                case 1 -> Duration.ofMillis(random.nextInt(100));
                case 2 -> Duration.ofMillis(random.nextInt(5_000));
                default -> Duration.ofSeconds(random.nextInt(30));
            };
        }

        private void pass(Duration duration) {
            Duration slice = Duration.ofMillis(500);
            for (Duration left = duration; !left.isZero(); ) {
                Duration now = left.compareTo(slice) < 0 ? left : slice;
                gateway.run(now);
                left = left.minus(now);
                judgeUsable();
            }
            judgeDecisions();
        }

        private void disturb() {
            SimulatedUplink uplink = gateway.uplinks().get(random.nextInt(2));
            switch (random.nextInt(14)) {
                case 0, 1 -> gateway.carrier(uplink.name, false);
                case 2, 3, 4 -> gateway.change(uplink.name, whole(uplink, random.nextInt(2)));
                case 5 -> gateway.change(uplink.name, uplink.withRoutes(random.nextBoolean()));
                case 6 -> gateway.change(uplink.name, uplink.withAddresses(List.of()));
                case 7 -> gateway.enable(uplink.name, random.nextInt(3) > 0);
                case 8 -> connect();
                case 9 -> anyConnection().forEach(gateway::close);
                case 10 -> fault(uplink);
                case 11 -> gateway.remakeDevice(uplink.name);
                case 12 -> loseEvents();
                default -> anyConnection().forEach(this::troubleConnection);
            }
        }

        private void loseEvents() {
            gateway.losingEvents = true;
            pass(pause());
            anyConnection().forEach(gateway::close);
            connect();
            pass(pause());
            gateway.resynchronise();
            unusableSinceNanos.clear();
        }

        private void fault(SimulatedUplink uplink) {
            if (random.nextBoolean()) {
                uplink.kernelRefusals = random.nextInt(4);
            } else {
                uplink.peerRefusals = random.nextInt(4);
            }
        }

        private void troubleConnection(SimulatedConnection connection) {
            switch (random.nextInt(3)) {
                case 0 ->
                    connection.sockets.stream()
                            .filter(socket -> socket.phase == SimulatedConnection.Phase.FULL)
                            .findAny()
                            .ifPresent(connection::reset);
                case 1 -> announce(connection);
                default -> gateway.resynchronise();
            }
        }

        private UplinkObservation whole(SimulatedUplink uplink, int which) {
            InetAddress address =
                    SimulatedGateway.address((uplink.name.equals("fixed") ? "198.51.100.1" : "10.64.0.1") + which);
            return new UplinkObservation(true, true, uplink.interfaceIndex, List.of(address), true, true);
        }

        private void connect() {
            if (!gateway.engine.initialPaths().isEmpty()) {
                SimulatedConnection connection = gateway.connect(SimulatedGateway.POINT, random.nextInt(4) == 0);
                if (random.nextInt(4) > 0) {
                    announce(connection);
                }
            }
        }

        private void announce(SimulatedConnection connection) {
            if (!gateway.losingEvents) {
                connection.announce();
            }
            gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, PER_SERVER));
        }

        private List<SimulatedConnection> anyConnection() {
            List<SimulatedConnection> all = new ArrayList<>(gateway.connections.values());
            return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
        }

        private void repair() {
            for (SimulatedUplink uplink : gateway.uplinks()) {
                uplink.kernelRefusals = 0;
                uplink.peerRefusals = 0;
                gateway.enable(uplink.name, true);
                gateway.change(uplink.name, whole(uplink, 0));
            }
        }

        /** A connection that some uplink could carry is carried soon. */
        private void judgeUsable() {
            unusableSinceNanos.keySet().retainAll(gateway.connections.keySet());
            for (SimulatedConnection connection : gateway.connections.values()) {
                boolean possible = !gateway.losingEvents
                        && connection.mayJoin()
                        && gateway.uplinks().stream().anyMatch(uplink -> uplink.enabled && uplink.observation.ready());
                if (connection.usable() || !possible) {
                    unusableSinceNanos.remove(connection.token);
                    continue;
                }
                long since = unusableSinceNanos.computeIfAbsent(connection.token, token -> gateway.clockNanos());
                if (gateway.clockNanos() - since > USABLE_WITHIN.toNanos() && upAllTheTime(since)) {
                    fail("connection " + connection.token + " has no usable subflow since " + since / 1_000_000
                            + " ms");
                }
            }
        }

        private boolean upAllTheTime(long sinceNanos) {
            return gateway.uplinks().stream()
                    .anyMatch(uplink -> uplink.enabled
                            && uplink.observation.ready()
                            && gateway.steadySinceNanos(uplink.name) <= sinceNanos);
        }

        private void judgeDecisions() {
            for (; judged < gateway.log.size(); judged++) {
                SimulatedGateway.Logged logged = gateway.log.get(judged);
                if (logged.decision() instanceof Decision.UplinkTransition transition) {
                    judgeTransition(transition, logged.atNanos());
                } else if (logged.decision() instanceof Decision.CreateSubflow create && logged.fixedCarried()) {
                    boolean needless = create.uplink().equals("cellular") && cellularUse.onlyWhenNeeded();
                    if (needless) {
                        fail("a byte on cellular at " + logged.atNanos() / 1_000_000 + " ms: " + create);
                    }
                }
            }
        }

        private void judgeTransition(Decision.UplinkTransition transition, long atNanos) {
            if (transition.from() == UplinkState.DISABLED || transition.to() == UplinkState.DISABLED) {
                transitions.remove(transition.uplink()); // an operator's hand is not bounded
                return;
            }
            Deque<Long> lastMinute = transitions.computeIfAbsent(transition.uplink(), name -> new ArrayDeque<>());
            lastMinute.addLast(atNanos);
            while (atNanos - lastMinute.getFirst() > Duration.ofMinutes(1).toNanos()) {
                lastMinute.removeFirst();
            }
            if (lastMinute.size() > MOST_TRANSITIONS_A_MINUTE) {
                fail(lastMinute.size() + " transitions of " + transition.uplink() + " in a minute");
            }
        }

        /** With everything repaired, every connection has exactly what the configuration says. */
        private void judgeEnd() {
            for (SimulatedConnection connection : gateway.connections.values()) {
                if (!connection.mayJoin()) {
                    continue;
                }
                Set<String> expected = new HashSet<>(Set.of("fixed"));
                if (!cellularUse.onlyWhenNeeded()) {
                    expected.add("cellular");
                }
                Set<String> actual = new HashSet<>();
                for (SimulatedConnection.Socket socket : connection.sockets) {
                    if (socket.phase != SimulatedConnection.Phase.GONE && !actual.add(socket.uplink.name)) {
                        fail("two subflows of one connection on " + socket.uplink.name);
                    }
                }
                if (!actual.equals(expected)) {
                    fail("connection " + connection.token + " ends with " + actual + " instead of " + expected);
                }
            }
        }
    }
}
