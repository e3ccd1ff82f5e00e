package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/**
 * A call, or a QUIC connection, as the network sees it: one socket of a LAN host that sends a datagram every 50 ms to the
 * same server, which sends each back to where it came from. It repeats nothing and never changes its port.
 */
final class Datagrams implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final DatagramChannel server;
    private final DatagramChannel client;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong lastAnswerNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGapNanos = new AtomicLong();
    private volatile String seenFrom = "";
    private volatile boolean closed;

    private Datagrams(DatagramChannel server, DatagramChannel client) {
        this.server = server;
        this.client = client;
    }

    /** Begins it, from the first LAN host to the web server's host. */
    static Datagrams start(House house, String serverAddress, int port) throws IOException {
        DatagramChannel server = house.web().call(DatagramChannel::open);
        server.bind(new InetSocketAddress(serverAddress, port));
        Node host = house.lanHost(0);
        DatagramChannel client = host.call(DatagramChannel::open);
        client.connect(new InetSocketAddress(serverAddress, port));
        Datagrams datagrams = new Datagrams(server, client);
        datagrams.thread("datagrams-server", datagrams::serve);
        datagrams.thread("datagrams-sender", datagrams::send);
        datagrams.thread("datagrams-receiver", datagrams::receive);
        return datagrams;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    while (!closed) {
                        try {
                            work.run();
                        } catch (IOException e) {
                            // Unreachable for now, or closed; which of them, the loop knows.
                            Pause.of(Duration.ofMillis(1));
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        SocketAddress from = server.receive(buffer);
        seenFrom = ((InetSocketAddress) from).getAddress().getHostAddress();
        server.send(buffer.flip(), from);
    }

    private void send() throws IOException {
        Pause.of(INTERVAL);
        client.write(ByteBuffer.wrap(new byte[32]));
    }

    private void receive() throws IOException {
        client.read(ByteBuffer.allocate(64));
        long now = System.nanoTime();
        longestGapNanos.accumulateAndGet(now - lastAnswerNanos.getAndSet(now), Math::max);
        answers.incrementAndGet();
    }

    /** How many answers have come. */
    long answers() {
        return answers.get();
    }

    /** The address from which the server got the last datagram. */
    String seenFrom() {
        return seenFrom;
    }

    /** The longest time without an answer since the last call, also if it is not over yet. */
    double takeLongestGapSeconds() {
        return Math.max(longestGapNanos.getAndSet(0), System.nanoTime() - lastAnswerNanos.get()) / 1e9;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        client.close();
        server.close();
    }
}
