package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import net.hybridgateway.lab.net.Node;

/** Says back what it hears, to thousands at a time, on one thread. */
public final class CrowdServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Thread thread = new Thread(this::serveAll, "crowd-server");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean closed;

    private CrowdServer(Selector selector, ServerSocketChannel listener) {
        this.selector = selector;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Starts it on a host; with port 0, the kernel chooses one. */
    public static CrowdServer listen(Node node, int port) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = node.call(ServerSocketChannel::open);
        listener.bind(new InetSocketAddress(port), BACKLOG);
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        CrowdServer server = new CrowdServer(selector, listener);
        server.thread.start();
        return server;
    }

    /** Where it listens. */
    public int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private void serveAll() {
        try {
            while (!closed) {
                selector.select(this::serve);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            } else {
                echo((SocketChannel) key.channel());
            }
        } catch (IOException e) {
            // The client's side is where that is judged.
            cancel(key);
        }
    }

    private void echo(SocketChannel channel) throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            channel.close();
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                throw new IOException("no room for a few bytes: the client does not read");
            }
        }
    }

    private static void cancel(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            key.cancel();
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
