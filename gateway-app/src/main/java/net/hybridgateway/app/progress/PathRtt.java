package net.hybridgateway.app.progress;

/**
 * A round-trip time as the kernel has smoothed it (RFC 6298).
 *
 * @param smoothedNanos SRTT
 * @param varianceNanos RTTVAR
 * @param measuredNanos when it was read, on the gateway's monotonic clock
 */
public record PathRtt(long smoothedNanos, long varianceNanos, long measuredNanos) {
    /**
     * How long an answer may take: smoothed round-trip time and twice its variance. Not four times, as for a retransmission
     * (RFC 6298 §2.3): whoever asks by this asks twice before anything comes of it.
     */
    public long answerNanos() {
        return smoothedNanos + 2 * varianceNanos;
    }
}
