package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/** Sends commands to the daemon, one connection for each. Blocks, for at most {@link #TIMEOUT} without progress. */
public final class ControlClient {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** More than any daemon of ours sends: 65536 connections, each with all its paths. */
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Path socket;

    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * The result as JSON, indented, its last line with a line feed.
     *
     * @throws ControlException if no daemon answers, or it refuses the command
     */
    public String json(String command, Map<String, String> arguments) throws ControlException {
        Object result = result(command, arguments, "json");
        return JsonWriter.indent("  ").string().value(result).done() + "\n";
    }

    /**
     * The result as text for a terminal of 80 columns.
     *
     * @throws ControlException if no daemon answers, or it refuses the command
     */
    public String text(String command, Map<String, String> arguments) throws ControlException {
        return String.valueOf(result(command, arguments, "text"));
    }

    Object result(String command, Map<String, String> arguments, String format) throws ControlException {
        JsonObject request = new JsonObject();
        request.put("command", command);
        request.put("format", format);
        request.putAll(arguments);
        String line = exchange(JsonWriter.string(request));
        try {
            JsonObject response = JsonParser.object().from(line);
            if (response.getBoolean("ok") && response.has("result")) {
                return response.get("result");
            }
            throw new ControlException(response.getString("error", "the daemon gave no reason"));
        } catch (JsonParserException e) {
            throw new ControlException("the daemon's answer is not JSON: " + e.getMessage(), e);
        }
    }

    private String exchange(String request) throws ControlException {
        try (UnixSocketChannel channel = connect()) {
            int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
            channel.setOption(UnixSocketOptions.SO_RCVTIMEO, timeoutMillis);
            channel.setOption(UnixSocketOptions.SO_SNDTIMEO, timeoutMillis);
            write(channel, request + "\n");
            return readLine(channel);
        } catch (ControlException e) {
            throw e;
        } catch (IOException e) {
            throw new ControlException("the daemon on " + socket + " broke off: " + e.getMessage(), e);
        }
    }

    private UnixSocketChannel connect() throws ControlException {
        try {
            return UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()));
        } catch (IOException e) {
            if (isOutOfReach()) {
                throw new ControlException("no permission for " + socket + ": run this as root", e);
            }
            throw new ControlException("no daemon answers on " + socket + ": is hybrid-gateway running?", e);
        }
    }

    /** Whether this user may not look into the directory or not write to the socket. */
    private boolean isOutOfReach() {
        Path directory = socket.toAbsolutePath().getParent();
        boolean hidden = Files.isDirectory(directory) && !Files.isExecutable(directory);
        return hidden || (Files.exists(socket) && !Files.isWritable(socket));
    }

    private void write(UnixSocketChannel channel, String request) {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining() && channel.write(bytes) > 0) {
                // what was not taken goes with the next write; 0 is the time-out
            }
        } catch (IOException e) {
            // The daemon may have refused this client before it read anything; its answer says why, or its end does.
        }
    }

    private String readLine(UnixSocketChannel channel) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(CHUNK_BYTES);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (line.size() <= MAX_RESPONSE_BYTES) {
            int read = channel.read(chunk.clear());
            if (read == 0) {
                throw new ControlException(
                        "the daemon on " + socket + " does not answer within " + TIMEOUT.toSeconds() + " s");
            } else if (read < 0) {
                throw new ControlException("the daemon on " + socket + " broke off before its answer was complete");
            }
            boolean complete = chunk.get(read - 1) == '\n';
            line.write(chunk.array(), 0, complete ? read - 1 : read);
            if (complete) {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
        throw new ControlException("the daemon's answer is longer than " + MAX_RESPONSE_BYTES + " bytes");
    }
}
