package net.hybridgateway.netlink.socket;

import java.nio.ByteBuffer;
import java.util.List;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/**
 * A moment of a TCP connection, {@code struct tcp_info} (linux/tcp.h). Of an MPTCP socket, {@link #of} is about the initial
 * subflow, even after that has ended. A field that the kernel doesn't have is -1; times are ages, bytes count the payload.
 */
public final class TcpInfo {
    static final int STATE = 0;
    static final int RETRANSMITS = 2;
    static final int BACKOFF = 4;
    static final int OPTIONS = 5;
    /** Bits 1 and 2 of this byte; a bit field without a name for offsetof. */
    static final int FASTOPEN_CLIENT_FAIL = 7;

    static final int RTO = 8;
    static final int SND_MSS = 16;
    static final int RCV_MSS = 20;
    static final int UNACKED = 24;
    static final int LOST = 32;
    static final int LAST_DATA_SENT = 44;
    static final int LAST_DATA_RECV = 52;
    static final int LAST_ACK_RECV = 56;
    static final int PMTU = 60;
    static final int RTT = 68;
    static final int RTTVAR = 72;
    static final int SND_CWND = 80;
    static final int RCV_RTT = 92;
    static final int TOTAL_RETRANS = 100;
    static final int PACING_RATE = 104;
    static final int BYTES_ACKED = 120;
    static final int BYTES_RECEIVED = 128;
    static final int SEGS_OUT = 136;
    static final int SEGS_IN = 140;
    static final int NOTSENT_BYTES = 144;
    static final int MIN_RTT = 148;
    static final int DELIVERY_RATE = 160;
    static final int BUSY_TIME = 168;
    static final int RWND_LIMITED = 176;
    static final int SNDBUF_LIMITED = 184;
    static final int DELIVERED = 192;
    static final int BYTES_SENT = 200;
    static final int BYTES_RETRANS = 208;
    static final int SND_WND = 228;

    /** Read up to here; kernels have more (280 bytes in 6.18), of which nothing is wanted. */
    static final int LENGTH = 232;

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    /** TCPI_OPT_SYN_DATA of {@code tcpi_options}. */
    private static final int SYN_DATA_ACKNOWLEDGED = 0x20;

    private static final int APP_LIMITED = 0x1;

    private static final ThreadLocal<NativeMemory> MEMORY =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(LENGTH));

    private static final SubflowArray<TcpInfo> SUBFLOWS = new SubflowArray<>(2, LENGTH, TcpInfo::decode);

    private final KernelStruct struct;

    private TcpInfo(KernelStruct struct) {
        this.struct = struct;
    }

    /** Asks the kernel. */
    public static TcpInfo of(int fd) {
        NativeMemory memory = MEMORY.get();
        int length = LibC.tryOption(fd, IPPROTO_TCP, TCP_INFO, memory, LENGTH);
        if (length < 0) {
            throw new ErrnoException("getsockopt", new Errno(-length), "TCP_INFO of fd " + fd);
        }
        return decode(memory.buffer(), 0, length);
    }

    /** The subflows of an MPTCP connection, in the kernel's order; none after fallback or of a TCP socket. */
    public static List<TcpInfo> subflowsOf(int fd) {
        return SUBFLOWS.read(fd);
    }

    /** Copies a struct of {@code length} bytes at {@code offset}, such as from an answer of sock_diag. */
    public static TcpInfo decode(ByteBuffer source, int offset, int length) {
        return new TcpInfo(KernelStruct.copyOf(source, offset, Math.min(length, LENGTH)));
    }

    public TcpState state() {
        return TcpState.of(struct.u8(STATE));
    }

    /** Timeouts of the retransmission timer in a row, without any acknowledgment. */
    public int retransmitTimeouts() {
        return struct.u8(RETRANSMITS);
    }

    /** By what power of two the retransmission timeout has grown. */
    public int backoff() {
        return struct.u8(BACKOFF);
    }

    /** Whether the SYN carried data and the peer acknowledged it (TCPI_OPT_SYN_DATA): of client and server. */
    public boolean synDataAcknowledged() {
        return struct.length() > OPTIONS && (struct.u8(OPTIONS) & SYN_DATA_ACKNOWLEDGED) != 0;
    }

    /**
     * Why data in the SYN failed: 0 it did not or was not tried, 1 no cookie, 2 the SYN/ACK did not acknowledge it, 3 the SYN
     * had to be repeated.
     */
    public int fastOpenFailure() {
        return struct.u8(FASTOPEN_CLIENT_FAIL) < 0
                ? (int) KernelStruct.ABSENT
                : struct.u8(FASTOPEN_CLIENT_FAIL) >> 1 & 3;
    }

    public long retransmissionTimeoutMicros() {
        return struct.u32(RTO);
    }

    public long sendMss() {
        return struct.u32(SND_MSS);
    }

    public long receiveMss() {
        return struct.u32(RCV_MSS);
    }

    /** Segments sent and not yet acknowledged. */
    public long unackedSegments() {
        return struct.u32(UNACKED);
    }

    public long lostSegments() {
        return struct.u32(LOST);
    }

    public long lastDataSentMillis() {
        return struct.u32(LAST_DATA_SENT);
    }

    public long lastDataReceivedMillis() {
        return struct.u32(LAST_DATA_RECV);
    }

    public long lastAckReceivedMillis() {
        return struct.u32(LAST_ACK_RECV);
    }

    public long pathMtu() {
        return struct.u32(PMTU);
    }

    /** The smoothed round-trip time; 0 before the first sample. */
    public long rttMicros() {
        return struct.u32(RTT);
    }

    public long rttVarianceMicros() {
        return struct.u32(RTTVAR);
    }

    /**
     * The round-trip time as the receiver of a stream sees it, from its own timestamps coming back or from the time that a
     * window of data takes; 0 before the first sample. Unlike {@link #rttMicros()} it goes on while only the peer sends.
     */
    public long receiverRttMicros() {
        return struct.u32(RCV_RTT);
    }

    public long minRttMicros() {
        return struct.u32(MIN_RTT);
    }

    public long congestionWindowSegments() {
        return struct.u32(SND_CWND);
    }

    public long retransmittedSegments() {
        return struct.u32(TOTAL_RETRANS);
    }

    public long pacingBytesPerSecond() {
        return struct.u64(PACING_RATE);
    }

    public long bytesAcked() {
        return struct.u64(BYTES_ACKED);
    }

    public long bytesReceived() {
        return struct.u64(BYTES_RECEIVED);
    }

    /** Bytes sent, with retransmissions. */
    public long bytesSent() {
        return struct.u64(BYTES_SENT);
    }

    public long bytesRetransmitted() {
        return struct.u64(BYTES_RETRANS);
    }

    public long segmentsSent() {
        return struct.u32(SEGS_OUT);
    }

    public long segmentsReceived() {
        return struct.u32(SEGS_IN);
    }

    /** Bytes in the send buffer that were not sent even once. */
    public long notSentBytes() {
        return struct.u32(NOTSENT_BYTES);
    }

    public long deliveryBytesPerSecond() {
        return struct.u64(DELIVERY_RATE);
    }

    /** Whether the delivery rate was limited by the sender having nothing to send. */
    public boolean deliveryRateAppLimited() {
        return struct.length() > FASTOPEN_CLIENT_FAIL && (struct.u8(FASTOPEN_CLIENT_FAIL) & APP_LIMITED) != 0;
    }

    public long deliveredSegments() {
        return struct.u32(DELIVERED);
    }

    /** Time with unacknowledged data. */
    public long busyMicros() {
        return struct.u64(BUSY_TIME);
    }

    /** The part of {@link #busyMicros()} that waited for the peer's receive window. */
    public long receiveWindowLimitedMicros() {
        return struct.u64(RWND_LIMITED);
    }

    /** The part of {@link #busyMicros()} that waited for room in the send buffer. */
    public long sendBufferLimitedMicros() {
        return struct.u64(SNDBUF_LIMITED);
    }

    /** The peer's receive window. */
    public long sendWindowBytes() {
        return struct.u32(SND_WND);
    }

    @Override
    public String toString() {
        return state() + ", rtt " + rttMicros() + " us, " + bytesAcked() + " bytes acked, " + bytesReceived()
                + " received, " + unackedSegments() + " segments in flight, timeouts " + retransmitTimeouts();
    }
}
