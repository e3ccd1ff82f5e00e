package net.hybridgateway.mgmt.mqtt.paho;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import net.hybridgateway.mgmt.mqtt.BrokerLink;

/**
 * The socket that Paho believes to connect: it goes where the gateway wants, and is encrypted by the gateway.
 *
 * <p>Nothing can be read before something was written: in MQTT the client speaks first, and Paho 1.2.5 must not see an end of the
 * stream before its threads have found each other.
 */
final class BrokerSocket extends Socket {
    /** Makes the connection, encrypted or not. */
    @FunctionalInterface
    interface Dialler {
        Dialled dial() throws IOException;
    }

    /**
     * A connection that was made.
     *
     * @param stream what is read and written
     * @param carrier the TCP connection below: to close it ends everything at once, and waits for nobody
     */
    record Dialled(Socket stream, Socket carrier) {}

    private final Dialler dialler;
    private final CountDownLatch spoken = new CountDownLatch(1);
    private volatile Dialled real;
    private volatile boolean closed;

    BrokerSocket(Dialler dialler) {
        this.dialler = dialler;
    }

    @Override
    public void connect(SocketAddress ignored, int ignoredToo) throws IOException {
        Dialled made = dialler.dial();
        real = made;
        if (closed) {
            made.carrier().close();
            throw new SocketException("closed");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(new MessageBound(real.stream().getInputStream(), BrokerLink.LONGEST_MESSAGE)) {
            @Override
            public int read() throws IOException {
                awaitFirstWord();
                return super.read();
            }

            @Override
            public int read(byte[] into, int offset, int size) throws IOException {
                awaitFirstWord();
                return super.read(into, offset, size);
            }
        };
    }

    private void awaitFirstWord() throws IOException {
        try {
            spoken.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(real.stream().getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                spoken.countDown();
            }

            @Override
            public void write(byte[] from, int offset, int size) throws IOException {
                out.write(from, offset, size);
                spoken.countDown();
            }
        };
    }

    /** Paho polls once a second; a read that is ended by {@link #close} needs no polling. */
    @Override
    public synchronized void setSoTimeout(int ignored) {}

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        spoken.countDown();
        Dialled made = real;
        if (made != null) {
            made.carrier().close();
        }
    }
}
