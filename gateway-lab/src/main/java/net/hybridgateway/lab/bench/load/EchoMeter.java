package net.hybridgateway.lab.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;

/**
 * One connection of the LAN host over which short messages go and come back, one after the other. The next goes a while after the
 * last has come: a message that is late delays the next, as in a conversation.
 */
public final class EchoMeter implements AutoCloseable {
    private static final int MESSAGE_BYTES = 32;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int CONNECT_MILLIS = 30_000;
    private static final int SILENCE_MILLIS = 30_000;

    private final SocketChannel client;
    private final SocketChannel server;
    private final Thread thread;

    private EchoMeter(SocketChannel client, SocketChannel server) {
        this.client = client;
        this.server = server;
        thread = new Thread(this::sayBack, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    /** Connects to the web host, where nobody may listen at that moment. */
    public static EchoMeter connect(House house) throws IOException {
        try (ServerSocketChannel listener = house.web().call(ServerSocketChannel::open)) {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(RivalHouse.server());
            SocketChannel client = house.lanHost(0).call(SocketChannel::open);
            client.socket().connect(RivalHouse.server(), CONNECT_MILLIS);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Some connect upstream only when there is something to say.
            client.write(ByteBuffer.allocate(MESSAGE_BYTES));
            SocketChannel server = listener.accept();
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            EchoMeter meter = new EchoMeter(client, server);
            meter.hear();
            return meter;
        }
    }

    private void sayBack() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        try {
            while (server.read(buffer.clear()) >= 0) {
                server.write(buffer.flip());
            }
        } catch (IOException e) {
            // The end; before it, the client's side is where that is judged.
            return;
        }
    }

    /**
     * Times messages for so long.
     *
     * @return milliseconds from sending each to having all of it back
     */
    public Percentiles millis(Duration time) {
        List<Double> millis = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        try {
            while (System.nanoTime() - end < 0) {
                long start = System.nanoTime();
                client.write(ByteBuffer.allocate(MESSAGE_BYTES));
                hear();
                millis.add((System.nanoTime() - start) / 1e6);
                Pause.of(PAUSE);
            }
        } catch (IOException e) {
            throw new LabException("the echo broke: " + e.getMessage(), e);
        }
        return Percentiles.of(millis);
    }

    private void hear() throws IOException {
        client.socket().setSoTimeout(SILENCE_MILLIS);
        if (client.socket().getInputStream().readNBytes(MESSAGE_BYTES).length < MESSAGE_BYTES) {
            throw new EOFException("the stream ended");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
