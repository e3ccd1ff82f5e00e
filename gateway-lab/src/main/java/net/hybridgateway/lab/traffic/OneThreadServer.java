package net.hybridgateway.lab.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import net.hybridgateway.lab.net.Node;

/** A server for thousands of connections at a time, on one thread. What it says to them is its {@link Protocol}. */
public final class OneThreadServer implements AutoCloseable {
    /** Called on the server's thread. An exception closes the connection: the client's side is where that is judged. */
    public interface Protocol {
        /** A connection has come. */
        default void accepted(SocketChannel channel) throws IOException {}

        /**
         * Bytes, or the end of the stream, can be read.
         *
         * @param key of the connection's channel; nobody else uses its attachment
         */
        void readable(SelectionKey key) throws IOException;
    }

    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Protocol protocol;
    private final Thread thread;
    private volatile boolean closed;

    private OneThreadServer(Selector selector, ServerSocketChannel listener, String name, Protocol protocol) {
        this.selector = selector;
        this.listener = listener;
        this.protocol = protocol;
        thread = new Thread(this::serveAll, name);
        thread.setDaemon(true);
    }

    /**
     * Starts it on a host.
     *
     * @param address with port 0, the kernel chooses one
     * @param name the thread's
     */
    public static OneThreadServer listen(Node node, InetSocketAddress address, String name, Protocol protocol)
            throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = node.call(ServerSocketChannel::open);
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        OneThreadServer server = new OneThreadServer(selector, listener, name, protocol);
        server.thread.start();
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
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
                for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                    protocol.accepted(channel);
                    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                }
            } else {
                protocol.readable(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
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
