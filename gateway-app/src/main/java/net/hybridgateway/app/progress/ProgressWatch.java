package net.hybridgateway.app.progress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.netlink.socket.SubflowAddresses;

/**
 * Watches the progress of one loop's connections.
 *
 * <p>Every 15 ms, a few of them are asked of the kernel. All connections of a path share its fate, so a few that are busy
 * tell as much as all: who is waiting for something keeps the seat, and who is not gives it to one that has moved of late.
 * Each path that is in use has a witness.
 *
 * <p>When nothing has moved for 1.5 s and nobody waits for the peer, the ticking ends, until a byte moves: an idle house
 * wakes nobody. Belongs to its loop.
 */
public final class ProgressWatch {
    static final Duration TICK = Duration.ofMillis(15);

    /** A few microseconds to ask one of them: together well below one per cent of a core. */
    static final int SEATS = 16;

    private final RelayLoop loop;
    private final PathProgress paths;
    private final LongSupplier nanoTime;
    private final List<Witness> seated = new ArrayList<>(SEATS);
    private final Deque<Witness> candidates = new ArrayDeque<>();
    private boolean ticking;

    /**
     * Watches nothing yet.
     *
     * @param nanoTime the clock of the relays, monotonic, in nanoseconds
     */
    public ProgressWatch(RelayLoop loop, PathProgress paths, LongSupplier nanoTime) {
        this.loop = loop;
        this.paths = paths;
        this.nanoTime = nanoTime;
    }

    /**
     * Watches a connection until it ends.
     *
     * @param far its upstream end, connected to the conversion point
     * @param uplink of its initial subflow
     * @param source the local address of that
     */
    public void watch(Relay relay, Endpoint far, String uplink, InetAddress source, InetSocketAddress conversionPoint) {
        SubflowAddresses initial = new SubflowAddresses(new InetSocketAddress(source, 0), conversionPoint);
        long now = nanoTime.getAsLong();
        Witness witness = new Witness(this, relay, far, initial, uplink, now);
        relay.observer(witness);
        // What was sent before there was a relay may be under way still.
        witness.moved(now);
    }

    /** A connection moves that has no seat. */
    void note(Witness witness) {
        candidates.add(witness);
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, TICK);
        }
    }

    /** Whether anybody is asked at present. */
    boolean ticking() {
        return ticking;
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        look(now);
        ticking = !seated.isEmpty();
        if (ticking) {
            loop.schedule(this::tick, TICK);
        }
    }

    /** One look at those who are seated then. */
    void look(long nowNanos) {
        seated.removeIf(witness -> {
            boolean leaves = !witness.worthAsking(nowNanos);
            if (leaves) {
                witness.dismiss();
            }
            return leaves;
        });
        seatCandidates();
        for (Witness witness : seated) {
            witness.look(paths, nowNanos);
        }
        for (Witness witness : seated) {
            witness.complain(paths, nowNanos);
        }
    }

    /** The last to move come first; most of a thousand are sent away again, until they move the next time. */
    private void seatCandidates() {
        for (int n = 0; n < SEATS && !candidates.isEmpty(); n++) {
            Witness candidate = candidates.removeLast();
            if (!takesSeat(candidate)) {
                candidate.dismiss();
            }
        }
        candidates.forEach(Witness::dismiss);
        candidates.clear();
    }

    private boolean takesSeat(Witness candidate) {
        if (seated.size() < SEATS) {
            return seated.add(candidate);
        }
        Optional<Witness> leaves = seated.stream()
                .filter(witness -> !witness.telling())
                .findFirst()
                .or(() -> spareFor(candidate));
        leaves.ifPresent(witness -> {
            witness.dismiss();
            seated.set(seated.indexOf(witness), candidate);
        });
        return leaves.isPresent();
    }

    /** Somebody of the path with the most witnesses, if the candidate would be the first of its own. */
    private Optional<Witness> spareFor(Witness candidate) {
        Map<UplinkPath, Integer> seats = new HashMap<>();
        seated.forEach(witness -> seats.merge(witness.path(), 1, Integer::sum));
        return seats.containsKey(candidate.path())
                ? Optional.empty()
                : seated.stream().max(Comparator.comparingInt(witness -> seats.get(witness.path())));
    }
}
