package net.hybridgateway.app.relay;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Accepts on a listening socket and hands each descriptor on.
 *
 * <p>Level-triggered, on purpose: when descriptors run out, the connections that wait in the backlog are seen again
 * after a pause, and none is forgotten.
 */
public final class Acceptor implements EpollIoHandle {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int AT_ONCE = 64;

    private final RelayLoop loop;
    private final Socket socket;
    private final IntConsumer accepted;
    private final Consumer<IOException> refused;
    private final byte[] peer = new byte[26];
    private IoRegistration registration;
    private boolean open = true;

    private Acceptor(RelayLoop loop, int fd, IntConsumer accepted, Consumer<IOException> refused) {
        this.loop = loop;
        this.socket = new Socket(fd);
        this.accepted = accepted;
        this.refused = refused;
    }

    /**
     * Starts to accept. Call on the loop's thread.
     *
     * @param fd a listening, non-blocking socket; owned by the acceptor from here on, also when this fails
     * @param accepted takes each new descriptor, and owns it
     * @param refused is told when accept fails (most likely: too many open files); accepting goes on after 100 ms
     */
    public static Acceptor start(RelayLoop loop, int fd, IntConsumer accepted, Consumer<IOException> refused)
            throws IOException {
        Acceptor acceptor = new Acceptor(loop, fd, accepted, refused);
        loop.counters().openEndpoints.incrementAndGet();
        try {
            acceptor.registration = loop.register(acceptor);
            acceptor.registration.submit(EpollIoOps.EPOLLIN);
            return acceptor;
        } catch (IOException | RuntimeException e) {
            acceptor.close();
            throw e;
        }
    }

    /**
     * Resets an accepted connection that nobody has taken over.
     *
     * @param fd as the acceptor handed it on; closed after this
     */
    public static void refuse(int fd) {
        Socket socket = new Socket(fd);
        try {
            socket.setSoLinger(0);
        } catch (IOException e) {
            // Gone already: there is nobody left to reset.
        }
        closeQuietly(socket);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        for (int n = 0; open && n < AT_ONCE; n++) {
            int fd;
            try {
                fd = socket.accept(peer);
            } catch (IOException e) {
                if (!isAbortedPeer(e)) {
                    pause(e);
                    return;
                }
                continue;
            }
            if (fd < 0) {
                return;
            }
            accepted.accept(fd);
        }
    }

    /** ECONNABORTED is the peer's affair: it gave up before it was accepted. */
    private static boolean isAbortedPeer(IOException e) {
        return e instanceof Errors.NativeIoException nativeError && nativeError.expectedErr() == -103;
    }

    private void pause(IOException cause) {
        refused.accept(cause);
        registration.submit(EpollIoOps.EPOLLERR);
        loop.schedule(
                () -> {
                    if (open) {
                        registration.submit(EpollIoOps.EPOLLIN);
                    }
                },
                PAUSE);
    }

    /** Stops to accept and closes the listening socket. Call on the loop's thread. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        loop.counters().openEndpoints.decrementAndGet();
        if (registration != null) {
            registration.cancel();
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // close(2) has released the descriptor whatever it returned.
        }
    }
}
