package net.hybridgateway.mgmt.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Estimates what management costs over cellular, and says when to save.
 *
 * <p>The estimate counts packets as they leave over IPv6: what the kernel puts around data on a Multipath TCP connection,
 * and what TLS 1.3 puts around a message. docs/mqtt.md has the sum of a day.
 */
final class DataBudget {
    /** For each day that is spent on cellular. */
    static final long DAY_BYTES = 50_000;

    /** From here on there are no metrics: events and commands need the rest. */
    static final long SAVE_BYTES = 46_000;

    /** IPv6 40, TCP 20, timestamps 12, a Data Sequence Signal with a mapping 28 (RFC 8684 §3.3). */
    static final int DATA_HEADERS = 100;

    /** The same with a Data ACK of 8 bytes alone. */
    static final int ACK_PACKET = 84;

    /** Header 5, content type 1, tag 16 (RFC 8446 §5.2). */
    static final int TLS_RECORD = 22;

    /** What a packet carries at most. */
    static final int SEGMENT = 1300;

    /** A message without a payload, as are pings and acknowledgments. */
    private static final int SMALL_MESSAGE = 4;

    /**
     * TCP's and TLS's handshakes with client certificates of two kilobytes altogether, CONNECT, its answer, and SUBSCRIBE with
     * its answer; measured: {@code MqttBrokerIT}.
     */
    static final int CONNECT = 6_000;

    private static final long DAY = Duration.ofDays(1).toNanos();

    private long dayBeganNanos;
    private long today;
    private long total;

    DataBudget(long nowNanos) {
        dayBeganNanos = nowNanos;
    }

    /** A message in either direction, with what it is answered by. */
    static long message(String topic, int payloadBytes, int quality) {
        int message = 6 + topic.getBytes(StandardCharsets.UTF_8).length + payloadBytes + 10;
        int packets = Math.max(1, (message + SEGMENT - 1) / SEGMENT);
        long there = (long) packets * (DATA_HEADERS + TLS_RECORD) + message;
        return quality == 0 ? there + ACK_PACKET : there + small() + ACK_PACKET;
    }

    /** A ping, its answer, and what TCP says to that. */
    static long ping() {
        return 2 * small() + ACK_PACKET;
    }

    private static long small() {
        return DATA_HEADERS + TLS_RECORD + SMALL_MESSAGE;
    }

    /** Counts what went over cellular. */
    void spend(long bytes, long nowNanos) {
        if (nowNanos - dayBeganNanos >= DAY) {
            dayBeganNanos = nowNanos;
            today = 0;
        }
        today += bytes;
        total += bytes;
    }

    /** Whether what can wait should wait. */
    boolean saving(long nowNanos) {
        return nowNanos - dayBeganNanos < DAY && today >= SAVE_BYTES;
    }

    /** Since the start. */
    long total() {
        return total;
    }
}
