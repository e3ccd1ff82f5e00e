package net.hybridgateway.lab.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.lab.traffic.KnownBytes;
import net.hybridgateway.lab.traffic.ProgressLog;

/**
 * One GET of {@code /bytes/N} that keeps the time of every read. Its socket belongs to the namespace of the thread that
 * called {@link #open}; {@link #run} and {@link #received} may be called by any other, one each.
 */
public final class Download implements AutoCloseable {
    private static final int BLOCK = 256 * 1024;
    private static final int LONGEST_HEAD = 4096;

    private final SocketChannel channel;
    private final long length;
    private final ProgressLog progress = new ProgressLog();
    private final MessageDigest digest = KnownBytes.sha256();
    private final AtomicLong received = new AtomicLong();

    private Download(SocketChannel channel, long length) {
        this.channel = channel;
        this.length = length;
    }

    /**
     * Connects and asks.
     *
     * @param source the local address; the unspecified address leaves the choice to the kernel
     * @param length bytes to fetch
     */
    public static Download open(InetAddress source, InetSocketAddress server, long length, Duration timeout)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(source, 0));
            channel.socket().connect(server, (int) timeout.toMillis());
            String request = "GET /bytes/" + length + " HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new Download(channel, length);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads to the end.
     *
     * @throws IOException if the connection broke, or the server said something else than 200
     */
    public void run() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        readHead(buffer);
        while (true) {
            if (buffer.hasRemaining()) {
                long total = received.addAndGet(buffer.remaining());
                digest.update(buffer);
                progress.add(System.nanoTime(), total);
                if (total >= length) {
                    return;
                }
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the connection ended after " + received.get() + " of " + length + " bytes");
            }
            buffer.flip();
        }
    }

    private void readHead(ByteBuffer buffer) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            buffer.clear().limit(1);
            if (channel.read(buffer) < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("no HTTP answer: \"" + head + "\"");
            }
            head.append((char) buffer.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException("the server said " + head.substring(0, head.indexOf("\r\n")));
        }
        buffer.clear().limit(0);
    }

    /** Bytes so far. */
    public long received() {
        return received.get();
    }

    /** When the bytes came; read it after {@link #run} has ended. */
    public ProgressLog progress() {
        return progress;
    }

    /** True if all bytes came and were the right ones; asked once, after {@link #run} has ended. */
    public boolean isExact() {
        return received.get() == length
                && HexFormat.of().formatHex(digest.digest()).equals(KnownBytes.sha256(length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
