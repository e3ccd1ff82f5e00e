package net.hybridgateway.scheduler.overflow;

import java.time.Duration;

/**
 * What a transfer does on one uplink, in its busier direction.
 *
 * <p>A queue stands before the line if the round trip takes longer than the shortest one that was seen, by 40 % of that,
 * but at least 5 ms and at most 20 ms. Measured on a line of 40 Mbit/s at 20 ms, as the receiver's timestamps show it: a
 * download that fills the line adds 20 ms with BBR (which keeps two bandwidth-delay products under way) and 13 to 25 ms
 * with CUBIC; one that its server limits to half of the line, in bursts, adds 6 ms, and one that is paced to nine tenths
 * adds 3 to 4 ms. Bursts take as long on lines of longer round trips, hence the cap. Where an active queue management
 * keeps queues shorter than that, the rate has to be configured.
 */
final class Leg {
    private static final double LEAST_QUEUE_NANOS = Duration.ofMillis(5).toNanos();
    private static final double MOST_ASKED_NANOS = Duration.ofMillis(20).toNanos();
    private static final double QUEUE_PART = 0.4;
    private static final long SPAN_NANOS = Duration.ofSeconds(2).toNanos();

    private final Recent rate = new Recent();
    private final Recent queued = new Recent();

    void measured(double bytesPerSecond, boolean queue, long nowNanos) {
        rate.add(bytesPerSecond, nowNanos);
        queued.add(queue ? 1 : 0, nowNanos);
    }

    double bytesPerSecond(long nowNanos) {
        return rate.mean(SPAN_NANOS, nowNanos);
    }

    /** Whether a queue was seen most of the time: a burst makes one for a moment. */
    boolean seesQueue(long nowNanos) {
        return queued.mean(SPAN_NANOS, nowNanos) > 0.5;
    }

    static boolean isQueue(LoadSample.SubflowLoad load) {
        double asked = Math.max(LEAST_QUEUE_NANOS, Math.min(QUEUE_PART * load.minRttNanos(), MOST_ASKED_NANOS));
        return load.minRttNanos() > 0 && load.rttNanos() - load.minRttNanos() > asked;
    }
}
