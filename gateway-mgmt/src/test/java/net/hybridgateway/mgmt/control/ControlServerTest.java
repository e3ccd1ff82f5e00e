package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.hybridgateway.mgmt.control.ControlServer.AccessRule;
import net.hybridgateway.mgmt.status.ConnectionList;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import net.hybridgateway.mgmt.status.StatusSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets. The strange clients use the JDK's own channels, so that nothing of ours is on both sides. */
@Timeout(300)
class ControlServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String GREET = "{\"command\":\"greet\"}\n";
    private static final String GREETING = "{\"ok\":true,\"result\":{\"hello\":\"world\"}}\n";

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private Path socket() {
        return directory.resolve("run/control.sock");
    }

    private ControlServer serve(ControlCommands commands, Duration timeout, AccessRule rule) throws IOException {
        ControlServer server = ControlServer.open(socket(), commands, timeout, rule);
        open.add(server);
        server.start();
        return server;
    }

    private ControlServer serve() throws IOException {
        return serve(ControlCommandsTest.COMMANDS, TIMEOUT, AccessRule.ROOT_AND_OWNER);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        open.add(channel);
        return channel;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Up to and including a line feed, or what comes before the end. */
    private static String receive(SocketChannel channel) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.indexOf("\n") < 0 && channel.read(one.clear()) > 0) {
            line.append((char) one.get(0));
        }
        return line.toString();
    }

    private static long bytesUntilTheEnd(SocketChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        long bytes = 0;
        for (int read = channel.read(chunk); read > 0; read = channel.read(chunk.clear())) {
            bytes += read;
        }
        return bytes;
    }

    private static String refusal(Callable<?> call) {
        return assertThrows(ControlException.class, call::call).getMessage();
    }

    @Test
    void answersTheClient() throws IOException {
        serve();
        ControlClient client = new ControlClient(socket());
        assertEquals("{\n  \"hello\":\"world\"\n}\n", client.json("greet", Map.of()));
        assertEquals("Hello, Ä\".\n", client.text("greet", Map.of("name", "Ä\"")));
        assertEquals("it can't be done", refusal(() -> client.text("fail", Map.of())));
    }

    @Test
    void showsTheStatus() throws IOException {
        StatusSource source = new StatusSource() {
            @Override
            public GatewayStatus status() {
                return StatusSamples.duringABreak();
            }

            @Override
            public ConnectionList connections(int most) {
                return new ConnectionList(
                        StatusSamples.connections().connections().stream()
                                .limit(most)
                                .toList(),
                        2);
            }

            @Override
            public EventReport events() {
                return StatusSamples.events();
            }
        };
        serve(new ControlCommands(StatusCommands.of(source)), TIMEOUT, AccessRule.ROOT_AND_OWNER);
        ControlClient client = new ControlClient(socket());

        assertTrue(client.text("status", Map.of()).startsWith("hybrid-gateway 0.1.0, up 3h4m, mode backup\n"));
        assertTrue(
                client.json("status", Map.of()).startsWith("{\n  \"version\":\"0.1.0\",\n  \"uptimeSeconds\":11040,"));
        assertTrue(client.text("connections", Map.of()).contains("via operator, MPTCP 0-rtt, fixed (cellular)"));
        assertTrue(client.json("connections", Map.of()).contains("\"destination\":\"203.0.113.80:443\""));
        assertTrue(client.text("connections", Map.of("limit", "1")).endsWith("and 1 more; --limit shows them\n"));
        assertTrue(client.text("events", Map.of()).contains("ago: break of fixed\n"));
        ControlException refused =
                assertThrows(ControlException.class, () -> client.text("connections", Map.of("limit", "0")));
        assertEquals("argument 'limit' must be a whole number from 1 to 65536", refused.getMessage());
    }

    @Test
    void answersSeveralRequestsOfOneConnectionInOrder() throws IOException {
        serve();
        SocketChannel channel = connect();
        send(channel, GREET + "{\"command\":\"fail\"}\n" + GREET.substring(0, 5));
        assertEquals(GREETING, receive(channel));
        assertEquals("{\"ok\":false,\"error\":\"it can't be done\"}\n", receive(channel));
        send(channel, GREET.substring(5));
        assertEquals(GREETING, receive(channel));
    }

    @Test
    void sendsResponsesThatDoNotFitIntoTheSocket() throws IOException {
        serve();
        assertEquals(
                2_000_009, new ControlClient(socket()).text("shout", Map.of()).length());
    }

    @Test
    void refusesLongRequests() throws IOException {
        serve();
        SocketChannel channel = connect();
        send(channel, " ".repeat(ControlSession.MAX_REQUEST_BYTES - GREET.length()) + GREET);
        assertEquals(GREETING, receive(channel));
        send(channel, "x".repeat(ControlSession.MAX_REQUEST_BYTES));
        assertEquals("{\"ok\":false,\"error\":\"a request has at most 65536 bytes\"}\n", receive(channel));
        assertEquals("", receive(channel));
    }

    @Test
    void servesSixteenClientsAndTellsTheNextOne() throws IOException {
        serve();
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < ControlServer.MAX_CLIENTS; i++) {
            clients.add(connect());
            send(clients.get(i), GREET);
            assertEquals(GREETING, receive(clients.get(i)));
        }
        assertEquals("too many clients, at most 16 at a time", refusal(() -> new ControlClient(socket())
                .text("greet", Map.of())));
        clients.get(3).close();
        String text = retry(() -> new ControlClient(socket()).text("greet", Map.of()));
        assertEquals("Hello, world.\n", text);
        send(clients.get(15), GREET);
        assertEquals(GREETING, receive(clients.get(15)));
    }

    /** The server may hear of a client's end a moment later. */
    private static String retry(Callable<String> call) {
        return assertTimeoutPreemptively(TIMEOUT, () -> {
            while (true) {
                try {
                    return call.call();
                } catch (ControlException e) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Test
    void endsClientsThatStaySilentOrDoNotTakeTheirResponse() throws IOException {
        // Not shorter: the last client here is to say its word in time.
        serve(ControlCommandsTest.COMMANDS, Duration.ofSeconds(3), AccessRule.ROOT_AND_OWNER);
        SocketChannel silent = connect();
        SocketChannel slow = connect();
        send(slow, "{\"command\":\"shout\"}\n");
        SocketChannel half = connect();
        send(half, "{\"comm");

        assertEquals("", receive(silent));
        assertEquals("", receive(half));
        assertTrue(bytesUntilTheEnd(slow) < 2_000_000);
        assertEquals("Hello, world.\n", new ControlClient(socket()).text("greet", Map.of()));
    }

    @Test
    void survivesClientsThatVanish() throws IOException {
        serve();
        for (int i = 0; i < 50; i++) {
            SocketChannel channel = connect();
            send(channel, i % 2 == 0 ? "{\"command\":\"shout\"}\n" : "{\"com");
            channel.close();
        }
        assertEquals("Hello, world.\n", retry(() -> new ControlClient(socket()).text("greet", Map.of())));
    }

    @Test
    void refusesOtherUsers() throws IOException {
        serve(ControlCommandsTest.COMMANDS, TIMEOUT, (user, owner) -> user != owner);
        int self = (int) Files.getAttribute(socket(), "unix:uid");
        assertEquals("user " + self + " may not send commands", refusal(() -> new ControlClient(socket())
                .text("greet", Map.of())));
    }

    @Test
    void allowsRootAndTheOwnerOnly() {
        assertTrue(AccessRule.ROOT_AND_OWNER.allows(0, 1000));
        assertTrue(AccessRule.ROOT_AND_OWNER.allows(1000, 1000));
        assertFalse(AccessRule.ROOT_AND_OWNER.allows(1001, 1000));
        assertFalse(AccessRule.ROOT_AND_OWNER.allows(1001, 0));
    }

    @Test
    void keepsTheSocketToItsOwner() throws IOException {
        serve();
        assertEquals("rwx------", permissions(socket().getParent()));
        assertEquals("rw-------", permissions(socket()));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void replacesTheSocketOfADeadDaemon() throws IOException {
        Files.createDirectories(socket().getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertTrue(Files.exists(socket()));
        serve();
        assertEquals("Hello, world.\n", new ControlClient(socket()).text("greet", Map.of()));
    }

    @Test
    void leavesTheSocketOfALiveDaemon() throws IOException {
        serve();
        assertEquals(
                "another daemon answers on " + socket() + ": stop it first",
                refusal(() -> ControlServer.open(socket(), ControlCommandsTest.COMMANDS)));
        assertEquals("Hello, world.\n", new ControlClient(socket()).text("greet", Map.of()));
    }

    @Test
    void refusesPlacesThatAreNotForASocket() throws IOException {
        Files.createDirectories(socket().getParent());
        Files.createFile(socket());
        assertEquals(
                socket() + " exists and is not a socket: remove it",
                refusal(() -> ControlServer.open(socket(), ControlCommandsTest.COMMANDS)));

        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(
                "other users may write to " + shared
                        + ", so the control socket would not be safe there: chmod 700 it or use another directory",
                refusal(() -> ControlServer.open(shared.resolve("s"), ControlCommandsTest.COMMANDS)));

        Path deep = directory.resolve("x".repeat(100)).resolve("control.sock");
        assertEquals(
                "the path of the control socket is longer than 107 bytes: " + deep,
                refusal(() -> ControlServer.open(deep, ControlCommandsTest.COMMANDS)));
    }

    @Test
    void closesCleanlyAndTellsTheNextClientSo() throws IOException {
        ControlServer server = serve();
        SocketChannel channel = connect();
        send(channel, GREET);
        assertEquals(GREETING, receive(channel));

        server.close();

        assertFalse(Files.exists(socket()));
        assertEquals("", receive(channel));
        assertEquals(
                "no daemon answers on " + socket() + ": is hybrid-gateway running?",
                refusal(() -> new ControlClient(socket()).text("greet", Map.of())));
        serve();
        assertEquals("Hello, world.\n", new ControlClient(socket()).text("greet", Map.of()));
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        serve();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> texts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                texts.add(threads.submit(() -> new ControlClient(socket()).text("greet", Map.of())));
            }
            for (Future<String> text : texts) {
                assertEquals("Hello, world.\n", text.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
