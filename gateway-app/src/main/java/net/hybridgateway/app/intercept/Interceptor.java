package net.hybridgateway.app.intercept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import net.hybridgateway.app.progress.ProgressWatch;
import net.hybridgateway.app.relay.Acceptor;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.app.upstream.UpstreamRouter.DirectRoute;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.traffic.TrafficRules;
import net.hybridgateway.scheduler.traffic.TrafficVerdict;
import org.tinylog.Logger;

/**
 * Takes the LAN's connections from the transparent listener and spreads them over the relay's loops.
 *
 * <p>Each connection is known to its own loop only; a question about all of them is asked of each loop in turn.
 */
public final class Interceptor implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final Duration IDLE_CHECK = Duration.ofSeconds(5);

    private final RelayLoops loops;
    private final UpstreamRouter router;
    private final DialSettings dialSettings;
    private volatile InterceptionLimits limits;
    private volatile TrafficRules rules;
    private final Consumer<EngineEvent> engine;
    private final ConnectionTotals totals = new ConnectionTotals();
    private final AtomicInteger live = new AtomicInteger();
    private final Map<RelayLoop, Set<InterceptedConnection>> connections = new HashMap<>();
    private final Map<RelayLoop, ProgressWatch> progressWatches = new HashMap<>();
    private final List<RelayLoop.Timer> timers = new ArrayList<>();
    private Acceptor acceptor;
    private volatile int listeningPort;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param rules what the user allows each connection
     * @param engine hears of each Multipath TCP connection what it may do, if the rules make a difference; called on the
     *     loops
     */
    public Interceptor(
            RelayLoops loops,
            UpstreamRouter router,
            DialSettings dialSettings,
            InterceptionLimits limits,
            TrafficRules rules,
            Consumer<EngineEvent> engine) {
        this.loops = loops;
        this.router = router;
        this.dialSettings = dialSettings;
        this.limits = limits;
        this.rules = rules;
        this.engine = engine;
        for (RelayLoop loop : loops.all()) {
            connections.put(loop, new HashSet<>());
            progressWatches.put(loop, new ProgressWatch(loop, dialSettings.paths(), dialSettings.nanoTime()));
        }
    }

    /**
     * Opens the transparent listener.
     *
     * @param port on all addresses, both families; only what the kernel's tproxy assigns arrives there, and what is sent
     *     to the port itself is refused
     * @throws ErrnoException if the port is taken, or the right to be transparent (CAP_NET_ADMIN) is missing
     */
    public void start(int port) {
        int fd;
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP)) {
            listener.set(SocketOption.SO_REUSEADDR, 1)
                    .transparent()
                    .bind(new InetSocketAddress("::", port))
                    .listen(BACKLOG);
            fd = listener.release();
        }
        listeningPort = port;
        RelayLoop first = loops.all().get(0);
        acceptor = first.ask(() -> Acceptor.start(
                first, fd, this::accepted, e -> Logger.warn("cannot accept LAN connections: {}", e.getMessage())));
        for (RelayLoop loop : loops.all()) {
            timers.add(loop.scheduleEvery(() -> checkIdle(loop), IDLE_CHECK));
        }
    }

    private void accepted(int fd) {
        if (live.incrementAndGet() > limits.maxConnections()) {
            totals.refused.increment();
            refuse(fd);
            return;
        }
        RelayLoop loop = loops.next();
        loop.execute(() -> begin(loop, fd));
    }

    /**
     * Carries a connection that was accepted elsewhere, under the same rules. Callable on any thread.
     *
     * @param fd a connected, non-blocking socket; owned by this object from here on
     */
    public void carry(int fd, InetSocketAddress client, InetSocketAddress destination) {
        live.incrementAndGet();
        RelayLoop loop = loops.next();
        loop.execute(() -> begin(loop, fd, client, destination));
    }

    private void begin(RelayLoop loop, int fd) {
        InetSocketAddress client;
        InetSocketAddress destination;
        try {
            client = SocketQuery.remoteAddress(fd);
            destination = SocketQuery.originalDestination(fd);
            if (destination.getPort() == listeningPort && isOwn(destination.getAddress())) {
                // Somebody talks to the listener itself: carried on, this connection would meet itself for ever.
                refuse(fd);
                return;
            }
        } catch (IOException | ErrnoException e) {
            // Most likely the host has reset the connection before it was taken in, and the socket has no peer any
            // more.
            refuse(fd);
            Logger.debug("cannot take a LAN connection in: {}", e.getMessage());
            return;
        }
        begin(loop, fd, client, destination);
    }

    void begin(RelayLoop loop, int fd, InetSocketAddress client, InetSocketAddress destination) {
        try {
            InterceptedConnection connection = new InterceptedConnection(this, loop, fd, client, destination);
            connections.get(loop).add(connection);
            totals.begun.increment();
            connection.start();
        } catch (IOException e) {
            live.decrementAndGet();
            Logger.warn("cannot take a LAN connection in: {}", e.getMessage());
        }
    }

    private static boolean isOwn(InetAddress address) throws IOException {
        return NetworkInterface.getByInetAddress(address) != null;
    }

    private void refuse(int fd) {
        live.decrementAndGet();
        Acceptor.refuse(fd);
    }

    private void checkIdle(RelayLoop loop) {
        long now = nanoTime();
        for (InterceptedConnection connection : List.copyOf(connections.get(loop))) {
            connection.checkIdle(limits, now);
        }
    }

    /** Counts a connection that begins to carry bytes. Called on its loop. */
    void relaying(ConnectionState state, boolean multipath) {
        switch (state) {
            case CONVERTED -> totals.converted.increment();
            case BYPASS -> totals.bypassed.increment();
            default -> totals.direct.increment();
        }
        if (multipath) {
            totals.multipath.increment();
        }
    }

    /** Forgets a connection. Called on its loop. */
    void ended(RelayLoop loop, InterceptedConnection connection) {
        connections.get(loop).remove(connection);
        live.decrementAndGet();
    }

    /** How many connections there are now. */
    public int liveConnections() {
        return live.get();
    }

    /** Memory blocks that connections hold now, for a slow reader or an unfinished handshake. */
    public long heldBuffers() {
        return loops.counters().pendingBuffers();
    }

    public ConnectionTotals totals() {
        return totals;
    }

    /** All connections as they are now, asked of the loops that own them. Not to be called on a loop. */
    public List<ConnectionReport> connections() {
        return ask(loop -> connections.get(loop).stream(), false);
    }

    /**
     * The oldest connections as they are now, with their subflows, which are asked of the kernel. Not to be called on a loop.
     *
     * @param most how many at most
     */
    public List<ConnectionReport> oldestConnections(int most) {
        return ask(
                        loop -> connections.get(loop).stream()
                                .sorted(InterceptedConnection::byAge)
                                .limit(most),
                        true)
                .stream()
                .sorted(Comparator.comparingLong(ConnectionReport::ageNanos).reversed())
                .limit(most)
                .toList();
    }

    private List<ConnectionReport> ask(Function<RelayLoop, Stream<InterceptedConnection>> chosen, boolean detailed) {
        List<ConnectionReport> all = new ArrayList<>();
        for (RelayLoop loop : loops.all()) {
            all.addAll(loop.ask(() -> {
                long now = nanoTime();
                return chosen.apply(loop)
                        .map(connection -> connection.report(now, detailed))
                        .toList();
            }));
        }
        return all;
    }

    /** An uplink broke: the meter learns how long the busy connections stand still. Returns at once. */
    public void uplinkBroke(GapMeter meter) {
        for (RelayLoop loop : loops.all()) {
            loop.execute(() -> connections
                    .get(loop)
                    .forEach(connection -> connection.meter().ifPresent(relay -> relay.uplinkBroke(meter))));
        }
    }

    /**
     * Reads the connections over Multipath TCP that moved most since this was last called, most first. Returns at once;
     * the answer comes on a loop.
     */
    public void readBusiest(int most, Consumer<List<TransferReading>> answer) {
        BusiestConnections.read(connections, most, this::nanoTime, answer);
    }

    /** Closes the listener first, so that new connections pass by, and then resets what runs. */
    @Override
    public void close() {
        timers.forEach(RelayLoop.Timer::cancel);
        if (acceptor != null) {
            loops.all().get(0).run(acceptor::close);
        }
        for (RelayLoop loop : loops.all()) {
            loop.run(
                    () -> List.copyOf(connections.get(loop)).forEach(connection -> connection.stop(Relay.End.STOPPED)));
        }
    }

    /** The uplinks have changed: attempts over one that is gone begin anew over another. Returns at once. */
    public void pathsChanged() {
        for (RelayLoop loop : loops.all()) {
            loop.execute(() -> List.copyOf(connections.get(loop)).forEach(InterceptedConnection::pathsChanged));
        }
    }

    /**
     * Follows other limits and rules. Running connections are judged anew, as far as their uplinks are concerned, and the engine
     * has heard of all of them when this returns. Not to be called on a loop.
     */
    public void configure(InterceptionLimits newLimits, TrafficRules newRules) {
        limits = newLimits;
        if (!rules.equals(newRules)) {
            rules = newRules;
            for (RelayLoop loop : loops.all()) {
                loop.run(() -> List.copyOf(connections.get(loop)).forEach(InterceptedConnection::rulesChanged));
            }
        }
    }

    TrafficVerdict judge(InetSocketAddress client, InetSocketAddress destination) {
        return rules.judge(client.getAddress(), destination);
    }

    /** Tells the engine what a connection may do that may have become one of Multipath TCP. Called on its loop. */
    void classified(Endpoint upstream, TrafficRights rights) {
        if (rules.distinguish()) {
            reclassified(upstream, rights);
        }
    }

    /** The same, because the rules are others now: also where they make no difference any more. */
    void reclassified(Endpoint upstream, TrafficRights rights) {
        if (upstream.isOpen()) {
            MptcpInfo.of(upstream.fd().intValue())
                    .ifPresent(info -> engine.accept(new EngineEvent.ConnectionClassified(info.token(), rights)));
        }
    }

    /** How a connection goes straight to a server that speaks Multipath TCP itself; empty if it is not to. */
    Optional<DirectRoute> bypass(InetSocketAddress server, TrafficRights rights) {
        return dialSettings.bypass().route(router, server, rights, nanoTime());
    }

    /** Watches the progress of a connection through a conversion point. Called on its loop. */
    void watch(RelayLoop loop, Relay relay, Endpoint far, Route way) {
        InetSocketAddress point = way.conversionPoint().address();
        progressWatches.get(loop).watch(relay, far, way.path().uplink(), way.source(), point);
    }

    /** The same of a connection straight to a server. */
    void watch(RelayLoop loop, Relay relay, Endpoint far, DirectRoute way, InetSocketAddress server) {
        progressWatches.get(loop).watch(relay, far, way.path().uplink(), way.source(), server);
    }

    UpstreamRouter router() {
        return router;
    }

    DialSettings dialSettings() {
        return dialSettings;
    }

    long nanoTime() {
        return dialSettings.nanoTime().getAsLong();
    }
}
