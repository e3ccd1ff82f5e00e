package net.hybridgateway.lab.bench.load;

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

/**
 * A server for as many short connections as possible, on one thread: whoever says something gets an answer of a fixed length and
 * the end of the stream. So it is the server that waits in TIME_WAIT, and nobody else runs out of ports.
 */
public final class AnswerServer implements AutoCloseable {
    /** How long an answer is. */
    public static final int ANSWER_BYTES = 1000;

    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Thread thread = new Thread(this::serveAll, "answer-server");
    private final ByteBuffer heard = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_BYTES);
    private volatile boolean closed;

    private AnswerServer(Selector selector, ServerSocketChannel listener) {
        this.selector = selector;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Listens on a node of the lab. */
    public static AnswerServer listen(Node node, InetSocketAddress address) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = node.call(ServerSocketChannel::open);
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        AnswerServer server = new AnswerServer(selector, listener);
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
                    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                }
            } else {
                answer(key);
            }
        } catch (IOException e) {
            // The client's side is where that is judged.
            close(key);
        }
    }

    private void answer(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        if (channel.read(heard.clear()) < 0) {
            channel.close();
        } else if (key.attachment() == null) {
            key.attach(true);
            if (channel.write(answer.clear()) != ANSWER_BYTES) {
                throw new IOException("no room for a short answer");
            }
            channel.shutdownOutput();
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
