package net.hybridgateway.scheduler.progress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What the kernel would say of one subflow while a story is told, and what the judge makes of it: looks every 25 ms, the
 * first at 7 ms, so that looks and events do not coincide. Times are in milliseconds.
 */
final class SimulatedSubflow {
    private static final long MILLI = 1_000_000;
    /** Far from zero and soon to overflow: moments may be compared by their difference only. */
    private static final long ORIGIN = Long.MAX_VALUE - 1_000 * MILLI;

    private static final int TICK = 25;
    private static final int FIRST_TICK = 7;

    /** A stall as it was first said. */
    record Said(Stall.Cause cause, long atMillis, long sinceMillis) {}

    private record Event(double atMillis, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::atMillis).thenComparingLong(Event::order));
    private final StallJudge judge = new StallJudge();
    private final List<Said> said = new ArrayList<>();
    private long order;
    private double now;

    private long acked;
    private long received;
    private long unacked;
    private double srtt;
    private double rttvar;
    private double lastSent;
    private double lastReceived;
    private double lastAck;
    private boolean reading = true;

    /** A connection whose handshake took one round trip, as Linux counts it: the variance is half of it. */
    SimulatedSubflow(double rttMillis) {
        srtt = rttMillis;
        rttvar = rttMillis / 2;
    }

    void at(double millis, Runnable what) {
        events.add(new Event(millis, order++, what));
    }

    /** Something goes out now, and is not acknowledged by itself. */
    void send() {
        unacked++;
        lastSent = now;
    }

    /** Sends now; the acknowledgment takes a round trip, which is measured. */
    void sendAcknowledged(double rttMillis) {
        send();
        at(now + rttMillis, () -> acknowledge(rttMillis));
    }

    void acknowledge(double rttMillis) {
        unacked--;
        acked += 1_000;
        lastAck = now;
        double error = Math.abs(rttMillis - srtt);
        rttvar += (error - rttvar) / 4;
        srtt += (rttMillis - srtt) / 8;
    }

    /** Data arrives now, in order. */
    void receive() {
        received += 1_000;
        lastReceived = now;
    }

    /** Whether the relay takes what arrives. */
    void reading(boolean now) {
        reading = now;
    }

    double srtt() {
        return srtt;
    }

    double now() {
        return now;
    }

    /** Plays on, and looks, until a time. */
    void playUntil(double endMillis) {
        double tick = Math.ceil((now - FIRST_TICK) / TICK) * TICK + FIRST_TICK;
        for (; tick <= endMillis; tick += TICK) {
            happenUntil(tick);
            look(tick);
        }
        happenUntil(endMillis);
    }

    /** Lets time pass without a look, as for a connection that nobody watches. */
    void passUntil(double endMillis) {
        happenUntil(endMillis);
    }

    private void happenUntil(double millis) {
        while (!events.isEmpty() && events.element().atMillis() <= millis) {
            Event event = events.remove();
            now = event.atMillis();
            event.what().run();
        }
        now = millis;
    }

    private void look(double tick) {
        SubflowSample sample = new SubflowSample(
                nanos(tick),
                acked,
                received,
                unacked,
                (long) (srtt * MILLI),
                (long) (rttvar * MILLI),
                nanos(Math.floor(lastSent)),
                nanos(Math.floor(lastReceived)),
                nanos(Math.floor(lastAck)),
                reading);
        judge.look(sample);
        judge.stall().ifPresent(stall -> {
            said.add(new Said(stall.cause(), (long) tick, (stall.sinceNanos() - ORIGIN) / MILLI));
            judge.settled(stall);
        });
    }

    private static long nanos(double millis) {
        return ORIGIN + (long) (millis * MILLI);
    }

    /** What was said until now. */
    List<Said> said() {
        return List.copyOf(said);
    }
}
