package net.hybridgateway.app.relay;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The smallest program around a {@link Relay}: listens on loopback, and connects each client to one server. */
final class LoopbackForwarder {
    final RelayLoops loops = new RelayLoops(1);
    final List<Relay> relays = new CopyOnWriteArrayList<>();
    final List<Relay.End> ends = new CopyOnWriteArrayList<>();
    final List<IOException> acceptFailures = new CopyOnWriteArrayList<>();
    private final InetSocketAddress server;
    private final InetSocketAddress address;
    private Acceptor acceptor;

    LoopbackForwarder(InetSocketAddress server) throws Exception {
        this.server = server;
        Socket listening = Socket.newSocketStream();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.listen(1024);
        address = listening.localAddress();
        onLoop(() -> acceptor = Acceptor.start(loop(), listening.intValue(), this::accepted, acceptFailures::add));
    }

    InetSocketAddress address() {
        return address;
    }

    RelayLoop loop() {
        return loops.all().get(0);
    }

    /** Sockets besides the listener. */
    long openConnections() {
        return loops.counters().openEndpoints() - 1;
    }

    private void accepted(int fd) {
        try {
            Endpoint near = Endpoint.connected(loop(), fd, new Waiting());
            Socket toServer = Socket.newSocketStream();
            boolean done = toServer.connect(server);
            Waiting waiting = new Waiting(near);
            if (done) {
                join(near, Endpoint.connected(loop(), toServer.intValue(), waiting));
            } else {
                var unused = Endpoint.connecting(loop(), toServer.intValue(), waiting);
            }
        } catch (IOException e) {
            acceptFailures.add(e);
        }
    }

    private void join(Endpoint near, Endpoint far) {
        Relay relay = new Relay(near, far, (r, end) -> ends.add(end), System::nanoTime);
        relays.add(relay);
        relay.start();
    }

    void onLoop(Action action) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop().execute(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        done.get();
    }

    /** Waits until the forwarder holds nothing any more; returns what is left after ten seconds. */
    String leftOver() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String left = "";
        while (System.nanoTime() < deadline) {
            RelayCounters counters = loops.counters();
            left = openConnections() == 0 && counters.pendingBuffers() == 0 && counters.pendingBytes() == 0
                    ? ""
                    : openConnections() + " sockets, " + counters.pendingBuffers() + " buffers, "
                            + counters.pendingBytes() + " bytes";
            if (left.isEmpty()) {
                // The loop may be in the midst of ending the last relay; after this it is not.
                onLoop(() -> {});
                return left;
            }
            Thread.sleep(5);
        }
        return left;
    }

    void close() throws Exception {
        onLoop(acceptor::close);
        loops.close();
    }

    interface Action {
        void run() throws Exception;
    }

    /** Holds a client back until its server answers. */
    private final class Waiting implements EndpointHandler {
        private final Endpoint near;

        Waiting() {
            this(null);
        }

        Waiting(Endpoint near) {
            this.near = near;
        }

        @Override
        public void onConnected(Endpoint far) {
            join(near, far);
        }

        @Override
        public void onReady(Endpoint endpoint) {
            // Readiness is remembered by the endpoint.
        }

        @Override
        public void onFailed(Endpoint endpoint, IOException cause) {
            endpoint.abort();
            if (near != null) {
                near.abort();
            }
        }
    }
}
