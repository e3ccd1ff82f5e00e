package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Requirements;

/** What the hosts at the edge of a house do: plain TCP, knowing nothing. */
final class Lan {
    static final int PATIENCE_MILLIS = 30_000;

    private Lan() {}

    /** Builds a house, or skips the test where the machine cannot hold one. */
    static House build(HousePlan plan) {
        boolean shaped = plan.fixed().isPresent();
        assumeTrue(
                Requirements.missing(shaped).isEmpty(),
                Requirements.missing(shaped).orElse(""));
        return House.build(plan);
    }

    /** Connects from a host; reads give up after half a minute. */
    static Socket connect(Node host, String address, int port) throws IOException {
        // The channel, for it makes its descriptor at once, while the thread is in the host's namespace.
        SocketChannel channel = host.call(SocketChannel::open);
        try {
            channel.socket().connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            channel.socket().setTcpNoDelay(true);
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            return channel.socket();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Says something to a server and gives its answer, up to the end of the stream. */
    static String ask(Node host, String address, int port, String question) throws IOException {
        try (Socket socket = connect(host, address, port)) {
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
