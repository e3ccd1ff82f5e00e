package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.traffic.KnownBytes;

/**
 * One long stream between the LAN host and the web host, as fast as the lines are, until somebody says that it is enough.
 * Each has a server of its own, so it is known by its port.
 */
final class Transfer implements AutoCloseable {
    /** Which way the bytes go, seen from the LAN. */
    enum Way {
        DOWN,
        UP
    }

    private static final int BLOCK = 16 * 1024;
    /** The queues on the way hold megabytes. */
    private static final Duration FAREWELL = Duration.ofSeconds(60);

    private final String name;
    private final Socket sender;
    private final Socket receiver;
    private final CompletableFuture<Long> sent;
    private final CompletableFuture<String> digest;
    private final AtomicLong received = new AtomicLong();
    private volatile boolean enough;

    private Transfer(String name, Socket sender, Socket receiver) {
        this.name = name;
        this.sender = sender;
        this.receiver = receiver;
        sent = CompletableFuture.supplyAsync(this::send, Transfer::onThreadOfItsOwn);
        digest = CompletableFuture.supplyAsync(this::receive, Transfer::onThreadOfItsOwn);
    }

    private static void onThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "transfer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects, exchanges a greeting and begins. The server speaks first, so the greeting waits for the whole way.
     *
     * @param address the web host's
     * @param port for this transfer alone
     */
    static Transfer start(House house, Way way, String address, int port) throws IOException {
        try (ServerSocketChannel listener = house.web().call(ServerSocketChannel::open)) {
            listener.bind(new InetSocketAddress(port));
            CompletableFuture<Socket> greeted = new CompletableFuture<>();
            onThreadOfItsOwn(() -> greetAll(listener, greeted));
            Socket host = Lan.connect(house.lanHost(0), address, port);
            try {
                host.getOutputStream().write(host.getInputStream().read());
                Socket server = greeted.get(Lan.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                String name = way + " " + address + " port " + port;
                return way == Way.DOWN ? new Transfer(name, server, host) : new Transfer(name, host, server);
            } catch (IOException | ExecutionException | TimeoutException e) {
                host.close();
                throw new IOException("no greeting from " + address + " port " + port + ": " + e, e);
            } catch (InterruptedException e) {
                host.close();
                Thread.currentThread().interrupt();
                throw new LabException("interrupted", e);
            }
        }
    }

    /** A gateway that had to dial again may have left a connection behind: the one that answers the greeting counts. */
    private static void greetAll(ServerSocketChannel listener, CompletableFuture<Socket> greeted) {
        while (listener.isOpen()) {
            try {
                Socket socket = listener.socket().accept();
                onThreadOfItsOwn(() -> greet(socket, greeted));
            } catch (IOException e) {
                // The listener was closed: somebody has answered.
                return;
            }
        }
    }

    private static void greet(Socket socket, CompletableFuture<Socket> greeted) {
        try {
            socket.getOutputStream().write('!');
            if (socket.getInputStream().read() == '!' && greeted.complete(socket)) {
                return;
            }
            socket.close();
        } catch (IOException e) {
            // Left behind, and reset by now.
            return;
        }
    }

    private long send() {
        byte[] block = new byte[BLOCK];
        long offset = 0;
        try (OutputStream out = sender.getOutputStream()) {
            for (; !enough; offset += BLOCK) {
                KnownBytes.fill(offset, block);
                out.write(block);
            }
            return offset;
        } catch (IOException e) {
            throw new LabException(name + ": sender, after " + offset + " bytes: " + e.getMessage(), e);
        }
    }

    private String receive() {
        byte[] block = new byte[BLOCK];
        try (InputStream in = receiver.getInputStream()) {
            receiver.setSoTimeout((int) FAREWELL.toMillis());
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                hash.update(block, 0, count);
                received.addAndGet(count);
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException e) {
            throw new LabException(name + ": receiver, after " + received + " bytes: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new LabException("every Java has SHA-256", e);
        }
    }

    /** Bytes that arrived so far. */
    long received() {
        return received.get();
    }

    /** Lets the sender end its stream, and waits until all has arrived; whatever is wrong is an exception. */
    void finish() {
        enough = true;
        try {
            long length = sent.get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
            String actual = digest.get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
            if (received.get() != length || !actual.equals(KnownBytes.sha256(length))) {
                throw new AssertionError(name + ": " + length + " bytes sent, " + received + " received, or not these");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new AssertionError(name + ": does not come to its end, " + received + " bytes received", e);
        }
    }

    @Override
    public void close() throws IOException {
        enough = true;
        sender.close();
        receiver.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
