package net.hybridgateway.lab.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.traffic.OneThreadServer;

/**
 * A server for as many short connections as possible: whoever says something gets an answer of a fixed length and the end of the
 * stream. So it is the server that waits in TIME_WAIT, and nobody else runs out of ports.
 */
public final class AnswerServer implements AutoCloseable {
    /** How long an answer is. */
    public static final int ANSWER_BYTES = 1000;

    private final OneThreadServer server;

    private AnswerServer(OneThreadServer server) {
        this.server = server;
    }

    /** Listens on a node of the lab. */
    public static AnswerServer listen(Node node, InetSocketAddress address) throws IOException {
        return new AnswerServer(OneThreadServer.listen(node, address, "answer-server", new Answer()));
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Answer implements OneThreadServer.Protocol {
        private final ByteBuffer heard = ByteBuffer.allocateDirect(16 * 1024);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_BYTES);

        @Override
        public void readable(SelectionKey key) throws IOException {
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
    }
}
