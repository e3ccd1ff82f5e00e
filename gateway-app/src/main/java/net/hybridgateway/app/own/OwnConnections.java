package net.hybridgateway.app.own;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.relay.Acceptor;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.mgmt.mqtt.BrokerWay;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import org.tinylog.Logger;

/** Connects from the gateway to the internet over whatever uplinks there are; the package's page draws the way. Thread-safe. */
public final class OwnConnections implements BrokerWay, AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 16;

    private final Interceptor interceptor;
    private final RelayLoop loop;
    private final Predicate<InetAddress> near;
    private final Map<Integer, InetSocketAddress> expected = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Acceptor acceptor;
    private final int port;

    private OwnConnections(Interceptor interceptor, RelayLoop loop, Predicate<InetAddress> near, int fd, int port) {
        this.interceptor = interceptor;
        this.loop = loop;
        this.near = near;
        this.port = port;
        acceptor = loop.ask(() -> Acceptor.start(
                loop, fd, this::accepted, e -> Logger.warn("cannot accept own connections: {}", e.getMessage())));
    }

    /**
     * Opens the listener, on a free port of the loopback interface.
     *
     * @param loop where connections are accepted
     * @param near what is connected to without a detour: the LAN, and what is excluded from interception
     * @throws ErrnoException if there is no port
     */
    public static OwnConnections start(Interceptor interceptor, RelayLoop loop, Predicate<InetAddress> near) {
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP)) {
            listener.set(SocketOption.SO_REUSEADDR, 1)
                    .bind(new InetSocketAddress(LOOPBACK, 0))
                    .listen(BACKLOG);
            int port = SocketQuery.originalDestination(listener.fd()).getPort();
            return new OwnConnections(interceptor, loop, near, listener.release(), port);
        }
    }

    /**
     * Connects to the next address of a name, each time another one: through the detour, who answers is known late.
     *
     * @throws IOException if the name is not known; or, of what is near, if nobody answers
     */
    @Override
    public Socket connect(String host, int remotePort, Duration patience) throws IOException {
        List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(host));
        int attempt = attempts.computeIfAbsent(host, any -> new AtomicInteger()).getAndIncrement();
        InetAddress address = addresses.get(Math.floorMod(attempt, addresses.size()));
        InetSocketAddress destination = new InetSocketAddress(address, remotePort);
        return isNear(address) ? connectPlainly(destination, patience) : connectByDetour(destination, patience);
    }

    private boolean isNear(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || near.test(address);
    }

    private static Socket connectPlainly(InetSocketAddress destination, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(destination, (int) patience.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket connectByDetour(InetSocketAddress destination, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(LOOPBACK, 0));
            expected.put(socket.getLocalPort(), destination);
            socket.connect(new InetSocketAddress(LOOPBACK, port), (int) patience.toMillis());
            return socket;
        } catch (SocketTimeoutException e) {
            close(socket);
            throw new IOException("the relay does not take the connection", e);
        } catch (IOException e) {
            close(socket);
            throw e;
        }
    }

    private void close(Socket socket) throws IOException {
        expected.remove(socket.getLocalPort());
        socket.close();
    }

    private void accepted(int fd) {
        Optional<InetSocketAddress> client = client(fd);
        Optional<InetSocketAddress> destination =
                client.flatMap(from -> Optional.ofNullable(expected.remove(from.getPort())));
        if (destination.isEmpty()) {
            // Another program of this machine, which has no business here; or nobody any more.
            Acceptor.refuse(fd);
            return;
        }
        interceptor.carry(fd, client.get(), destination.get());
    }

    private static Optional<InetSocketAddress> client(int fd) {
        try {
            return Optional.of(SocketQuery.remoteAddress(fd));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    /** The listener's port. */
    int port() {
        return port;
    }

    /** Takes no more connections; those that run are the interceptor's. */
    @Override
    public void close() {
        loop.run(acceptor::close);
    }
}
