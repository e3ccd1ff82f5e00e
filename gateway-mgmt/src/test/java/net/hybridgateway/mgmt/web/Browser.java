package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks to the server byte by byte, as a browser would, or as none would. */
final class Browser implements Closeable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final String origin;
    private String cookie = "";
    private String token = "1";

    /** An answer; headers by their names in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonObject json() {
            try {
                return JsonParser.object().from(body);
            } catch (JsonParserException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    private Browser(Socket socket, String origin) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.origin = origin;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static Browser open(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        return new Browser(socket, "http://" + server.getAddress().getHostAddress() + ":" + server.getPort());
    }

    static Browser over(Socket socket, String origin) throws IOException {
        return new Browser(socket, origin);
    }

    /** Another connection of the same window. */
    Browser again(InetSocketAddress server) throws IOException {
        Browser other = open(server);
        other.cookie = cookie;
        other.token = token;
        return other;
    }

    String host() {
        return origin.replaceFirst("https?://", "");
    }

    String origin() {
        return origin;
    }

    String cookie() {
        return cookie;
    }

    String token() {
        return token;
    }

    void cookie(String other) {
        cookie = other;
    }

    Answer get(String path, String... headers) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n" + cookieLine() + lines(headers) + "\r\n");
        return answer();
    }

    /** With all that a page of ours sends. */
    Answer post(String path, String body) throws IOException {
        return post(path, body, "Origin: " + origin, "X-Hybrid-Gateway: " + token, "Content-Type: application/json");
    }

    Answer post(String path, String body, String... headers) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n" + cookieLine() + lines(headers)
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        Answer answer = answer();
        String set = answer.headers().getOrDefault("set-cookie", "");
        if (!set.isEmpty()) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        if (answer.body().contains("\"token\"")) {
            token = answer.json().getString("token");
        }
        return answer;
    }

    private String cookieLine() {
        return cookie.isEmpty() ? "" : "Cookie: other=1; " + cookie + "\r\n";
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads one answer with a length. */
    Answer answer() throws IOException {
        String status = line();
        Map<String, String> headers = headers();
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(
                Integer.parseInt(status.split(" ", 3)[1]),
                headers,
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** The next line; throws if the connection ends before. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Whether the server ends the connection; waits for it. */
    boolean ended() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // a reset is an end, too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
