package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What the relay loops see of the paths: bytes that stop although an active connection expects them. A path that stands
 * still is reported once, and again after pauses that double up to 10 s, until something comes over it.
 */
final class SimulatedWatch {
    /** How long a connection waits before it says so, beside its round trip. */
    static final Duration SHORTEST = Duration.ofMillis(80);

    static final Duration LONGEST = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private record Key(String uplink, InetSocketAddress point) {}

    /** A path that stands still. */
    private static final class Stall {
        final long sinceNanos;
        long pauseNanos;
        boolean told;

        Stall(long sinceNanos, long pauseNanos) {
            this.sinceNanos = sinceNanos;
            this.pauseNanos = pauseNanos;
        }
    }

    private final SimulatedGateway gateway;
    private final Random random;
    private final Map<Key, Stall> stalls = new HashMap<>();

    SimulatedWatch(SimulatedGateway gateway, Random random) {
        this.gateway = gateway;
        this.random = random;
    }

    /** Looks again at all connections. */
    void look() {
        Set<Key> moving = new HashSet<>();
        Set<Key> standing = new HashSet<>();
        for (SimulatedConnection connection : gateway.connections.values()) {
            if (connection.active) {
                for (SimulatedConnection.Socket socket : connection.inUse()) {
                    Key key = new Key(socket.uplink.name, socket.tuple.remote());
                    (socket.carries() ? moving : standing).add(key);
                }
            }
        }
        standing.removeAll(moving);
        for (Key key : standing) {
            if (!stalls.containsKey(key)) {
                begin(key);
            }
        }
        for (Iterator<Map.Entry<Key, Stall>> entries = stalls.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Key, Stall> entry = entries.next();
            if (!standing.contains(entry.getKey())) {
                entries.remove();
                if (entry.getValue().told && moving.contains(entry.getKey())) {
                    progress(entry.getKey());
                }
            }
        }
    }

    private void begin(Key key) {
        long patienceNanos = SHORTEST.toNanos()
                + random.nextLong(LONGEST.toNanos() - SHORTEST.toNanos())
                + gateway.uplink(key.uplink()).rttNanos;
        Stall stall = new Stall(gateway.nowNanos(), patienceNanos);
        stalls.put(key, stall);
        gateway.later(patienceNanos, () -> tell(key, stall));
    }

    private void tell(Key key, Stall stall) {
        if (stalls.get(key) != stall) {
            return;
        }
        stall.told = true;
        gateway.later(stall.pauseNanos, () -> tell(key, stall));
        stall.pauseNanos = Math.min(2 * stall.pauseNanos, LONGEST_PAUSE.toNanos());
        gateway.deliver(new EngineEvent.PathStalled(
                key.uplink(), key.point(), stall.sinceNanos, answerNanos(gateway.uplink(key.uplink()))));
    }

    private void progress(Key key) {
        gateway.later(
                gateway.uplink(key.uplink()).rttNanos,
                () -> gateway.deliver(new EngineEvent.PathProgressed(key.uplink(), key.point())));
    }

    /** A server stops for a while in the middle of a transfer: that looks like a path that stands still. */
    void serverPauses(String uplink, InetSocketAddress point, Duration pause) {
        Key key = new Key(uplink, point);
        SimulatedUplink line = gateway.uplink(uplink);
        gateway.later(
                SHORTEST.toNanos() + line.rttNanos,
                () -> gateway.deliver(new EngineEvent.PathStalled(
                        uplink, point, gateway.nowNanos() - SHORTEST.toNanos() - line.rttNanos, answerNanos(line))));
        gateway.later(SHORTEST.toNanos() + line.rttNanos + pause.toNanos(), () -> {
            if (line.passesTo(point) && !stalls.containsKey(key)) {
                gateway.deliver(new EngineEvent.PathProgressed(uplink, point));
            }
        });
    }

    /** The smoothed round-trip time and four times its variance. */
    private long answerNanos(SimulatedUplink line) {
        return line.rttNanos + random.nextLong(line.rttNanos / 2);
    }
}
