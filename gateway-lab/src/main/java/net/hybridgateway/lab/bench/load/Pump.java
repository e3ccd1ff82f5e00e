package net.hybridgateway.lab.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import net.hybridgateway.lab.net.LabException;

/** A thread that fills connections, or empties them, as fast as they let it. */
final class Pump implements AutoCloseable {
    private static final int BLOCK = 256 * 1024;

    /** Of one connection before the others have their turn. */
    private static final int BLOCKS_IN_TURN = 4;

    private final Selector selector;
    private final boolean fills;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private final Thread thread;
    private volatile long bytes;
    private volatile IOException failure;
    private volatile boolean closed;

    private Pump(List<SocketChannel> channels, boolean fills) throws IOException {
        this.fills = fills;
        selector = Selector.open();
        for (SocketChannel channel : channels) {
            channel.register(selector, fills ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
        thread = new Thread(this::run, fills ? "source" : "sink");
        thread.setDaemon(true);
        thread.start();
    }

    static Pump filling(List<SocketChannel> channels) throws IOException {
        return new Pump(channels, true);
    }

    static Pump emptying(List<SocketChannel> channels) throws IOException {
        return new Pump(channels, false);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    move((SocketChannel) key.channel());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            failure = e;
        } catch (ClosedSelectorException e) {
            // The end.
            return;
        }
    }

    // There is one writer of this counter, this thread.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void move(SocketChannel channel) throws IOException {
        for (int i = 0; i < BLOCKS_IN_TURN && !closed; i++) {
            block.clear();
            int n = fills ? channel.write(block) : channel.read(block);
            if (n < 0) {
                throw new EOFException("a connection ended");
            }
            bytes += n;
            if (n < BLOCK) {
                return;
            }
        }
    }

    /** Bytes until now. */
    long bytes() {
        return bytes;
    }

    /**
     * Itself, if nothing went wrong.
     *
     * @throws LabException if a connection broke
     */
    Pump check() {
        if (failure != null) {
            throw new LabException("a connection broke: " + failure.getMessage(), failure);
        }
        return this;
    }

    /** Ends the thread; the connections stay. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new LabException("cannot close a selector", e);
        }
    }
}
