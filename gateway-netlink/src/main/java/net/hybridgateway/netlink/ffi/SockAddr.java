package net.hybridgateway.netlink.ffi;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket address as C sees it. Buffers are in the byte order of the machine, as {@link NativeMemory#buffer()} is; ports
 * and addresses inside are in network order.
 *
 * <pre>
 * sockaddr_in   family u16 | port be16 | address 4 bytes | zero 8 bytes                                      = 16
 * sockaddr_in6  family u16 | port be16 | flow info be32 | address 16 bytes | scope id u32                     = 28
 * sockaddr_nl   family u16 | pad u16   | port id u32    | groups u32                                          = 12
 * </pre>
 */
public sealed interface SockAddr permits SockAddr.Inet4, SockAddr.Inet6, SockAddr.Netlink {
    int AF_INET = 2;
    int AF_INET6 = 10;
    int AF_NETLINK = 16;

    /** Room for any address: {@code sizeof(struct sockaddr_storage)}. */
    int STORAGE_LENGTH = 128;

    /** Writes the struct at the buffer's position and moves it behind; returns the length of the struct in bytes. */
    int encode(ByteBuffer target);

    /**
     * Reads a struct of {@code length} bytes at the buffer's position, which is left where it was.
     *
     * @throws IllegalArgumentException if the family is none of the three or the length is too short for it
     */
    static SockAddr decode(ByteBuffer source, int length) {
        ByteBuffer struct = source.slice(source.position(), Math.min(length, source.remaining()))
                .order(source.order());
        try {
            int family = Short.toUnsignedInt(struct.getShort());
            return switch (family) {
                case AF_INET -> Inet4.decodeBody(struct);
                case AF_INET6 -> Inet6.decodeBody(struct);
                case AF_NETLINK -> Netlink.decodeBody(struct);
                default -> throw new IllegalArgumentException("socket address of unknown family " + family);
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("socket address too short: " + length + " bytes", e);
        }
    }

    /**
     * The address for a socket of family AF_INET6, which reaches both kinds: an IPv4 address becomes {@code ::ffff:a.b.c.d}.
     *
     * @throws IllegalArgumentException if the address is unresolved
     */
    static Inet6 dualStack(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved address " + address);
        }
        return new Inet6(address.getAddress(), address.getPort());
    }

    /**
     * The internet address and port in it.
     *
     * @throws IllegalArgumentException for an address of netlink
     */
    InetSocketAddress inet();

    private static int portOf(ByteBuffer struct) {
        int port = Short.toUnsignedInt(struct.getShort());
        return struct.order() == ByteOrder.BIG_ENDIAN ? port : Short.toUnsignedInt(Short.reverseBytes((short) port));
    }

    private static void putPort(ByteBuffer target, int port) {
        target.put((byte) (port >> 8)).put((byte) port);
    }

    private static void checkPort(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /** An address for a socket of family AF_INET. */
    record Inet4(Inet4Address address, int port) implements SockAddr {
        public static final int LENGTH = 16;

        public Inet4 {
            checkPort(port);
        }

        @Override
        public int encode(ByteBuffer target) {
            target.putShort((short) AF_INET);
            putPort(target, port);
            target.put(address.getAddress()).putLong(0);
            return LENGTH;
        }

        @Override
        public InetSocketAddress inet() {
            return new InetSocketAddress(address, port);
        }

        @Override
        public String toString() {
            return address.getHostAddress() + ":" + port;
        }

        private static Inet4 decodeBody(ByteBuffer struct) {
            int port = portOf(struct);
            byte[] address = new byte[4];
            struct.get(address);
            return new Inet4((Inet4Address) addressOf(address), port);
        }
    }

    /**
     * An address for a socket of family AF_INET6. An {@link Inet4Address} stands for the v4-mapped address; the scope id of
     * a link-local {@link Inet6Address} is kept.
     */
    record Inet6(InetAddress address, int port) implements SockAddr {
        public static final int LENGTH = 28;

        public Inet6 {
            checkPort(port);
        }

        @Override
        public int encode(ByteBuffer target) {
            target.putShort((short) AF_INET6);
            putPort(target, port);
            target.putInt(0);
            int scopeId = 0;
            byte[] bytes = address.getAddress();
            if (address instanceof Inet6Address inet6) {
                scopeId = inet6.getScopeId();
            } else {
                target.putLong(0).putShort((short) 0).putShort((short) 0xffff);
            }
            target.put(bytes).putInt(scopeId);
            return LENGTH;
        }

        @Override
        public InetSocketAddress inet() {
            return new InetSocketAddress(address, port);
        }

        @Override
        public String toString() {
            String host = address.getHostAddress();
            return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
        }

        private static Inet6 decodeBody(ByteBuffer struct) {
            int port = portOf(struct);
            struct.getInt();
            byte[] address = new byte[16];
            struct.get(address);
            int scopeId = struct.getInt();
            return new Inet6(scopeId == 0 ? addressOf(address) : scopedAddressOf(address, scopeId), port);
        }

        private static InetAddress scopedAddressOf(byte[] address, int scopeId) {
            try {
                return Inet6Address.getByAddress(null, address, scopeId);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("16 bytes are an address", e);
            }
        }
    }

    /**
     * The address of a netlink socket.
     *
     * @param portId who: 0 for the kernel, and when binding, for an id of the kernel's choice (unsigned)
     * @param groups a mask of the first 32 multicast groups
     */
    record Netlink(int portId, int groups) implements SockAddr {
        public static final int LENGTH = 12;

        @Override
        public int encode(ByteBuffer target) {
            target.putShort((short) AF_NETLINK)
                    .putShort((short) 0)
                    .putInt(portId)
                    .putInt(groups);
            return LENGTH;
        }

        @Override
        public InetSocketAddress inet() {
            throw new IllegalArgumentException(this + " is no internet address");
        }

        private static Netlink decodeBody(ByteBuffer struct) {
            struct.getShort();
            int portId = struct.getInt();
            return new Netlink(portId, struct.getInt());
        }
    }

    /** Turns a v4-mapped address into an {@link Inet4Address}, as the JDK does. */
    private static InetAddress addressOf(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address.length + " bytes are an address", e);
        }
    }
}
