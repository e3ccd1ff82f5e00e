package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/** A conversion point that does what a script says, well or badly. */
final class ScriptedPoint implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int BACKLOG = 64;
    private static final int CLOSE_SECONDS = 60;

    /** What its listener can do. */
    enum Listener {
        MULTIPATH_WITH_FAST_OPEN(StreamProtocol.MPTCP, true),
        MULTIPATH(StreamProtocol.MPTCP, false),
        PLAIN_WITH_FAST_OPEN(StreamProtocol.TCP, true),
        PLAIN(StreamProtocol.TCP, false);

        private final StreamProtocol protocol;
        private final boolean fastOpen;

        Listener(StreamProtocol protocol, boolean fastOpen) {
            this.protocol = protocol;
            this.fastOpen = fastOpen;
        }
    }

    /** Serves one connection; whatever it throws ends that connection. */
    @FunctionalInterface
    interface Script {
        void serve(ConvertPeer client) throws IOException;
    }

    private final StreamSocket listener;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private final Future<?> accepting;
    private volatile boolean stopped;

    private ScriptedPoint(StreamSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        this.accepting = threads.submit(this::acceptAll);
    }

    /** Listens on a host, where the product's own conversion point would. */
    static ScriptedPoint start(Node host, Listener kind, Script script) {
        host.sysctl("net.ipv4.tcp_fastopen=3");
        StreamSocket socket = host.call(() -> StreamSocket.open(kind.protocol));
        socket.set(SocketOption.SO_REUSEADDR, 1);
        if (kind.fastOpen) {
            socket.acceptSynData(BACKLOG);
        }
        socket.bind(new InetSocketAddress("::", ConversionPoint.PORT)).listen(BACKLOG);
        return new ScriptedPoint(socket, script);
    }

    private void acceptAll() {
        try (listener) {
            while (!stopped) {
                if (listener.awaitReadable(POLL.toNanos())) {
                    accept().ifPresent(this::beginToServe);
                }
            }
        }
    }

    private void beginToServe(StreamSocket socket) {
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            // It came at the very end of the test.
            socket.close();
        }
    }

    private Optional<StreamSocket> accept() {
        try {
            return listener.accept();
        } catch (ErrnoException e) {
            // Gone before it was accepted.
            return Optional.empty();
        }
    }

    private void serve(StreamSocket socket) {
        try (ConvertPeer client = new ConvertPeer(socket)) {
            script.serve(client);
        } catch (IOException | ErrnoException e) {
            troubles.add(e.getMessage());
        }
    }

    /** What scripts stumbled over, for the message of a failed test. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** Its port is free when this returns; scripts that still wait for something may take a little longer. */
    @Override
    public void close() {
        stopped = true;
        try {
            accepting.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            threads.shutdownNow();
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new LabException("the listener was not closed: " + e, e);
        }
    }
}
