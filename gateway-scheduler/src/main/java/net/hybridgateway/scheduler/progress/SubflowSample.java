package net.hybridgateway.scheduler.progress;

/**
 * One look at one subflow, as the kernel's {@code struct tcp_info} has it. Times are moments on one monotonic clock, in
 * nanoseconds; the kernel gives ages in milliseconds.
 *
 * @param atNanos when the kernel was asked
 * @param bytesAcked payload that the peer has acknowledged (tcpi_bytes_acked)
 * @param bytesReceived payload that came in order (tcpi_bytes_received): what is sent again by a peer that does not hear our
 *     acknowledgments changes nothing
 * @param unackedSegments sent and not acknowledged (tcpi_unacked); what waits for the peer's window is not sent
 * @param srttNanos smoothed round-trip time (tcpi_rtt), 0 before the first measurement; of a mere receiver, that of its
 *     handshake or last request
 * @param rttvarNanos its mean deviation (tcpi_rttvar)
 * @param lastSentNanos when data was sent last (tcpi_last_data_sent)
 * @param lastReceivedNanos when data came last (tcpi_last_data_recv)
 * @param lastAckNanos when an acknowledgment came last (tcpi_last_ack_recv)
 * @param reading whether what comes is read and passed on; if not, the peer stops to send when our window is full
 */
public record SubflowSample(
        long atNanos,
        long bytesAcked,
        long bytesReceived,
        long unackedSegments,
        long srttNanos,
        long rttvarNanos,
        long lastSentNanos,
        long lastReceivedNanos,
        long lastAckNanos,
        boolean reading) {
    /** Sent and not acknowledged. */
    public boolean waits() {
        return unackedSegments > 0;
    }
}
