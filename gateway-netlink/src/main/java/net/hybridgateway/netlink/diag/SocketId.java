package net.hybridgateway.netlink.diag;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.hybridgateway.netlink.AddressFamily;

/**
 * struct inet_diag_sockid: the ends of a connection. A v4-mapped address is an IPv4 address here.
 *
 * @param interfaceIndex the device that the socket is bound to, or 0
 */
record SocketId(InetSocketAddress local, InetSocketAddress remote, int interfaceIndex) {
    private static final int ADDRESS_ROOM = 16;

    /** Writes the 48 bytes for a request. */
    void encode(ByteBuffer target, int cookie0, int cookie1) {
        putPort(target, local.getPort());
        putPort(target, remote.getPort());
        putAddress(target, local.getAddress());
        putAddress(target, remote.getAddress());
        target.putInt(interfaceIndex).putInt(cookie0).putInt(cookie1);
    }

    static SocketId decode(ByteBuffer source, AddressFamily family) {
        int localPort = port(source);
        int remotePort = port(source);
        InetAddress local = address(source, family);
        InetAddress remote = address(source, family);
        return new SocketId(
                new InetSocketAddress(local, localPort), new InetSocketAddress(remote, remotePort), source.getInt());
    }

    private static void putPort(ByteBuffer target, int port) {
        target.put((byte) (port >> 8)).put((byte) port);
    }

    private static int port(ByteBuffer source) {
        return Byte.toUnsignedInt(source.get()) << 8 | Byte.toUnsignedInt(source.get());
    }

    private static void putAddress(ByteBuffer target, InetAddress address) {
        byte[] bytes = address.getAddress();
        target.put(bytes).position(target.position() + ADDRESS_ROOM - bytes.length);
    }

    private static InetAddress address(ByteBuffer source, AddressFamily family) {
        byte[] bytes = new byte[family.addressBytes()];
        source.get(bytes).position(source.position() + ADDRESS_ROOM - bytes.length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes.length + " bytes are an address", e);
        }
    }
}
