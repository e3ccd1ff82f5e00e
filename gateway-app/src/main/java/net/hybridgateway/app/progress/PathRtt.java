package net.hybridgateway.app.progress;

/**
 * A round-trip time as the kernel has smoothed it (RFC 6298).
 *
 * @param smoothedNanos SRTT
 * @param varianceNanos RTTVAR
 * @param measuredNanos when it was read, on the gateway's monotonic clock
 */
public record PathRtt(long smoothedNanos, long varianceNanos, long measuredNanos) {
    /** How long an answer may take: smoothed round-trip time and four times its variance. */
    public long answerNanos() {
        return smoothedNanos + 4 * varianceNanos;
    }
}
