package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A TCP segment as it was captured, from a file of tcpdump (the classic pcap format: a header of 24 bytes, then records of
 * seconds, microseconds, captured length, length, Ethernet frame).
 *
 * @param ipVersion 4 or 6
 * @param optionKinds the kinds of its TCP options, in order
 * @param mptcpSubtypes the subtypes of the options of kind 30 (RFC 8684 §3), in order
 * @param payload the data in hexadecimal, as far as it was captured
 */
record TcpSegment(
        int ipVersion,
        int sourcePort,
        int destinationPort,
        boolean syn,
        boolean ack,
        List<Integer> optionKinds,
        List<Integer> mptcpSubtypes,
        String payload) {
    static final int MP_CAPABLE = 0;
    static final int MP_JOIN = 1;

    private static final int MPTCP = 30;
    private static final int FILE_HEADER = 24;
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV6_HEADER = 40;
    private static final int TCP = 6;

    /** All TCP segments of a file, in order. */
    static List<TcpSegment> read(Path file) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(file));
        records.order(records.get(0) == (byte) 0xd4 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        List<TcpSegment> segments = new ArrayList<>();
        int at = FILE_HEADER;
        while (at < records.limit()) {
            int captured = records.getInt(at + 8);
            at += 16;
            parse(records.slice(at, captured).order(ByteOrder.BIG_ENDIAN)).ifPresent(segments::add);
            at += captured;
        }
        return segments;
    }

    private static Optional<TcpSegment> parse(ByteBuffer frame) {
        int type = frame.getShort(ETHERNET_HEADER - 2) & 0xffff;
        ByteBuffer packet = frame.slice(ETHERNET_HEADER, frame.limit() - ETHERNET_HEADER);
        if (type == 0x0800 && packet.get(9) == TCP) {
            return Optional.of(segment(4, packet, 4 * (packet.get(0) & 0xf), packet.getShort(2) & 0xffff));
        }
        if (type == 0x86dd && packet.get(6) == TCP) {
            return Optional.of(segment(6, packet, IPV6_HEADER, IPV6_HEADER + (packet.getShort(4) & 0xffff)));
        }
        return Optional.empty();
    }

    private static TcpSegment segment(int ipVersion, ByteBuffer packet, int tcp, int end) {
        int data = tcp + 4 * (packet.get(tcp + 12) >> 4 & 0xf);
        int flags = packet.get(tcp + 13);
        List<Integer> kinds = new ArrayList<>();
        List<Integer> subtypes = new ArrayList<>();
        for (int at = tcp + 20; at < data && packet.get(at) != 0; ) {
            int kind = packet.get(at);
            kinds.add(kind);
            if (kind == MPTCP) {
                subtypes.add(packet.get(at + 2) >> 4 & 0xf);
            }
            at += kind == 1 ? 1 : packet.get(at + 1);
        }
        byte[] payload = new byte[Math.max(0, Math.min(end, packet.limit()) - data)];
        packet.get(data, payload);
        return new TcpSegment(
                ipVersion,
                packet.getShort(tcp) & 0xffff,
                packet.getShort(tcp + 2) & 0xffff,
                (flags & 0x02) != 0,
                (flags & 0x10) != 0,
                kinds,
                subtypes,
                HexFormat.of().formatHex(payload));
    }

    /** A SYN of the one who connects. */
    boolean isFirstOfItsConnection() {
        return syn && !ack;
    }
}
