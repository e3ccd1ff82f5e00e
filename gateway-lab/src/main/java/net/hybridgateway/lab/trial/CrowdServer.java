package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.traffic.OneThreadServer;

/** Says back what it hears, to thousands at a time. */
public final class CrowdServer implements AutoCloseable {
    private final OneThreadServer server;

    private CrowdServer(OneThreadServer server) {
        this.server = server;
    }

    /** Starts it on a host; with port 0, the kernel chooses one. */
    public static CrowdServer listen(Node node, int port) throws IOException {
        return new CrowdServer(OneThreadServer.listen(node, new InetSocketAddress(port), "crowd-server", new Echo()));
    }

    /** Where it listens. */
    public int port() throws IOException {
        return server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Echo implements OneThreadServer.Protocol {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

        @Override
        public void accepted(SocketChannel channel) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }

        @Override
        public void readable(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
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
    }
}
