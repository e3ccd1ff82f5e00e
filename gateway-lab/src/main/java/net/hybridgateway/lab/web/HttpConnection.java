package net.hybridgateway.lab.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import net.hybridgateway.lab.traffic.KnownBytes;

/** One connection of the {@link WebServer}: requests in turn, each answered before the next is read. */
final class HttpConnection {
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final String BYTES = "/bytes/";
    static final String PEER = "Peer: ";

    private final InputStream in;
    private final OutputStream out;
    private final String peer;
    private final byte[] block = new byte[BLOCK];

    /** @param peer the client's address as the server sees it, which each answer tells in a line {@value #PEER} */
    HttpConnection(InputStream in, OutputStream out, String peer) {
        this.in = new BufferedInputStream(in, BLOCK);
        this.out = out;
        this.peer = peer;
    }

    /** Returns when the client ended the connection, or asked for its end. */
    void serveAll() throws IOException {
        boolean more;
        do {
            more = serveNext();
        } while (more);
    }

    private boolean serveNext() throws IOException {
        String requestLine = readLine(LONGEST_HEAD);
        if (requestLine.isEmpty()) {
            return false;
        }
        long length = 0;
        boolean close = requestLine.endsWith("HTTP/1.0");
        int room = LONGEST_HEAD;
        for (String line = readLine(room); !line.isEmpty(); line = readLine(room)) {
            room -= line.length();
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                close = true;
            }
        }
        answer(requestLine.split(" ", 3), length);
        return !close;
    }

    private void answer(String[] request, long bodyLength) throws IOException {
        String what = request.length == 3 ? request[0] + " " + request[1] : "";
        if (what.equals("GET /small")) {
            text("200 OK", "small\n");
        } else if (what.startsWith("GET " + BYTES)) {
            bytes(number(request[1].substring(BYTES.length())));
        } else if (what.equals("POST /sink")) {
            text("200 OK", sink(bodyLength));
        } else {
            text("404 Not Found", "GET /bytes/N, GET /small, POST /sink\n");
        }
    }

    private void bytes(long length) throws IOException {
        out.write(head("200 OK", "application/octet-stream", length));
        for (long offset = 0; offset < length; offset += BLOCK) {
            KnownBytes.fill(offset, block);
            out.write(block, 0, (int) Math.min(BLOCK, length - offset));
        }
    }

    private String sink(long length) throws IOException {
        MessageDigest digest = KnownBytes.sha256();
        long left = length;
        while (left > 0) {
            int count = in.read(block, 0, (int) Math.min(BLOCK, left));
            if (count < 0) {
                throw new IOException("the client left with " + left + " bytes to go");
            }
            digest.update(block, 0, count);
            left -= count;
        }
        return length + " " + HexFormat.of().formatHex(digest.digest()) + "\n";
    }

    private void text(String status, String body) throws IOException {
        byte[] head = head(status, "text/plain", body.length());
        byte[] both = new byte[head.length + body.length()];
        System.arraycopy(head, 0, both, 0, head.length);
        System.arraycopy(body.getBytes(StandardCharsets.US_ASCII), 0, both, head.length, body.length());
        out.write(both);
    }

    private byte[] head(String status, String type, long length) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n" + PEER
                        + peer + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Up to the next line feed, without line end; empty at the end of the stream. */
    private String readLine(int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() >= longest) {
                throw new IOException("a request head of more than " + LONGEST_HEAD + " bytes");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static long number(String text) throws IOException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + text, e);
        }
        throw new IOException("not a length: " + text);
    }
}
