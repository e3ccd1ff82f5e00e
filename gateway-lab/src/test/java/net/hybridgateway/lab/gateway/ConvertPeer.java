package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;

/** One end of a connection that speaks the Convert protocol byte by byte, as a script has it: client or conversion point. */
final class ConvertPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HexFormat HEX = HexFormat.of();

    private final StreamSocket socket;

    ConvertPeer(StreamSocket socket) {
        this.socket = socket;
    }

    /** Connects from a host over Multipath TCP, without data in the SYN. */
    static ConvertPeer connect(Node from, String address, int port) throws IOException {
        StreamSocket socket = from.call(() -> StreamSocket.open(StreamProtocol.MPTCP));
        ConvertPeer peer = new ConvertPeer(socket);
        try {
            socket.connect(new InetSocketAddress(address, port));
            if (!socket.awaitWritable(PATIENCE.toNanos())) {
                throw new IOException("no connection to " + address);
            }
            socket.remoteAddress();
            return peer;
        } catch (IOException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    /** A Connect TLV of RFC 8803 §6.2.5 in a message of its own, followed by further TLVs in hexadecimal. */
    static String connectTo(String address, int port, String... furtherTlvs) throws IOException {
        String hex = HEX.formatHex(InetAddress.getByName(address).getAddress());
        String target = hex.length() == 8 ? "00000000000000000000ffff" + hex : hex;
        return message("0a05" + HEX.toHexDigits((short) port) + target + String.join("", furtherTlvs));
    }

    /** The fixed header before TLVs in hexadecimal. */
    static String message(String tlvs) {
        return "01" + HEX.toHexDigits((byte) (1 + tlvs.length() / 8)) + "2263" + tlvs;
    }

    /** An Error TLV in a message: a code and its value, which fills words. */
    static String error(int code, String value) {
        String body = HEX.toHexDigits((byte) code) + value;
        String padded = body + "0".repeat((12 - body.length() % 8) % 8);
        return message("1e" + HEX.toHexDigits((byte) (padded.length() / 8 + 1)) + padded);
    }

    /** Writes bytes in hexadecimal; waits for the third ACK first, for no Linux server may write before it. */
    ConvertPeer send(String hex) throws IOException {
        return send(HEX.parseHex(hex));
    }

    ConvertPeer say(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ConvertPeer send(byte[] bytes) throws IOException {
        Pause.until(PATIENCE, () -> TcpInfo.of(socket.fd()).state() != TcpState.SYN_RECEIVED);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (socket.write(buffer) == 0 && !socket.awaitWritable(PATIENCE.toNanos())) {
                throw new IOException("the peer reads no more");
            }
        }
        return this;
    }

    /** Reads a Convert message, whole, and gives it in hexadecimal; "end" or "reset" if the stream stops before. */
    String readMessage() throws IOException {
        String header = read(4);
        return header.length() < 8 ? header : header + read(4 * (HexFormat.fromHexDigits(header, 2, 4) - 1));
    }

    /** Reads so many bytes; "end" or "reset" if the stream stops before. */
    String read(int count) throws IOException {
        return read(count, PATIENCE);
    }

    private String read(int count, Duration patience) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (!socket.awaitReadable(patience.toNanos())) {
                throw new IOException("silence after " + buffer.position() + " of " + count + " bytes");
            }
            try {
                if (socket.read(buffer) < 0) {
                    return "end";
                }
            } catch (ErrnoException e) {
                return "reset";
            }
        }
        return HEX.formatHex(buffer.array());
    }

    /** Reads a line of text, without its end. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (String octet = read(1); !octet.equals("0a"); octet = read(1)) {
            if (octet.length() > 2) {
                return line + octet;
            }
            line.append((char) HexFormat.fromHexDigits(octet));
        }
        return line.toString();
    }

    /** What comes next if it is not data: "end", "reset", or a byte in hexadecimal. */
    String readEnd() throws IOException {
        return read(1);
    }

    /** Reads all that still comes, so that closing resets nothing that was sent. */
    void readToEnd() throws IOException {
        String octet = read(1);
        while (octet.length() == 2) {
            octet = read(1);
        }
    }

    /** As {@link #readEnd()}, for an end that lets one wait for longer. */
    String readEnd(Duration patience) throws IOException {
        return read(1, patience);
    }

    /** Whether the connection is one of Multipath TCP, as the kernel says. */
    boolean isMultipath() {
        return SocketQuery.isMptcp(socket.fd());
    }

    /** The address that the connection came from, as Java writes it. */
    String peer() {
        return socket.remoteAddress().getAddress().getHostAddress();
    }

    void end() {
        socket.shutdownOutput();
    }

    void reset() {
        socket.resetOnClose();
        socket.close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
