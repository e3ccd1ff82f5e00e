package net.hybridgateway.app.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.app.convert.ByteString;

/**
 * Asks one name server one question by UDP, from an uplink's address: the rules of the gateway lead what has that address
 * over that uplink. Waits for the answer; a server that is silent costs three seconds.
 *
 * <p>Who wants to answer in the server's place has to guess its address, our port, which the kernel draws for each question,
 * the number of the question, and the question (RFC 5452 §9).
 */
final class DnsClient {
    static final int PORT = 53;

    private static final int ATTEMPTS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final int port;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();

    DnsClient(int port, LongSupplier nanoTime) {
        this.port = port;
        this.nanoTime = nanoTime;
    }

    /** A random number from 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * Asks.
     *
     * @param source of the server's family
     * @throws IOException if there is no answer
     * @throws DnsFormatException if there is one that makes no sense
     */
    DnsReply ask(InetAddress server, InetAddress source, DnsQuestion question) throws IOException, DnsFormatException {
        StandardProtocolFamily family =
                server instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (DatagramChannel channel = DatagramChannel.open(family)) {
                channel.bind(new InetSocketAddress(source, 0));
                // The kernel then keeps away what comes from anybody else.
                channel.connect(new InetSocketAddress(server, port));
                int id = random.nextInt(1 << Short.SIZE);
                channel.write(ByteBuffer.wrap(DnsMessage.question(id, question)));
                Optional<DnsReply> reply = awaitReply(channel, id, question);
                if (reply.isPresent()) {
                    return reply.get();
                }
            }
        }
        throw new SocketTimeoutException("no answer");
    }

    private Optional<DnsReply> awaitReply(DatagramChannel channel, int id, DnsQuestion question)
            throws IOException, DnsFormatException {
        DatagramPacket packet = new DatagramPacket(new byte[DnsMessage.MOST_BYTES], DnsMessage.MOST_BYTES);
        long deadline = nanoTime.getAsLong() + PATIENCE_NANOS;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
            if (left <= 0) {
                return Optional.empty();
            }
            channel.socket().setSoTimeout((int) left);
            packet.setLength(DnsMessage.MOST_BYTES);
            try {
                channel.socket().receive(packet);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            byte[] received = Arrays.copyOf(packet.getData(), packet.getLength());
            Optional<DnsReply> reply = DnsMessage.reply(ByteString.copyOf(received), id, question);
            if (reply.isPresent()) {
                return reply;
            }
        }
    }
}
