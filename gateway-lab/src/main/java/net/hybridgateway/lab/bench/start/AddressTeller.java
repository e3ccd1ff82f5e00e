package net.hybridgateway.lab.bench.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import net.hybridgateway.lab.net.Node;

/** Tells each who sends a byte which address it sees, and hangs up: so one knows which way a connection took. */
final class AddressTeller implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel listener;
    private final Thread thread = new Thread(this::serve, "address-teller");

    private AddressTeller(ServerSocketChannel listener) {
        this.listener = listener;
        thread.setDaemon(true);
    }

    static AddressTeller listen(Node node, int port) throws IOException {
        ServerSocketChannel listener = node.call(ServerSocketChannel::open);
        listener.bind(new InetSocketAddress(port), BACKLOG);
        AddressTeller teller = new AddressTeller(listener);
        teller.thread.start();
        return teller;
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept()) {
                if (channel.read(ByteBuffer.allocate(1)) == 1) {
                    InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
                    channel.write(
                            ByteBuffer.wrap(peer.getAddress().getHostAddress().getBytes(StandardCharsets.US_ASCII)));
                }
            } catch (IOException e) {
                // One who went away, or the end: both are seen by those who ask.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
