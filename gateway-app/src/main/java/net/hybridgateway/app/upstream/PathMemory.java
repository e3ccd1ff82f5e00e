package net.hybridgateway.app.upstream;

import java.time.Duration;

/**
 * What experience says about one conversion point over one uplink: which handshake keeps Multipath TCP alive, and
 * whether it is worth a try now.
 *
 * <p><b>Handshake.</b> Data in the SYN is the rule. If it turned the connection into plain TCP twice in a row, the next
 * ones are established first (1-RTT). If that is plain TCP too, the conversion point speaks no Multipath TCP on this path
 * at all, so there is nothing to be lost by data in the SYN. Either conclusion is forgotten after ten minutes. One lost
 * SYN also makes plain TCP out of one connection, which is why one case proves nothing.
 *
 * <p><b>Back-off.</b> A failed attempt keeps new connections away for 1 s, doubling up to 60 s. When that is over, one
 * connection at a time tries again; the others go on as before until it has succeeded. A break makes all attempts fail
 * that are under way: only the first of them counts.
 *
 * <p>Thread-safe, for relay loops share it. Times are monotonic nanoseconds.
 */
public final class PathMemory {
    private static final long FIRST_BACK_OFF_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_BACK_OFF_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long TRIAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long CONCLUSION_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int PLAIN_IN_A_ROW = 2;
    private static final int LOST_IN_A_ROW = 2;
    private static final int DOUBTS_IN_A_ROW = 2;

    /** What is believed of data in the SYN. */
    public enum FastOpen {
        UNKNOWN,
        /** It arrives, and Multipath TCP stays. */
        WORKS,
        /** It costs Multipath TCP; without it, Multipath TCP stays. */
        COSTS_MULTIPATH,
        /** Multipath TCP does not work here in either way. */
        PLAIN_TCP_ONLY
    }

    private FastOpen fastOpen = FastOpen.UNKNOWN;
    private int plainInARow;
    private int lostInARow;
    private long concludedAtNanos;

    private int doubts;
    private int failures;
    private long notBeforeNanos;
    private long trialUntilNanos;
    private boolean failing;
    private boolean tried;

    /** How the next connection should be opened. */
    public synchronized HandshakeMode mode(long nowNanos) {
        if (fastOpen != FastOpen.UNKNOWN
                && fastOpen != FastOpen.WORKS
                && nowNanos - concludedAtNanos >= CONCLUSION_NANOS) {
            fastOpen = FastOpen.UNKNOWN;
            plainInARow = 0;
        }
        return fastOpen == FastOpen.COSTS_MULTIPATH ? HandshakeMode.ONE_RTT : HandshakeMode.ZERO_RTT;
    }

    public synchronized FastOpen fastOpen() {
        return fastOpen;
    }

    /**
     * Whether a new connection may try this path now. Reserves the trial if the path is just coming out of its back-off.
     */
    public synchronized boolean tryNow(long nowNanos) {
        if (!failing) {
            return true;
        }
        if (nowNanos - notBeforeNanos < 0 || nowNanos - trialUntilNanos < 0) {
            return false;
        }
        trialUntilNanos = nowNanos + TRIAL_NANOS;
        return true;
    }

    /** Whether there is any experience with this path. */
    public synchronized boolean wasTried() {
        return tried;
    }

    /** Whether the last attempt failed. Unlike {@link #tryNow} this is a mere question. */
    public synchronized boolean isFailing() {
        return failing;
    }

    /** The conversion point took a connection. */
    public synchronized void accepted(HandshakeMode mode, boolean multipath, long nowNanos) {
        reached();
        if (mode == HandshakeMode.ZERO_RTT) {
            lostInARow = 0;
            learnFromZeroRtt(multipath, nowNanos);
        } else if (!multipath) {
            if (++plainInARow >= PLAIN_IN_A_ROW) {
                conclude(FastOpen.PLAIN_TCP_ONLY, nowNanos);
            }
        } else {
            plainInARow = 0;
            if (fastOpen == FastOpen.PLAIN_TCP_ONLY) {
                fastOpen = FastOpen.UNKNOWN;
            }
        }
    }

    private void learnFromZeroRtt(boolean multipath, long nowNanos) {
        if (multipath) {
            fastOpen = FastOpen.WORKS;
            plainInARow = 0;
        } else if (fastOpen != FastOpen.PLAIN_TCP_ONLY && ++plainInARow >= PLAIN_IN_A_ROW) {
            conclude(FastOpen.COSTS_MULTIPATH, nowNanos);
        }
    }

    /** A SYN without data was answered where one with data was not: by chance, or because something drops the latter. */
    public synchronized void synWithDataLost(long nowNanos) {
        if (fastOpen != FastOpen.PLAIN_TCP_ONLY && ++lostInARow >= LOST_IN_A_ROW) {
            conclude(FastOpen.COSTS_MULTIPATH, nowNanos);
        }
    }

    private void conclude(FastOpen conclusion, long nowNanos) {
        fastOpen = conclusion;
        concludedAtNanos = nowNanos;
        plainInARow = 0;
        lostInARow = 0;
    }

    /** The conversion point could not be reached, or did not speak Convert. */
    public synchronized void failed(long nowNanos) {
        boolean trialGoesOn = trialUntilNanos - notBeforeNanos > 0;
        if (failing && !trialGoesOn) {
            return;
        }
        long backOff = Math.min(LONGEST_BACK_OFF_NANOS, FIRST_BACK_OFF_NANOS << Math.min(failures, 6));
        failures++;
        failFor(backOff, nowNanos);
    }

    /**
     * The conversion point was reached but did not answer well: it broke off, stayed silent or spoke something else. A
     * slow server looks the same, so only the second time in a row counts as a failure.
     */
    public synchronized void doubted(long nowNanos) {
        if (++doubts >= DOUBTS_IN_A_ROW) {
            doubts = 0;
            failed(nowNanos);
        }
    }

    /** The conversion point answered, if only with the word of a server: it is well. */
    public synchronized void reached() {
        tried = true;
        failing = false;
        failures = 0;
        doubts = 0;
    }

    /** The conversion point asked for a pause (errors 64 and 65). */
    public synchronized void pause(Duration pause, long nowNanos) {
        failFor(pause.toNanos(), nowNanos);
    }

    private void failFor(long nanos, long nowNanos) {
        tried = true;
        failing = true;
        notBeforeNanos = nowNanos + nanos;
        trialUntilNanos = notBeforeNanos;
    }
}
