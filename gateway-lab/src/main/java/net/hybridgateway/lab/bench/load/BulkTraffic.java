package net.hybridgateway.lab.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;

/**
 * Connections of the LAN host to the web host, one thread that fills all of them and one that empties them. The bytes are not
 * looked at: other tests of the lab do that.
 */
public final class BulkTraffic implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int CONNECT_MILLIS = 30_000;
    private static final byte GREETING = 1;

    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> servers = new ArrayList<>();
    private Pump source;
    private Pump sink;

    private BulkTraffic() {}

    /** Opens so many connections, one after the other, each to its end; nothing goes over them yet. */
    public static BulkTraffic open(House house, int connections) throws IOException {
        BulkTraffic traffic = new BulkTraffic();
        try {
            traffic.connect(house, connections);
            return traffic;
        } catch (IOException | RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    /** Opens so many connections and lets bytes go over all of them. */
    public static BulkTraffic start(House house, int connections, boolean up) throws IOException {
        BulkTraffic traffic = open(house, connections);
        try {
            traffic.go(up);
            return traffic;
        } catch (IOException | RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    /** Lets bytes go, once: up is from the LAN host. */
    public void go(boolean up) throws IOException {
        sink = Pump.emptying(up ? servers : clients);
        source = Pump.filling(up ? clients : servers);
    }

    private void connect(House house, int count) throws IOException {
        InetSocketAddress address = RivalHouse.server();
        try (ServerSocketChannel listener = house.web().call(ServerSocketChannel::open)) {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
            List<SocketChannel> opened = house.lanHost(0).call(() -> open(count));
            clients.addAll(opened);
            for (SocketChannel client : opened) {
                client.socket().connect(address, CONNECT_MILLIS);
                // Some connect upstream only when there is something to say.
                client.write(ByteBuffer.wrap(new byte[] {GREETING}));
                SocketChannel server = listener.accept();
                servers.add(server);
                if (server.read(ByteBuffer.allocate(1)) != 1) {
                    throw new EOFException("a connection ended before it began");
                }
            }
        }
        for (SocketChannel client : clients) {
            client.configureBlocking(false);
        }
        for (SocketChannel server : servers) {
            server.configureBlocking(false);
        }
    }

    private static List<SocketChannel> open(int count) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            channels.add(SocketChannel.open());
        }
        return channels;
    }

    /**
     * Bytes that have arrived until now.
     *
     * @throws LabException if a connection broke
     */
    public long arrived() {
        source.check();
        return sink.check().bytes();
    }

    /** Resets all connections: what is still under way is of no interest. */
    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (sink != null) {
            sink.close();
        }
        for (List<SocketChannel> side : List.of(clients, servers)) {
            for (SocketChannel channel : side) {
                reset(channel);
            }
        }
    }

    private static void reset(SocketChannel channel) {
        try (channel) {
            channel.configureBlocking(true);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The other side's reset was faster.
        }
    }
}
