package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/** Many connections at a time, each with bytes and an end of its own: what one host does, the other one sees. */
class ManyConnectionsIT {
    private static final int CONNECTIONS = 500;
    private static final int PORT = 9000;
    private static final int BACKLOG = 1024;
    private static final int SILENCE_MILLIS = 120_000;
    private static final Duration ALL = Duration.ofMinutes(4);
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, CompletableFuture<String>> seenByServer = new ConcurrentHashMap<>();

    @Test
    void everyByteIsRightAndEveryEndIsSeen() throws Exception {
        try (House house = Lan.build(HousePlan.plain());
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("always"));
                ServerSocket listener =
                        house.web().call(() -> ServerSocketChannel.open().socket())) {
            listener.bind(new InetSocketAddress(PORT), BACKLOG);
            threads.execute(() -> acceptAll(listener));
            // One connection first, so that what is opened once is open when the counting begins.
            assertEquals(List.of(), failures(house, 0, 1));
            OpenFiles ofGateway = OpenFiles.of(gateway.process());
            OpenFiles ofConversionPoint = OpenFiles.of(conversionPoint.process());

            assertEquals(List.of(), failures(house, 1, CONNECTIONS));

            assertTrue(Pause.until(SETTLE, () -> GatewayStatus.of(gateway).activeConnections() == 0), "still active");
            assertTrue(Pause.until(SETTLE, () -> GatewayStatus.of(gateway).heldBuffers() == 0), "buffers");
            ofGateway.assertNoneLeftOver();
            ofConversionPoint.assertNoneLeftOver();
            assertEquals(CONNECTIONS + 1, GatewayStatus.of(gateway).totalConnections());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Opens all connections and then lets all conversations run at once; a line for each that did not go as it should. */
    private List<String> failures(House house, int first, int count) throws Exception {
        Map<Integer, Socket> sockets = new TreeMap<>();
        for (int number = first; number < first + count; number++) {
            seenByServer.put(number, new CompletableFuture<>());
            String server = number % 2 == 0 ? House.webIpv4() : House.webIpv6();
            sockets.put(number, Lan.connect(house.lanHost(0), server, PORT));
        }
        Map<Integer, Future<String>> seenByClient = new TreeMap<>();
        sockets.forEach((number, socket) ->
                seenByClient.put(number, threads.submit(() -> client(new Conversation(number), socket))));
        List<String> failures = new ArrayList<>();
        long deadline = System.nanoTime() + ALL.toNanos();
        for (Map.Entry<Integer, Future<String>> entry : seenByClient.entrySet()) {
            Conversation conversation = new Conversation(entry.getKey());
            compare(conversation.clientShallSee(), entry.getValue(), deadline, "client of " + conversation, failures);
            compare(
                    conversation.serverShallSee(),
                    seenByServer.get(entry.getKey()),
                    deadline,
                    "server of " + conversation,
                    failures);
        }
        return failures;
    }

    private static void compare(String expected, Future<String> seen, long deadline, String who, List<String> failures)
            throws InterruptedException {
        try {
            String actual = seen.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!actual.equals(expected)) {
                failures.add(who + " saw " + actual + " and not " + expected);
            }
        } catch (ExecutionException e) {
            failures.add(who + ": " + e.getCause());
        } catch (TimeoutException e) {
            failures.add(who + " hangs");
        }
    }

    private static String client(Conversation conversation, Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(conversation.number());
            return conversation.asClient(socket);
        }
    }

    private void acceptAll(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // The listener was closed: the test is over.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            int number = new DataInputStream(socket.getInputStream()).readInt();
            CompletableFuture<String> seen = seenByServer.get(number);
            try {
                seen.complete(new Conversation(number).asServer(socket));
            } catch (IOException | AssertionError e) {
                seen.completeExceptionally(e);
            }
        } catch (IOException e) {
            // A client that reset at once: its number may never have come, and then nobody waits for it here.
            return;
        }
    }
}
