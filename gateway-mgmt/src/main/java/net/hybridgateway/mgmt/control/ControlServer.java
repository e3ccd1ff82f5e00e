package net.hybridgateway.mgmt.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/**
 * Serves the control socket on one thread of its own, "mgmt".
 *
 * <p>{@link #open} takes the socket's place, {@link #start} begins to answer, {@link #close} removes the socket. One that
 * a dead daemon left behind is replaced; one that is served is not.
 */
public final class ControlServer implements AutoCloseable {
    static final int MAX_CLIENTS = 16;

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final long ACCEPT_PAUSE_NANOS = 100_000_000;
    private static final int ROOT = 0;

    private final Path socket;
    private final ControlCommands commands;
    private final AccessRule rule;
    private final int owner;
    private final long timeoutNanos;
    private final UnixServerSocketChannel listener;
    private final AbstractSelector selector;
    private final Thread thread = new Thread(this::serve, "mgmt");
    private volatile boolean closing;

    /** Sorts out clients by their users. */
    @FunctionalInterface
    interface AccessRule {
        AccessRule ROOT_AND_OWNER = (user, owner) -> user == ROOT || user == owner;

        /**
         * Whether a client may send commands.
         *
         * @param user numeric id of the client's user
         * @param owner that of the socket, and so of this process
         */
        boolean allows(int user, int owner);
    }

    private ControlServer(
            Path socket,
            ControlCommands commands,
            Duration requestTimeout,
            AccessRule rule,
            UnixServerSocketChannel listener)
            throws IOException {
        this.socket = socket;
        this.commands = commands;
        this.timeoutNanos = requestTimeout.toNanos();
        this.rule = rule;
        this.owner = (int) Files.getAttribute(socket, "unix:uid");
        this.listener = listener;
        this.selector = NativeSelectorProvider.getInstance().openSelector();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Binds {@code socket}, with mode 0600, and makes its directory, with mode 0700, if there is none.
     *
     * @throws ControlException if another daemon serves it, or its place can't be had
     */
    public static ControlServer open(Path socket, ControlCommands commands) throws ControlException {
        return open(socket, commands, REQUEST_TIMEOUT, AccessRule.ROOT_AND_OWNER);
    }

    static ControlServer open(Path socket, ControlCommands commands, Duration requestTimeout, AccessRule rule)
            throws ControlException {
        try {
            SocketPlace.prepare(socket, ControlServer::answers);
            UnixServerSocketChannel listener = UnixServerSocketChannel.open();
            try {
                listener.socket().bind(new UnixSocketAddress(socket.toFile()), MAX_CLIENTS);
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
                return new ControlServer(socket, commands, requestTimeout, rule, listener);
            } catch (IOException e) {
                listener.close();
                throw e;
            }
        } catch (ControlException e) {
            throw e;
        } catch (IOException e) {
            throw new ControlException("can't open the control socket " + socket + ": " + e, e);
        }
    }

    private static boolean answers(Path socket) {
        try (UnixSocketChannel probe = UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()))) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins to answer. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the thread and removes the socket; not for command handlers. Clients that wait for a response get none. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        joinThread();
        Files.deleteIfExists(socket);
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }

    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (!closing) {
                selector.select(millisToNextDeadline());
                for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    if (key.isValid()) { // else it was closed in this very round
                        handle(key);
                    }
                }
                endOverdueSessions();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the control socket can't be served any more", e);
        }
    }

    private void handle(SelectionKey ready) throws IOException {
        if (ready.attachment() instanceof ControlSession session) {
            progress(ready, session);
        } else {
            acceptAll();
        }
    }

    private List<SelectionKey> sessionKeys() {
        return selector.keys().stream()
                .filter(key -> key.isValid() && key.attachment() != null)
                .toList();
    }

    /** At least 1; or 0, which means forever. */
    private long millisToNextDeadline() {
        long now = System.nanoTime();
        return sessionKeys().stream()
                .map(key -> (ControlSession) key.attachment())
                .mapToLong(session -> Math.max(1, 1 + (session.deadlineNanos() - now) / 1_000_000))
                .min()
                .orElse(0);
    }

    private void acceptAll() {
        try {
            for (UnixSocketChannel client = listener.accept(); client != null; client = listener.accept()) {
                begin(client);
            }
        } catch (IOException e) {
            // Out of descriptors, most likely. The client stays in the queue, so don't spin.
            LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
        }
    }

    private void begin(UnixSocketChannel client) throws IOException {
        try {
            client.configureBlocking(false);
            ControlSession session = new ControlSession(client, commands::answer, System.nanoTime(), timeoutNanos);
            int user = client.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
            if (!rule.allows(user, owner)) {
                session.refuse("user " + user + " may not send commands");
            } else if (full()) {
                session.refuse("too many clients, at most " + MAX_CLIENTS + " at a time");
            }
            progress(client.register(selector, SelectionKey.OP_READ, session), session);
        } catch (IOException e) {
            client.close();
        }
    }

    /** Looks at all clients first: one of them may have left before this one came, and not been read since. */
    private boolean full() throws IOException {
        if (sessionKeys().size() >= MAX_CLIENTS) {
            for (SelectionKey key : sessionKeys()) {
                progress(key, (ControlSession) key.attachment());
            }
        }
        return sessionKeys().size() >= MAX_CLIENTS;
    }

    private static void progress(SelectionKey key, ControlSession session) throws IOException {
        boolean goesOn;
        try {
            goesOn = session.progress(System.nanoTime());
        } catch (IOException e) {
            goesOn = false; // the client is gone, and nobody is left to be told
        }
        if (goesOn) {
            key.interestOps(session.wantsToWrite() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } else {
            key.channel().close();
        }
    }

    private void endOverdueSessions() throws IOException {
        long now = System.nanoTime();
        for (SelectionKey key : sessionKeys()) {
            if (((ControlSession) key.attachment()).deadlineNanos() - now <= 0) {
                key.channel().close();
            }
        }
    }
}
