package net.hybridgateway.netlink.socket;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/**
 * A moment of an MPTCP connection, {@code struct mptcp_info} (linux/mptcp.h). A field that the kernel doesn't have is -1;
 * times are ages.
 */
public final class MptcpInfo {
    static final int SUBFLOWS = 0;
    static final int ADD_ADDR_SIGNAL = 1;
    static final int ADD_ADDR_ACCEPTED = 2;
    static final int SUBFLOWS_MAX = 3;
    static final int FLAGS = 8;
    static final int TOKEN = 12;
    static final int WRITE_SEQ = 16;
    static final int SND_UNA = 24;
    static final int RCV_NXT = 32;
    static final int CSUM_ENABLED = 42;
    static final int RETRANSMITS = 44;
    static final int BYTES_RETRANS = 48;
    static final int BYTES_SENT = 56;
    static final int BYTES_RECEIVED = 64;
    static final int BYTES_ACKED = 72;
    static final int SUBFLOWS_TOTAL = 80;
    static final int LAST_DATA_SENT = 84;
    static final int LAST_DATA_RECV = 88;
    static final int LAST_ACK_RECV = 92;
    static final int LENGTH = 96;

    static final int SOL_MPTCP = 284;
    private static final int MPTCP_INFO = 1;
    private static final int FLAG_FALLBACK = 0x1;
    private static final int FLAG_REMOTE_KEY_RECEIVED = 0x2;

    private static final ThreadLocal<NativeMemory> MEMORY =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(LENGTH));

    private final KernelStruct struct;

    private MptcpInfo(KernelStruct struct) {
        this.struct = struct;
    }

    /** Asks the kernel; empty for a TCP socket and for a connection that has fallen back to TCP. */
    public static Optional<MptcpInfo> of(int fd) {
        NativeMemory memory = MEMORY.get();
        int length = LibC.tryOption(fd, SOL_MPTCP, MPTCP_INFO, memory, LENGTH);
        if (SocketQuery.lacksOption(length)) {
            return Optional.empty();
        }
        if (length < 0) {
            throw new ErrnoException("getsockopt", new Errno(-length), "MPTCP_INFO of fd " + fd);
        }
        MptcpInfo info = decode(memory.buffer(), 0, length);
        return info.fallback() ? Optional.empty() : Optional.of(info);
    }

    /** Copies a struct of {@code length} bytes at {@code offset}, such as from an answer of sock_diag. */
    public static MptcpInfo decode(ByteBuffer source, int offset, int length) {
        return new MptcpInfo(KernelStruct.copyOf(source, offset, Math.min(length, LENGTH)));
    }

    /** The local token of the connection, by which the path manager knows it; an unsigned number of 32 bits. */
    public int token() {
        return (int) struct.u32(TOKEN);
    }

    /** Whether the connection has fallen back to TCP. */
    public boolean fallback() {
        return struct.length() > FLAGS && (struct.u32(FLAGS) & FLAG_FALLBACK) != 0;
    }

    /** Whether the peer's key has come, without which there is no joining. */
    public boolean remoteKeyReceived() {
        return struct.length() > FLAGS && (struct.u32(FLAGS) & FLAG_REMOTE_KEY_RECEIVED) != 0;
    }

    /** Subflows beside the initial one. */
    public int extraSubflows() {
        return struct.u8(SUBFLOWS);
    }

    /** All subflows, whoever made them. */
    public int totalSubflows() {
        return struct.u8(SUBFLOWS_TOTAL);
    }

    /** The limit for extra subflows of the in-kernel path manager. */
    public int maxExtraSubflows() {
        return struct.u8(SUBFLOWS_MAX);
    }

    /** Addresses announced to the peer. */
    public int addressesAnnounced() {
        return struct.u8(ADD_ADDR_SIGNAL);
    }

    /** Addresses of the peer that were accepted. */
    public int addressesAccepted() {
        return struct.u8(ADD_ADDR_ACCEPTED);
    }

    public boolean checksumEnabled() {
        return struct.u8(CSUM_ENABLED) > 0;
    }

    /** The next data sequence number to write; unsigned. */
    public long writeSequence() {
        return struct.u64(WRITE_SEQ);
    }

    /** The first data sequence number not yet acknowledged; unsigned. */
    public long unacknowledgedSequence() {
        return struct.u64(SND_UNA);
    }

    /** The next data sequence number expected; unsigned. */
    public long receiveSequence() {
        return struct.u64(RCV_NXT);
    }

    /** Data written and not yet acknowledged by the peer's MPTCP. */
    public long bytesInFlight() {
        return writeSequence() - unacknowledgedSequence();
    }

    /** How often data was sent again on another subflow. */
    public long reinjections() {
        return struct.u32(RETRANSMITS);
    }

    public long bytesReinjected() {
        return struct.u64(BYTES_RETRANS);
    }

    public long bytesSent() {
        return struct.u64(BYTES_SENT);
    }

    public long bytesReceived() {
        return struct.u64(BYTES_RECEIVED);
    }

    public long bytesAcked() {
        return struct.u64(BYTES_ACKED);
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

    @Override
    public String toString() {
        return "token " + Integer.toUnsignedString(token()) + ", " + extraSubflows() + " extra subflows, " + bytesSent()
                + " bytes sent, " + bytesReceived() + " received" + (fallback() ? ", fallback" : "");
    }
}
