package net.hybridgateway.lab.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.traffic.KnownBytes;

/**
 * One short request to the lab's web server over a connection of its own, mostly for a page. Moments are of {@link System#nanoTime()}.
 *
 * @param startNanos the host began to connect
 * @param firstByteNanos the first byte of the answer was there; meaningless after a failure
 * @param lastByteNanos the last byte was there; meaningless after a failure
 * @param endNanos the end of the stream was there, which an HTTP client does not wait for, or it failed
 * @param peer whom the server took for its client: tells which way the connection went; empty after a failure
 * @param failure why it has not got every byte right
 */
public record PageVisit(
        long startNanos,
        long firstByteNanos,
        long lastByteNanos,
        long endNanos,
        String peer,
        Optional<String> failure) {
    /** Much longer than people wait for a page. */
    public static final int PATIENCE_MILLIS = 30_000;

    private static final int LONGEST_HEAD = 4096;

    /** What is made of the body of the answer, to the end of the stream. */
    @FunctionalInterface
    private interface Body {
        /** Gives when the last byte was there. */
        long check(InputStream in) throws IOException;
    }

    /** Fetches it; a failure is a result, too. */
    public static PageVisit make(Node host, InetSocketAddress server, int bytes) {
        return ask(host, server, request("GET /bytes/" + bytes, ""), in -> check(in, bytes));
    }

    /** Sends bytes instead, by a request that nobody may make twice. */
    public static PageVisit post(Node host, InetSocketAddress server, int bytes) {
        String body = "x".repeat(bytes);
        String request = request("POST /sink", "Content-Length: " + bytes + "\r\n") + body;
        return ask(host, server, request, in -> checkReceipt(in, body));
    }

    private static String request(String what, String headers) {
        return what + " HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static PageVisit ask(Node host, InetSocketAddress server, String request, Body body) {
        long start = System.nanoTime();
        long firstByte = start;
        // The channel, for it makes its descriptor at once, while the thread is in the host's namespace.
        try (SocketChannel channel = host.call(SocketChannel::open)) {
            start = System.nanoTime();
            channel.socket().connect(server, PATIENCE_MILLIS);
            channel.socket().setTcpNoDelay(true);
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            channel.socket().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = channel.socket().getInputStream();
            int next = in.read();
            firstByte = System.nanoTime();
            String peer = readHead(in, next);
            long lastByte = body.check(in);
            return new PageVisit(start, firstByte, lastByte, System.nanoTime(), peer, Optional.empty());
        } catch (IOException e) {
            long end = System.nanoTime();
            return new PageVisit(start, firstByte, end, end, "", Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Reads the head, and gives whom it calls the client. */
    private static String readHead(InputStream in, int first) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = first; ; next = in.read()) {
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new EOFException("the stream ended in the head \"" + head + "\"");
            }
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException("not an answer: \"" + head + "\"");
        }
        return head.toString()
                .lines()
                .filter(line -> line.startsWith(WebServer.PEER))
                .map(line -> line.substring(WebServer.PEER.length()))
                .findFirst()
                .orElse("");
    }

    private static long check(InputStream in, int bytes) throws IOException {
        byte[] expected = new byte[(bytes + KnownBytes.WORD - 1) / KnownBytes.WORD * KnownBytes.WORD];
        KnownBytes.fill(0, expected);
        byte[] page = in.readNBytes(bytes);
        long lastByte = System.nanoTime();
        if (page.length != bytes) {
            throw new EOFException("the stream ended after " + page.length + " of " + bytes + " bytes");
        }
        if (in.read() >= 0) {
            throw new IOException("there is more than " + bytes + " bytes");
        }
        int wrong = Arrays.mismatch(page, 0, bytes, expected, 0, bytes);
        if (wrong >= 0) {
            throw new IOException("byte " + wrong + " is wrong");
        }
        return lastByte;
    }

    private static long checkReceipt(InputStream in, String body) throws IOException {
        byte[] sum = KnownBytes.sha256().digest(body.getBytes(StandardCharsets.US_ASCII));
        String receipt = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        long end = System.nanoTime();
        if (!receipt.equals(body.length() + " " + HexFormat.of().formatHex(sum) + "\n")) {
            throw new IOException("the server got something else: " + receipt.strip());
        }
        return end;
    }

    public boolean isGood() {
        return failure.isEmpty();
    }

    /** From the host's connect to the first byte of the answer. */
    public double setupSeconds() {
        return (firstByteNanos - startNanos) / 1e9;
    }

    public double seconds() {
        return (endNanos - startNanos) / 1e9;
    }
}
