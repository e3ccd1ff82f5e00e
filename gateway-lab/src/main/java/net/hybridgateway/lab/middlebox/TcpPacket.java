package net.hybridgateway.lab.middlebox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IP packet with a TCP segment, as bytes: IPv4 (RFC 791) or IPv6 without extension headers (RFC 8200). Immutable.
 */
final class TcpPacket {
    private static final int TCP = 6;
    private static final int IPV4_SHORTEST_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_SHORTEST_HEADER = 20;
    private static final int TCP_CHECKSUM = 16;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    private final byte[] bytes;
    private final int ipHeader;

    private TcpPacket(byte[] bytes, int ipHeader) {
        this.bytes = bytes;
        this.ipHeader = ipHeader;
    }

    /** Reads a packet from its first byte; what stands behind the packet's end is left out. Empty if it is none. */
    static Optional<TcpPacket> parse(ByteBuffer packet) {
        if (packet.remaining() < IPV4_SHORTEST_HEADER) {
            return Optional.empty();
        }
        int start = packet.position();
        int version = packet.get(start) >> 4 & 0xf;
        if (version == 4) {
            // A fragment may have no TCP header; nothing here is to be fragmented.
            boolean fragment = (packet.getShort(start + 6) & 0x3fff) != 0;
            return !fragment && packet.get(start + 9) == TCP
                    ? cut(packet, 4 * (packet.get(start) & 0xf), packet.getShort(start + 2) & 0xffff)
                    : Optional.empty();
        }
        return version == 6 && packet.remaining() >= IPV6_HEADER && packet.get(start + 6) == TCP
                ? cut(packet, IPV6_HEADER, IPV6_HEADER + (packet.getShort(start + 4) & 0xffff))
                : Optional.empty();
    }

    private static Optional<TcpPacket> cut(ByteBuffer packet, int ipHeader, int length) {
        if (length > packet.remaining() || ipHeader < IPV4_SHORTEST_HEADER || length - ipHeader < TCP_SHORTEST_HEADER) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        packet.get(packet.position(), bytes);
        TcpPacket parsed = new TcpPacket(bytes, ipHeader);
        boolean sound = parsed.tcpHeader() >= TCP_SHORTEST_HEADER && parsed.payload() <= length;
        return sound ? Optional.of(parsed) : Optional.empty();
    }

    private int tcpHeader() {
        return 4 * (bytes[ipHeader + 12] >> 4 & 0xf);
    }

    /** Where the data begin. */
    private int payload() {
        return ipHeader + tcpHeader();
    }

    private boolean isIpv4() {
        return (bytes[0] >> 4 & 0xf) == 4;
    }

    /** Whether it asks for a connection, and brings data along. */
    boolean isSynWithData() {
        return (bytes[ipHeader + 13] & (SYN | ACK)) == SYN && payloadLength() > 0;
    }

    int payloadLength() {
        return bytes.length - payload();
    }

    InetAddress destination() {
        byte[] address = new byte[isIpv4() ? 4 : 16];
        System.arraycopy(bytes, isIpv4() ? 16 : 24, address, 0, address.length);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** The same without its data, with the checksums that belong to it. */
    TcpPacket withoutData() {
        byte[] shorter = new byte[payload()];
        System.arraycopy(bytes, 0, shorter, 0, shorter.length);
        ByteBuffer packet = ByteBuffer.wrap(shorter);
        if (isIpv4()) {
            packet.putShort(2, (short) shorter.length).putShort(10, (short) 0);
            packet.putShort(10, (short) ~folded(sum(shorter, 0, ipHeader)));
        } else {
            packet.putShort(4, (short) (shorter.length - IPV6_HEADER));
        }
        packet.putShort(ipHeader + TCP_CHECKSUM, (short) 0);
        TcpPacket made = new TcpPacket(shorter, ipHeader);
        packet.putShort(ipHeader + TCP_CHECKSUM, (short) ~made.tcpSum());
        return made;
    }

    /** Whether the checksums of IPv4 and TCP are right. */
    boolean isIntact() {
        return tcpSum() == 0xffff && (!isIpv4() || folded(sum(bytes, 0, ipHeader)) == 0xffff);
    }

    /** Over the segment and the pseudo header (RFC 9293 §3.1, RFC 8200 §8.1). */
    private int tcpSum() {
        long sum = isIpv4() ? sum(bytes, 12, 8) : sum(bytes, 8, 32);
        int length = bytes.length - ipHeader;
        return folded(sum + TCP + length + sum(bytes, ipHeader, length));
    }

    /** The sum of 16-bit words; an odd last byte is the upper half of one. */
    private static long sum(byte[] bytes, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes[from + i] & 0xff;
            sum += i % 2 == 0 ? value << 8 : value;
        }
        return sum;
    }

    private static int folded(long sum) {
        long rest = sum;
        while (rest > 0xffff) {
            rest = (rest & 0xffff) + (rest >> 16);
        }
        return (int) rest;
    }

    /** All of it. */
    byte[] bytes() {
        return bytes.clone();
    }
}
