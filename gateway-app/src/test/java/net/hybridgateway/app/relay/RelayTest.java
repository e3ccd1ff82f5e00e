package net.hybridgateway.app.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay between real sockets on loopback. */
@Timeout(60)
class RelayTest {
    private static final int LONG = 20_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private LoopbackForwarder forwarder;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        forwarder =
                new LoopbackForwarder(new java.net.InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    }

    @AfterEach
    void stop() throws Exception {
        forwarder.close();
        server.close();
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void carriesBothWaysAtOnce() throws Exception {
        byte[] up = randomBytes(1, LONG);
        byte[] down = randomBytes(2, LONG);
        Future<byte[]> atServer = onServer(socket -> {
            Future<?> writing = threads.submit(() -> write(socket, down));
            byte[] received = socket.getInputStream().readAllBytes();
            writing.get();
            return received;
        });

        try (Socket client = connect()) {
            Future<?> writing = threads.submit(() -> write(client, up));
            assertArrayEquals(sha(down), sha(client.getInputStream().readAllBytes()));
            writing.get();
        }

        assertArrayEquals(sha(up), sha(atServer.get()));
        assertEquals("", forwarder.leftOver());
        assertEquals(List.of(Relay.End.CLOSED), forwarder.ends);
    }

    @Test
    void keepsHalfCloseWhileLongAnswerFollows() throws Exception {
        byte[] answer = randomBytes(3, LONG);
        Future<Integer> request = onServer(socket -> {
            int length = socket.getInputStream().readAllBytes().length;
            write(socket, answer);
            return length;
        });

        try (Socket client = connect()) {
            client.getOutputStream().write(new byte[1000]);
            client.shutdownOutput();
            assertArrayEquals(sha(answer), sha(client.getInputStream().readAllBytes()));
        }

        assertEquals(1000, request.get());
        assertEquals("", forwarder.leftOver());
    }

    @Test
    void keepsServersHalfCloseWhileUploadFollows() throws Exception {
        byte[] upload = randomBytes(4, LONG);
        Future<byte[]> atServer = onServer(socket -> {
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        });

        try (Socket client = connect()) {
            assertEquals(-1, client.getInputStream().read());
            write(client, upload);
            assertArrayEquals(sha(upload), sha(atServer.get()));
        }
        assertEquals("", forwarder.leftOver());
    }

    @Test
    void readsNoMoreThanOneBufferAheadOfSlowReader() throws Exception {
        CompletableFuture<Void> mayRead = new CompletableFuture<>();
        Future<Long> read = onServer(socket -> {
            mayRead.join();
            return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });

        try (Socket client = connect()) {
            Future<?> writing = threads.submit(() -> write(client, new byte[LONG]));
            awaitStandstill();
            assertTrue(forwarder.loops.counters().pendingBytes() <= RelayLoop.BUFFER_BYTES);
            assertTrue(forwarder.loops.counters().pendingBuffers() <= 1);
            assertTrue(!writing.isDone(), "the writer has to wait for the reader");
            mayRead.complete(null);
            writing.get();
        }

        assertEquals(LONG, read.get());
        assertEquals("", forwarder.leftOver());
    }

    @Test
    void passesClientsResetOnToServer() throws Exception {
        Future<IOException> seen = onServer(socket -> {
            socket.getOutputStream().write(1);
            return assertThrows(
                    SocketException.class, () -> socket.getInputStream().readAllBytes());
        });
        try (Socket client = connect()) {
            assertEquals(1, client.getInputStream().read());
            client.setSoLinger(true, 0);
        }
        assertTrue(seen.get().getMessage().contains("reset"), seen.get()::getMessage);
        assertEquals("", forwarder.leftOver());
        assertEquals(List.of(Relay.End.RESET), forwarder.ends);
    }

    @Test
    void passesServersResetOnToClient() throws Exception {
        Future<?> serving = onServer(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            return null;
        });
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            InputStream in = client.getInputStream();
            assertThrows(SocketException.class, in::read);
        }
        serving.get();
        assertEquals("", forwarder.leftOver());
    }

    @Test
    void passesResetOnEvenWhileReaderIsBlocked() throws Exception {
        CompletableFuture<Void> reset = new CompletableFuture<>();
        Future<IOException> seen = onServer(socket -> {
            reset.join();
            return assertThrows(SocketException.class, () -> {
                byte[] buffer = new byte[65536];
                while (socket.getInputStream().read(buffer) >= 0) {
                    // What was on its way may still arrive.
                }
            });
        });
        Socket client = connect();
        Future<?> writing = threads.submit(() -> {
            assertThrows(IOException.class, () -> write(client, new byte[LONG]));
            return null;
        });
        awaitStandstill();
        client.setSoLinger(true, 0);
        client.close();
        writing.get();
        assertEquals("", forwarder.leftOver());
        reset.complete(null);
        assertTrue(seen.get().getMessage().contains("reset"), seen.get()::getMessage);
    }

    @Test
    void resetsClientWhenServerRefuses() throws Exception {
        server.close();
        try (Socket client = connect()) {
            InputStream in = client.getInputStream();
            assertThrows(SocketException.class, in::read);
        }
        assertEquals("", forwarder.leftOver());
    }

    @Test
    void stopsOnDemandAndResetsBothSides() throws Exception {
        Future<IOException> seen = onServer(socket -> assertThrows(
                SocketException.class, () -> socket.getInputStream().readAllBytes()));
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            awaitStandstill();
            forwarder.onLoop(() -> forwarder.relays.get(0).stop(Relay.End.IDLE));
            InputStream in = client.getInputStream();
            assertThrows(SocketException.class, in::read);
        }
        assertTrue(seen.get().getMessage().contains("reset"), seen.get()::getMessage);
        assertEquals("", forwarder.leftOver());
        assertEquals(List.of(Relay.End.IDLE), forwarder.ends);
    }

    @Test
    void carriesHundredsOfConnectionsWithEveryByteRight() throws Exception {
        int count = 300;
        Future<?> echoing = threads.submit(() -> {
            List<Future<Long>> echoes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Socket socket = server.accept();
                echoes.add(threads.submit(() -> {
                    try (socket) {
                        return socket.getInputStream().transferTo(socket.getOutputStream());
                    }
                }));
            }
            return echoes;
        });
        List<Future<Boolean>> results = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            byte[] content = randomBytes(i, random.nextInt(300_000));
            results.add(threads.submit(() -> {
                try (Socket client = connect()) {
                    Future<?> writing = threads.submit(() -> write(client, content));
                    boolean same = MessageDigest.isEqual(
                            content, client.getInputStream().readAllBytes());
                    writing.get();
                    return same;
                }
            }));
        }
        for (Future<Boolean> result : results) {
            assertTrue(result.get());
        }
        echoing.get();
        assertEquals("", forwarder.leftOver());
    }

    private Socket connect() throws IOException {
        return new Socket(forwarder.address().getAddress(), forwarder.address().getPort());
    }

    private <T> Future<T> onServer(Serving<T> serving) {
        return threads.submit(() -> {
            try (Socket socket = server.accept()) {
                return serving.serve(socket);
            }
        });
    }

    private interface Serving<T> {
        T serve(Socket socket) throws Exception;
    }

    /** Waits until the one connection exists and nothing has moved on it for a while. */
    private void awaitStandstill() throws Exception {
        long last = -1;
        int still = 0;
        while (still < 10) {
            Thread.sleep(20);
            long[] now = {-1};
            forwarder.onLoop(() -> now[0] =
                    forwarder.relays.isEmpty() ? -1 : forwarder.relays.get(0).bytesOutward());
            still = now[0] > 0 && now[0] == last ? still + 1 : 0;
            last = now[0];
        }
    }

    /** Writes everything, then ends the stream. */
    private static Void write(Socket socket, byte[] content) throws IOException {
        socket.getOutputStream().write(content);
        socket.shutdownOutput();
        return null;
    }

    private static byte[] randomBytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha(byte[] content) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }
}
