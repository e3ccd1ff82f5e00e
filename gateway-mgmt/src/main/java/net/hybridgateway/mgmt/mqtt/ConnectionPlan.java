package net.hybridgateway.mgmt.mqtt;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/**
 * When to connect to which of several brokers.
 *
 * <p>Each attempt comes at a random moment of a window ("full jitter"), so that a thousand gateways that lose a broker in one
 * moment do not come back in one. The window doubles with each round in which no broker was reached, up to five minutes,
 * and this goes on for ever. Brokers are tried in order; who ends up with a later one looks for the first again after a while.
 */
final class ConnectionPlan {
    static final Duration FIRST_WINDOW = Duration.ofSeconds(10);
    static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    /** A connection that lives shorter than this was a failure. */
    static final Duration STEADY = Duration.ofSeconds(30);

    /** At the start nobody else comes at the same time, but after a power cut. */
    static final Duration START_WINDOW = Duration.ofSeconds(2);

    /** With a broker that is not the first, until the first is tried again; a random part of the same is added. */
    static final Duration RETURN = Duration.ofMinutes(30);

    /** Between the end of a connection by our own will and the next one: the broker is to see them in this order. */
    static final Duration RENEW = Duration.ofSeconds(1);

    private enum State {
        WAITING,
        CONNECTING,
        CONNECTED
    }

    private final int brokers;
    private final DoubleSupplier random;
    private State state = State.WAITING;
    private int broker;
    private long failures;
    private long dueNanos;
    private long sinceNanos;
    private long returnNanos;

    /**
     * Starts to wait.
     *
     * @param random from 0 to below 1
     */
    ConnectionPlan(int brokers, DoubleSupplier random, long nowNanos) {
        this.brokers = brokers;
        this.random = random;
        wait(START_WINDOW, nowNanos);
    }

    /** Whether it is time to {@link #begin}. */
    boolean due(long nowNanos) {
        return state == State.WAITING && nowNanos - dueNanos >= 0;
    }

    /** An attempt begins; gives the index of the broker. */
    int begin() {
        state = State.CONNECTING;
        return broker;
    }

    boolean connecting() {
        return state == State.CONNECTING;
    }

    boolean connected() {
        return state == State.CONNECTED;
    }

    /** Index of the broker that is connected or comes next. */
    int broker() {
        return broker;
    }

    void succeeded(long nowNanos) {
        state = State.CONNECTED;
        sinceNanos = nowNanos;
        returnNanos = nowNanos + RETURN.toNanos() + part(RETURN);
    }

    void failed(long nowNanos) {
        failures++;
        broker = (broker + 1) % brokers;
        wait(window(), nowNanos);
    }

    /** The same broker again, at once: it only wants to be spoken to in another way. */
    void again(long nowNanos) {
        state = State.WAITING;
        dueNanos = nowNanos;
    }

    /** A connection has ended by itself. */
    void lost(long nowNanos) {
        failures = nowNanos - sinceNanos >= STEADY.toNanos() ? 0 : failures + brokers;
        broker = 0;
        wait(window(), nowNanos);
    }

    /** A connection was closed by us, to begin anew with the first broker. */
    void renew(long nowNanos) {
        broker = 0;
        state = State.WAITING;
        dueNanos = nowNanos + RENEW.toNanos();
    }

    /** There is a reason of the gateway's own to believe that the next attempt succeeds: it comes within this window. */
    void hurry(Duration window, long nowNanos) {
        long soon = nowNanos + part(window);
        if (state == State.WAITING && dueNanos - soon > 0) {
            dueNanos = soon;
        }
    }

    /** Whether a later broker should be left for the first. */
    boolean returnDue(long nowNanos) {
        return state == State.CONNECTED && broker != 0 && nowNanos - returnNanos >= 0;
    }

    /** When this wants to be looked at; empty while it waits for the network. */
    OptionalLong deadlineNanos() {
        return switch (state) {
            case WAITING -> OptionalLong.of(dueNanos);
            case CONNECTING -> OptionalLong.empty();
            case CONNECTED -> broker == 0 ? OptionalLong.empty() : OptionalLong.of(returnNanos);
        };
    }

    /** The present one. */
    Duration window() {
        long rounds = Math.min(failures / brokers, 10);
        Duration window = FIRST_WINDOW.multipliedBy(1L << rounds);
        return window.compareTo(LONGEST_WINDOW) < 0 ? window : LONGEST_WINDOW;
    }

    private void wait(Duration window, long nowNanos) {
        state = State.WAITING;
        dueNanos = nowNanos + part(window);
    }

    private long part(Duration window) {
        return (long) (random.getAsDouble() * window.toNanos());
    }
}
