package net.hybridgateway.scheduler.progress;

import java.util.Optional;

/**
 * Judges one subflow from looks at it, some 15 ms apart. Nothing has to be sent to find out: it notices that
 *
 * <ul>
 *   <li><b>data is not acknowledged</b>: something is under way, and neither an acknowledgment nor data has come for
 *       {@code max(2 srtt + 4 rttvar, srtt + 60 ms)}, counted from the later of the last progress and the sending. The
 *       60 ms bear with a peer that delays its acknowledgments by 40 ms, as Linux does; one that takes up to 200 ms
 *       (RFC 1122 allows 500) raises srtt and rttvar, and so the limit, after a few of them.
 *   <li><b>a stream stopped</b>: data, or acknowledgments of what is under way, came for 200 ms or longer, and then none
 *       for {@code max(1.5 srtt, 40 ms, 1.5 pause)}, where {@code pause} is the longest within the stream up to 400 ms,
 *       forgotten slowly: a line that carries megabits brings something every millisecond, and one that comes in bursts
 *       sets its own limit.
 * </ul>
 *
 * <p>What merely looks like a break costs little:
 *
 * <ul>
 *   <li>an idle connection is no stream and has nothing under way: it is never suspected;
 *   <li>a server that pauses is suspected once for each pause, and only if it streamed before; one that pauses often
 *       raises the limit by its own pauses;
 *   <li>a LAN host that does not read lets our window close: the time in which nothing is read does not count;
 *   <li>a peer that does not read closes its window: what is not sent is not under way;
 *   <li>a queue that grows raises srtt and rttvar of those who send; those who receive go on receiving.
 * </ul>
 *
 * <p>Data that stays unacknowledged is no pause of anybody's: it is said again each time the wait has doubled.
 */
public final class StallJudge {
    private static final long MILLI = 1_000_000;

    /** A delayed acknowledgment (40 ms on Linux), and as much again as the two ends need to do their work. */
    private static final long ACK_DELAY = 60 * MILLI;

    /** Less than this is nothing on any line: a sender that shares its machine may pause so long. */
    private static final long SILENCE = 40 * MILLI;

    private static final long STREAM = 200 * MILLI;

    /** Looks are closer than this while a subflow is watched. */
    private static final long LOOKS_APART = 80 * MILLI;

    /** Longer pauses say nothing about the next one. */
    private static final long LONGEST_PAUSE = 400 * MILLI;

    /** What is kept of the longest pause with each arrival: 63/64 of its excess. */
    private static final int PAUSE_MEMORY = 64;

    /** No answer comes quicker, whatever the line: two processes have to be woken up. */
    private static final long QUICKEST_ANSWER = 20 * MILLI;

    private SubflowSample last;
    private Optional<Stall> stall = Optional.empty();
    private boolean acked;
    private boolean progressed;
    private long progressNanos;

    private boolean waiting;
    private long waitingNanos;
    private long patience = 1;

    private boolean streaming;
    /** Whether data is a part of the stream; acknowledgments end by themselves when nothing is under way any more. */
    private boolean bringsData;

    private boolean suspected;
    private long streamNanos;
    private long arrivalNanos;
    private long readNanos;
    private long pauseNanos;

    /**
     * Looks at the next sample.
     *
     * @param sample at a later time than the one before
     */
    public void look(SubflowSample sample) {
        if (last == null) {
            begin(sample);
        }
        boolean received = sample.bytesReceived() != last.bytesReceived();
        acked = sample.bytesAcked() != last.bytesAcked();
        progressed = received || acked;
        if (progressed) {
            long atNanos = within(
                    received && acked
                            ? later(sample.lastReceivedNanos(), sample.lastAckNanos())
                            : received ? sample.lastReceivedNanos() : sample.lastAckNanos(),
                    sample);
            arrived(sample, atNanos, received);
        }
        watchWaiting(sample);
        watchReading(sample);
        last = sample;
        stall = unacknowledged(sample).or(() -> absent(sample));
    }

    /** What was wrong at the last look; the same at each look, until it passes or {@link #settled} is called. */
    public Optional<Stall> stall() {
        return stall;
    }

    /** Whether the last look found a new acknowledgment, and so a new round-trip time. */
    public boolean acked() {
        return acked;
    }

    /** Whether the last look found bytes or an acknowledgment. */
    public boolean progressed() {
        return progressed;
    }

    /** When bytes or an acknowledgment came last. */
    public long progressNanos() {
        return progressNanos;
    }

    /** Whether this subflow could show a break now: something is under way, or streams. */
    public boolean telling() {
        return waiting || streaming;
    }

    /** The stall was dealt with: it is not to be said again before there is something new about it. */
    public void settled(Stall said) {
        stall = Optional.empty();
        patience *= 2;
        if (said.cause() == Stall.Cause.ABSENT) {
            streaming = false;
            suspected = true;
        }
    }

    private void begin(SubflowSample sample) {
        last = sample;
        progressNanos = later(sample.lastReceivedNanos(), sample.lastAckNanos());
        arrivalNanos = sample.lastReceivedNanos();
        readNanos = sample.atNanos();
        waiting = sample.waits();
        waitingNanos = sample.lastSentNanos();
    }

    private void moved(long atNanos) {
        progressNanos = later(progressNanos, atNanos);
        patience = 1;
    }

    private void arrived(SubflowSample sample, long atNanos, boolean data) {
        long gap = atNanos - arrivalNanos;
        // What lies between two samples that are far apart is not known, and not held against the stream.
        boolean seen = sample.atNanos() - last.atNanos() < LOOKS_APART;
        if (seen && (streaming || suspected) && gap <= LONGEST_PAUSE) {
            pauseNanos = Math.max(gap, pauseNanos - (pauseNanos - gap) / PAUSE_MEMORY);
        }
        boolean resumed = suspected && gap <= LONGEST_PAUSE;
        suspected = false;
        if (resumed) {
            // The same stream as before: a line that stutters and then breaks is not to be told from a new one too
            // late.
            streaming = true;
        } else if (!streaming || (seen && gap >= silenceLimit(sample))) {
            streaming = true;
            streamNanos = atNanos;
            bringsData = false;
        }
        bringsData |= data;
        arrivalNanos = atNanos;
        moved(atNanos);
    }

    private void watchWaiting(SubflowSample sample) {
        if (!sample.waits()) {
            patience = 1;
        } else if (!waiting) {
            waitingNanos = within(sample.lastSentNanos(), sample);
        }
        waiting = sample.waits();
    }

    private void watchReading(SubflowSample sample) {
        if (!sample.reading()) {
            readNanos = sample.atNanos();
        }
    }

    private Optional<Stall> unacknowledged(SubflowSample sample) {
        if (!waiting) {
            return Optional.empty();
        }
        long limit = patience * Math.max(roundTrips(sample), sample.srttNanos() + ACK_DELAY);
        return overdue(Stall.Cause.UNACKNOWLEDGED, later(progressNanos, waitingNanos), limit, sample);
    }

    private Optional<Stall> absent(SubflowSample sample) {
        if (!streaming) {
            return Optional.empty();
        }
        if (!bringsData && !waiting) {
            streaming = false;
            return Optional.empty();
        }
        Optional<Stall> silence =
                overdue(Stall.Cause.ABSENT, later(arrivalNanos, readNanos), silenceLimit(sample), sample);
        if (silence.isPresent() && arrivalNanos - streamNanos < STREAM) {
            // Too young to be told from a few bursts: it goes on learning its pauses.
            streaming = sample.atNanos() - arrivalNanos < LONGEST_PAUSE;
            return Optional.empty();
        }
        return silence;
    }

    private long silenceLimit(SubflowSample sample) {
        return Math.max(SILENCE, Math.max(sample.srttNanos(), pauseNanos) * 3 / 2);
    }

    private static long roundTrips(SubflowSample sample) {
        return 2 * sample.srttNanos() + 4 * sample.rttvarNanos();
    }

    private static Optional<Stall> overdue(Stall.Cause cause, long sinceNanos, long limitNanos, SubflowSample sample) {
        if (sample.atNanos() - sinceNanos < limitNanos) {
            return Optional.empty();
        }
        // Twice the variance, not four times: it is asked twice, and a first sample's variance is a guess.
        long answer = Math.max(QUICKEST_ANSWER, sample.srttNanos() + 2 * sample.rttvarNanos());
        return Optional.of(new Stall(cause, sinceNanos, limitNanos, answer));
    }

    /** A moment that the kernel knows to the millisecond, and that lies between two samples. */
    private long within(long momentNanos, SubflowSample sample) {
        long notBefore = later(momentNanos, last.atNanos());
        return notBefore - sample.atNanos() > 0 ? sample.atNanos() : notBefore;
    }

    private static long later(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos > 0 ? oneNanos : otherNanos;
    }
}
