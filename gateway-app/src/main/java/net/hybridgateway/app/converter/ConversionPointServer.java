package net.hybridgateway.app.converter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import net.hybridgateway.app.relay.Acceptor;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import org.tinylog.Logger;

/**
 * The listening half of a conversion point: accepts Convert clients, counts them, and starts a session for each.
 *
 * <p>Sessions belong to the relay's loops; only the counts are shared.
 */
public final class ConversionPointServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int FAST_OPEN_QUEUE = 1024;
    private static final Duration IDLE_CHECK = Duration.ofSeconds(5);

    private final RelayLoops loops;
    private final ConverterOptions options;
    private final LongSupplier nanoTime;
    private final AtomicInteger live = new AtomicInteger();
    private final Map<InetAddress, Integer> perClient = new ConcurrentHashMap<>();
    private final Map<RelayLoop, Set<ConverterSession>> sessions = new HashMap<>();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<RelayLoop.Timer> timers = new ArrayList<>();

    public ConversionPointServer(RelayLoops loops, ConverterOptions options, LongSupplier nanoTime) {
        this.loops = loops;
        this.options = options;
        this.nanoTime = nanoTime;
        loops.all().forEach(loop -> sessions.put(loop, new HashSet<>()));
    }

    /**
     * Begins to listen.
     *
     * @throws ErrnoException if an address cannot be listened on
     */
    public void start() {
        for (InetSocketAddress address : options.listen()) {
            listen(address);
        }
        for (RelayLoop loop : loops.all()) {
            timers.add(loop.scheduleEvery(() -> checkIdle(loop), IDLE_CHECK));
        }
    }

    private void listen(InetSocketAddress address) {
        int fd;
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.MPTCP)) {
            listener.set(SocketOption.SO_REUSEADDR, 1)
                    .acceptSynData(FAST_OPEN_QUEUE)
                    .bind(address)
                    .listen(BACKLOG);
            fd = listener.release();
        }
        RelayLoop first = loops.all().get(0);
        acceptors.add(first.ask(() -> Acceptor.start(
                first, fd, this::accepted, e -> Logger.warn("cannot accept clients: {}", e.getMessage()))));
    }

    private void accepted(int fd) {
        RelayLoop loop = loops.next();
        loop.execute(() -> begin(loop, fd));
    }

    private void begin(RelayLoop loop, int fd) {
        InetAddress client;
        try {
            client = SocketQuery.remoteAddress(fd).getAddress();
        } catch (ErrnoException e) {
            // The client has reset the connection before it was taken in: the socket has no peer any more.
            Acceptor.refuse(fd);
            return;
        }
        try {
            ConverterSession session = new ConverterSession(this, loop, fd, client);
            live.incrementAndGet();
            perClient.merge(client, 1, Integer::sum);
            sessions.get(loop).add(session);
        } catch (IOException e) {
            Logger.warn("cannot take a client in: {}", e.getMessage());
        }
    }

    /** Whether a session is one too many, of all or of its client. */
    boolean isOverLimit(ConverterSession session) {
        return live.get() > options.maxConnections()
                || perClient.getOrDefault(session.clientAddress(), 0) > options.maxConnectionsPerClient();
    }

    /** Forgets a session. Called once, on its loop. */
    void ended(RelayLoop loop, ConverterSession session) {
        sessions.get(loop).remove(session);
        live.decrementAndGet();
        perClient.computeIfPresent(session.clientAddress(), (client, count) -> count == 1 ? null : count - 1);
    }

    ConverterOptions options() {
        return options;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    private void checkIdle(RelayLoop loop) {
        long now = nanoTime.getAsLong();
        List.copyOf(sessions.get(loop)).forEach(session -> session.checkIdle(now));
    }

    /** Stops to listen, and resets what runs. */
    @Override
    public void close() {
        timers.forEach(RelayLoop.Timer::cancel);
        loops.all().get(0).run(() -> acceptors.forEach(Acceptor::close));
        for (RelayLoop loop : loops.all()) {
            loop.run(() -> List.copyOf(sessions.get(loop)).forEach(ConverterSession::abandon));
        }
    }
}
