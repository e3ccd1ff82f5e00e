package net.hybridgateway.lab.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;

/**
 * One connection after the other, a fixed number at the same time, from one host to an {@link AnswerServer}: each connects, asks,
 * reads the answer to the end of the stream, and closes. On the caller's thread.
 */
public final class ShortConnections implements AutoCloseable {
    private static final int REQUEST_BYTES = 100;
    private static final long SILENCE_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);
    private final ByteBuffer heard = ByteBuffer.allocateDirect(16 * 1024);
    private long ended;
    private int open;
    private boolean wanted;

    private ShortConnections(InetSocketAddress server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    /**
     * Makes connections until it is told to stop, and lets the last ones end.
     *
     * @param atOnce how many at the same time
     * @param more asked after each; false for no new ones
     * @return how many there were
     * @throws LabException if one broke, brought another answer than it should, or stood still for half a minute
     */
    public static long make(Node host, InetSocketAddress server, int atOnce, BooleanSupplier more) {
        return host.call(() -> {
            try (ShortConnections connections = new ShortConnections(server, Selector.open())) {
                return connections.run(atOnce, more);
            } catch (IOException e) {
                throw new LabException("a short connection failed: " + e.getMessage(), e);
            }
        });
    }

    private long run(int atOnce, BooleanSupplier more) throws IOException {
        wanted = true;
        while (open < atOnce) {
            begin();
        }
        while (open > 0) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new IOException(open + " connections stand still");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                if (advance(key)) {
                    wanted = wanted && more.getAsBoolean();
                    if (wanted) {
                        begin();
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return ended;
    }

    private void begin() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT, new int[1]);
        channel.connect(server);
        open++;
    }

    /** True if the connection has ended. */
    private boolean advance(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            channel.finishConnect();
            if (channel.write(request.clear()) != REQUEST_BYTES) {
                throw new IOException("no room for a short request");
            }
            key.interestOps(SelectionKey.OP_READ);
            return false;
        }
        int[] received = (int[]) key.attachment();
        int count = channel.read(heard.clear());
        if (count >= 0) {
            received[0] += count;
            return false;
        }
        if (received[0] != AnswerServer.ANSWER_BYTES) {
            throw new EOFException(received[0] + " bytes of " + AnswerServer.ANSWER_BYTES);
        }
        channel.close();
        open--;
        ended++;
        return true;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
