package net.hybridgateway.netlink.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;
import net.hybridgateway.netlink.ffi.SockAddr;

/**
 * A SYN that joins a connection that does not exist (MP_JOIN with an invented token, RFC 8684 §3.2), to learn whether the
 * option arrives: a host that sees it cannot take the subflow and answers with a reset, as Linux does; to one that does not
 * it is a SYN as any other, and is answered by a SYN/ACK.
 *
 * <p>It is sent through a raw socket, which needs CAP_NET_RAW, from a port that is reserved meanwhile. The kernel knows
 * nothing of it, and resets what a SYN/ACK would begin. Belongs to one thread.
 */
public final class JoinSyn implements AutoCloseable {
    /** What came back. */
    public enum Answer {
        SYN_ACK,
        RESET
    }

    private static final int IPPROTO_TCP = 6;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;

    // Of the TCP header, RFC 9293 §3.1.
    private static final int HEADER = 20;
    private static final int DESTINATION_PORT = 2;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int FLAGS = 13;
    private static final int CHECKSUM = 16;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    /** Maximum segment size 1400, selective acknowledgments, padding; then MP_JOIN, whose token and number follow. */
    private static final byte[] OPTIONS = {2, 4, 5, 0x78, 4, 2, 1, 1, 30, 12, 0x10, 0};

    private static final int LENGTH = HEADER + OPTIONS.length + 2 * Integer.BYTES;
    private static final int ROOM = 256;

    private final StreamSocket port;
    private final int raw;
    private final byte[] segment;
    private final boolean ipv4;
    private final NativeMemory room = NativeMemory.allocate(ROOM);

    private JoinSyn(StreamSocket port, int raw, byte[] segment, boolean ipv4) {
        this.port = port;
        this.raw = raw;
        this.segment = segment;
        this.ipv4 = ipv4;
    }

    /**
     * Prepares one; {@link #send} sends it.
     *
     * @param source an address of this host, of the remote's family
     * @param interfaceIndex the only device to use
     * @param random any numbers, for the sequence, the token and the option's own
     */
    public static JoinSyn open(InetAddress source, int interfaceIndex, InetSocketAddress remote, int[] random) {
        boolean ipv4 = remote.getAddress() instanceof Inet4Address;
        StreamSocket port = StreamSocket.open(StreamProtocol.TCP);
        int raw = -1;
        try {
            port.bind(new InetSocketAddress(source, 0));
            int number = port.localAddress().getPort();
            raw = LibC.socket(
                    ipv4 ? SockAddr.AF_INET : SockAddr.AF_INET6,
                    LibC.SOCK_RAW | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC,
                    IPPROTO_TCP);
            // Before anything else: all other TCP of the host comes here, too.
            takeOnlyWhatIsFor(raw, number, ipv4);
            SocketOption.SO_BINDTOIFINDEX.set(raw, interfaceIndex);
            LibC.bind(raw, address(source));
            int connected = LibC.tryConnect(raw, address(remote.getAddress()));
            if (connected < 0) {
                throw new ErrnoException("connect", new Errno(-connected), "a raw socket to " + remote);
            }
            return new JoinSyn(port, raw, segment(source, number, remote, random), ipv4);
        } catch (RuntimeException e) {
            port.close();
            if (raw >= 0) {
                LibC.close(raw);
            }
            throw e;
        }
    }

    /** A raw socket has no ports. */
    private static SockAddr address(InetAddress address) {
        return address instanceof Inet4Address inet4 ? new SockAddr.Inet4(inet4, 0) : new SockAddr.Inet6(address, 0);
    }

    /**
     * A filter of linux/filter.h. An IPv4 packet comes with its IP header, an IPv6 packet without; struct sock_fprog is a u16
     * with the number of instructions and, from 8, where they are.
     */
    private static void takeOnlyWhatIsFor(int raw, int port, boolean ipv4) {
        int program = 16;
        int instruction = 8;
        NativeMemory memory = NativeMemory.allocate(program + 5 * instruction);
        ByteBuffer code = memory.buffer().duplicate().order(ByteOrder.nativeOrder());
        code.putShort(0, (short) (ipv4 ? 5 : 4));
        memory.putPointerToSelf(8, program);
        code.position(program);
        if (ipv4) {
            put(code, 0xb1, 0, 0, 0); // x = length of the IP header
            put(code, 0x48, 0, 0, DESTINATION_PORT); // a = u16 at x + 2
        } else {
            put(code, 0x28, 0, 0, DESTINATION_PORT); // a = u16 at 2
        }
        put(code, 0x15, 0, 1, port); // a = port: go on, else skip one
        put(code, 0x06, 0, 0, ROOM); // take it
        put(code, 0x06, 0, 0, 0); // leave it
        int result = LibC.trySetOption(raw, SOL_SOCKET, SO_ATTACH_FILTER, memory, program);
        if (result < 0) {
            throw new ErrnoException("setsockopt", new Errno(-result), "SO_ATTACH_FILTER of a raw socket");
        }
    }

    private static void put(ByteBuffer code, int operation, int ifTrue, int ifFalse, int operand) {
        code.putShort((short) operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }

    private static byte[] segment(InetAddress source, int port, InetSocketAddress remote, int[] random) {
        ByteBuffer tcp = ByteBuffer.allocate(LENGTH);
        tcp.putShort((short) port)
                .putShort((short) remote.getPort())
                .putInt(random[0])
                .putInt(0)
                .put((byte) ((LENGTH / Integer.BYTES) << 4))
                .put((byte) SYN)
                .putShort((short) 0xffff)
                .putInt(0)
                .put(OPTIONS)
                .putInt(random[1])
                .putInt(random[2]);
        long sum = (long) IPPROTO_TCP + LENGTH;
        sum += sum(source.getAddress()) + sum(remote.getAddress().getAddress()) + sum(tcp.array());
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return tcp.putShort(CHECKSUM, (short) ~sum).array();
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        ByteBuffer words = ByteBuffer.wrap(bytes);
        while (words.hasRemaining()) {
            sum += Short.toUnsignedInt(words.getShort());
        }
        return sum;
    }

    /** Sends it; again if it was sent before. */
    public void send() {
        NativeMemory memory = NativeMemory.allocate(segment.length);
        memory.buffer().put(0, segment);
        int sent = LibC.trySend(raw, memory, segment.length, 0);
        if (sent < 0) {
            throw new ErrnoException("send", new Errno(-sent), "a SYN through a raw socket");
        }
    }

    /** The descriptor, which stays ours: readable when an answer may be there. */
    public int fd() {
        return raw;
    }

    /** What came back; empty if nothing did so far. */
    public Optional<Answer> answer() {
        while (true) {
            int length = LibC.tryReceive(raw, room, ROOM, 0);
            if (length == -Errno.EAGAIN.number()) {
                return Optional.empty();
            }
            if (length < 0) {
                throw new ErrnoException("recv", new Errno(-length), "a raw socket");
            }
            Optional<Answer> answer = judge(length);
            if (answer.isPresent()) {
                return answer;
            }
        }
    }

    private Optional<Answer> judge(int length) {
        ByteBuffer packet = room.buffer().duplicate().order(ByteOrder.BIG_ENDIAN);
        int tcp = ipv4 && length > 0 ? (packet.get(0) & 0xf) * Integer.BYTES : 0;
        ByteBuffer sent = ByteBuffer.wrap(segment);
        if (length < tcp + HEADER
                || packet.getShort(tcp) != sent.getShort(DESTINATION_PORT)
                || packet.getShort(tcp + DESTINATION_PORT) != sent.getShort(0)
                || packet.getInt(tcp + ACKNOWLEDGMENT) != sent.getInt(Integer.BYTES) + 1) {
            return Optional.empty();
        }
        int flags = packet.get(tcp + FLAGS);
        if ((flags & RST) != 0) {
            return Optional.of(Answer.RESET);
        }
        return (flags & (SYN | ACK)) == (SYN | ACK) ? Optional.of(Answer.SYN_ACK) : Optional.empty();
    }

    @Override
    public void close() {
        LibC.close(raw);
        port.close();
    }
}
