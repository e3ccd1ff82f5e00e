package net.hybridgateway.lab.middlebox;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;
import net.hybridgateway.netlink.ffi.Poll;
import net.hybridgateway.netlink.ffi.SockAddr;

/**
 * Sends the SYNs that come in with data on again without it. The original is to be dropped by a firewall rule, which packet
 * sockets come before.
 */
final class SynDataStripper implements AutoCloseable {
    // packet(7), in network order.
    private static final int AF_PACKET = 17;
    private static final int ETH_P_ALL =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Short.reverseBytes((short) 3) : 3;
    // struct sockaddr_ll
    private static final int INTERFACE_INDEX = 4;
    private static final int PACKET_TYPE = 10;
    private static final int PACKET_HOST = 0;

    /** A raw socket of this protocol is handed the IP header, too: raw(7). */
    private static final int IPPROTO_RAW = 255;

    /** More than any packet, even one that is to be segmented later. */
    private static final int ROOM = 1 << 17;

    private final int listening;
    private final int ipv4;
    private final int ipv6;
    private final int interfaceIndex;
    private final EventFd stop = new EventFd();
    private final Thread thread = new Thread(this::work, "syn-data-stripper");

    private SynDataStripper(int listening, int ipv4, int ipv6, int interfaceIndex) {
        this.listening = listening;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.interfaceIndex = interfaceIndex;
    }

    /** Begins with what comes in on a device of the node. */
    static SynDataStripper start(Node node, String device) {
        int index = Integer.parseInt(
                node.run("cat", "/sys/class/net/" + device + "/ifindex").strip());
        SynDataStripper stripper = node.call(() -> new SynDataStripper(
                open(AF_PACKET, LibC.SOCK_DGRAM, ETH_P_ALL),
                open(SockAddr.AF_INET, LibC.SOCK_RAW, IPPROTO_RAW),
                open(SockAddr.AF_INET6, LibC.SOCK_RAW, IPPROTO_RAW),
                index));
        stripper.thread.setDaemon(true);
        stripper.thread.start();
        return stripper;
    }

    private static int open(int family, int type, int protocol) {
        return LibC.socket(family, type | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, protocol);
    }

    private void work() {
        NativeMemory packet = NativeMemory.allocate(ROOM);
        NativeMemory from = NativeMemory.allocate(SockAddr.STORAGE_LENGTH);
        Poll poll = new Poll();
        while (poll.await(listening, LibC.POLLIN, stop, -1) == Poll.Outcome.READY) {
            int length = LibC.tryReceiveFrom(listening, packet, ROOM, 0, from);
            if (length > 0 && cameIn(from.buffer())) {
                TcpPacket.parse(packet.buffer()
                                .duplicate()
                                .order(ByteOrder.BIG_ENDIAN)
                                .limit(length))
                        .filter(TcpPacket::isSynWithData)
                        .ifPresent(syn -> send(syn.withoutData()));
            }
        }
    }

    private boolean cameIn(ByteBuffer address) {
        return address.getInt(INTERFACE_INDEX) == interfaceIndex && address.get(PACKET_TYPE) == PACKET_HOST;
    }

    private void send(TcpPacket packet) {
        byte[] bytes = packet.bytes();
        NativeMemory memory = NativeMemory.allocate(bytes.length);
        memory.buffer().put(0, bytes);
        InetAddress destination = packet.destination();
        // A raw socket has no ports; IPv6 insists on 0.
        int sent = destination instanceof Inet4Address address
                ? LibC.trySendTo(ipv4, memory, bytes.length, 0, new SockAddr.Inet4(address, 0))
                : LibC.trySendTo(ipv6, memory, bytes.length, 0, new SockAddr.Inet6(destination, 0));
        if (sent != bytes.length) {
            throw new LabException("a SYN to " + destination + " could not be sent on: " + sent);
        }
    }

    @Override
    public void close() {
        stop.signal();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        stop.close();
        LibC.close(listening);
        LibC.close(ipv4);
        LibC.close(ipv6);
    }
}
