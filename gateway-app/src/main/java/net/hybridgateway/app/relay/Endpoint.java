package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.Subflow;

/**
 * One non-blocking stream socket on a loop, and what epoll last said of it.
 *
 * <p>The socket is watched edge-triggered for everything at once, so that no epoll_ctl follows the first. Readiness is
 * therefore remembered here: a flag stays true until a call says "not now".
 *
 * <p>Netty's {@link Socket} calls itself internal. It is used here and in {@link Acceptor} only; the Netty version is
 * pinned, and the tests of this package are to be run again when it changes.
 */
public final class Endpoint implements EpollIoHandle {
    private static final EpollIoOps EVERYTHING = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLOUT)
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);
    private static final int IN = 0x1;
    private static final int OUT = 0x4;
    private static final int ERR = 0x8;
    private static final int HUP = 0x10;
    private static final int RDHUP = 0x2000;

    private final RelayLoop loop;
    private final Socket socket;
    private EndpointHandler handler;
    private IoRegistration registration;
    private boolean connecting;
    private boolean readable;
    private boolean writable;
    private boolean peerDone;
    private boolean open = true;

    private Endpoint(RelayLoop loop, int fd, EndpointHandler handler, boolean connecting) {
        this.loop = loop;
        this.socket = new Socket(fd);
        this.handler = handler;
        this.connecting = connecting;
        this.writable = !connecting;
    }

    /**
     * Takes over a connected socket, and switches Nagle's algorithm off: a relay passes on what its sender chose to send,
     * and must not hold a small answer back until the one before is acknowledged.
     *
     * @param fd a non-blocking stream socket; owned by the endpoint from here on, also when this fails
     */
    public static Endpoint connected(RelayLoop loop, int fd, EndpointHandler handler) throws IOException {
        Endpoint endpoint = new Endpoint(loop, fd, handler, false).watch();
        try {
            endpoint.socket.setTcpNoDelay(true);
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
        return endpoint;
    }

    /** Takes over a socket whose connection attempt is under way; as {@link #connected} otherwise. */
    public static Endpoint connecting(RelayLoop loop, int fd, EndpointHandler handler) throws IOException {
        return new Endpoint(loop, fd, handler, true).watch();
    }

    private Endpoint watch() throws IOException {
        loop.counters().openEndpoints.incrementAndGet();
        try {
            registration = loop.register(this);
            registration.submit(EVERYTHING);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Who is told from now on. Does not call the new handler: whoever changes it knows what to do next. */
    public void handler(EndpointHandler newHandler) {
        handler = newHandler;
    }

    public RelayLoop loop() {
        return loop;
    }

    /** Whether a read may bring something: bytes, the end of the stream or an error. */
    public boolean readable() {
        return readable && open;
    }

    /** Whether a write may take something. */
    public boolean writable() {
        return writable && open;
    }

    public boolean isOpen() {
        return open;
    }

    /** The descriptor, for questions about the socket; owned by this endpoint. */
    @Override
    public Socket fd() {
        return socket;
    }

    /** The same as a number, for those who know nothing of Netty. */
    public int descriptor() {
        return socket.intValue();
    }

    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    public InetSocketAddress remoteAddress() {
        return socket.remoteAddress();
    }

    /**
     * Reads what there is into a buffer. A read that leaves room has taken everything, and the kernel tells of whatever comes
     * later, so it is not asked once more just to hear "nothing now" (epoll(7), on edge-triggered stream sockets). That does
     * not hold for the end of the stream, if epoll has told of it already: it comes behind the bytes, and no second time.
     *
     * @return bytes read, at most the buffer's writable bytes; 0 if there is nothing now; -1 at the end of the stream
     */
    public int read(ByteBuf into) throws IOException {
        int room = into.writableBytes();
        int n;
        try {
            n = socket.recvAddress(into.memoryAddress(), into.writerIndex(), into.capacity());
        } catch (NotYetConnectedException e) {
            throw gone(e);
        }
        if (n > 0) {
            into.writerIndex(into.writerIndex() + n);
        }
        if (n == 0 || (n > 0 && n < room && !peerDone)) {
            readable = false;
        }
        return n;
    }

    /**
     * Writes what fits of a buffer.
     *
     * @return whether everything was taken
     */
    public boolean write(ByteBuf from) throws IOException {
        while (from.isReadable()) {
            int n;
            try {
                n = socket.sendAddress(from.memoryAddress(), from.readerIndex(), from.writerIndex());
            } catch (NotYetConnectedException e) {
                throw gone(e);
            }
            if (n <= 0) {
                writable = false;
                return false;
            }
            from.skipBytes(n);
        }
        return true;
    }

    /**
     * Lets the kernel send what it holds. In a connection of Multipath TCP that lost a subflow, Linux sends again what that
     * had not delivered, as far as the next subflow's buffer goes. The rest follows with acknowledgments, but with those only
     * that move the end of the window beyond what was ever sent (mptcp_incoming_options(), 6.18); a connection that had used
     * up its window stands still until a timer of 200 ms fires. Setting TCP_NODELAY, which is set already, makes the kernel
     * look for something to send.
     */
    void sendOn() {
        try {
            if (open) {
                socket.setTcpNoDelay(true);
            }
        } catch (IOException e) {
            // It has ended a moment ago; the handler will hear of it.
        }
    }

    /** How far what was written is acknowledged on the connection level of Multipath TCP. */
    enum Acknowledgment {
        /** All of it; or this is plain TCP, where nothing depends on it. */
        COMPLETE,
        AWAITED,
        /**
         * TCP has acknowledged everything that was sent, and Multipath TCP has not. If it stays so, something on the way takes its
         * options away, and it never will.
         */
        BY_TCP_ALONE
    }

    Acknowledgment acknowledgment() {
        try {
            Optional<MptcpInfo> info = open ? MptcpInfo.of(descriptor()) : Optional.empty();
            if (info.isEmpty() || info.get().bytesInFlight() == 0) {
                return Acknowledgment.COMPLETE;
            }
            boolean sentIsAcknowledged = info.get().bytesSent() >= 0
                    && info.get().bytesSent() == info.get().bytesAcked();
            boolean unsentOrWaiting = sentIsAcknowledged
                    || Subflow.of(descriptor()).stream()
                            .anyMatch(subflow -> subflow.tcp().unackedSegments() != 0);
            return unsentOrWaiting ? Acknowledgment.AWAITED : Acknowledgment.BY_TCP_ALONE;
        } catch (ErrnoException e) {
            // It has ended a moment ago; the handler will hear of it.
            return Acknowledgment.COMPLETE;
        }
    }

    /** Says that no more bytes will be written: the other end reads the end of the stream. */
    public void shutdownOutput() throws IOException {
        try {
            socket.shutdown(false, true);
        } catch (NotYetConnectedException e) {
            throw gone(e);
        }
    }

    /** Netty's unchecked word for ENOTCONN, which is also what is left of a connection that was reset a moment ago. */
    private static IOException gone(NotYetConnectedException e) {
        SocketFailure failure = new SocketFailure(SocketFailure.ENOTCONN);
        failure.initCause(e);
        return failure;
    }

    /**
     * Closes with a reset: RST on TCP, MP_FASTCLOSE on Multipath TCP (RFC 8684 §3.5), so that the other end learns of the
     * abort and does not take it for an orderly end.
     */
    public void abort() {
        if (open) {
            try {
                socket.setSoLinger(0);
            } catch (IOException e) {
                // Already gone: there is nobody left to reset.
            }
            close();
        }
    }

    /** Closes in the ordinary way. Does nothing when closed already. */
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
        try {
            socket.close();
        } catch (IOException e) {
            // close(2) has released the descriptor whatever it returned.
        }
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        int ops = ((EpollIoEvent) event).ops().value();
        if (!open) {
            return;
        }
        peerDone |= (ops & (ERR | HUP | RDHUP)) != 0;
        if (connecting) {
            finishConnect(ops);
            return;
        }
        readable |= (ops & (IN | ERR | HUP | RDHUP)) != 0;
        writable |= (ops & (OUT | ERR | HUP)) != 0;
        if ((ops & ERR) != 0 && failed()) {
            return;
        }
        handler.onReady(this);
    }

    /** A reset must be seen even while back-pressure keeps us from reading. */
    private boolean failed() {
        int errno = takeError();
        if (errno != 0) {
            handler.onFailed(this, new SocketFailure(errno));
        }
        return errno != 0;
    }

    private void finishConnect(int ops) {
        if ((ops & (OUT | ERR | HUP)) == 0) {
            return;
        }
        int errno = takeError();
        if (errno != 0) {
            handler.onFailed(this, new SocketFailure(errno));
            return;
        }
        connecting = false;
        writable = true;
        readable |= (ops & (IN | RDHUP)) != 0;
        handler.onConnected(this);
    }

    private int takeError() {
        try {
            return socket.getSoError();
        } catch (IOException e) {
            return SocketFailure.EBADF;
        }
    }

    @Override
    public String toString() {
        return "endpoint " + socket.intValue();
    }
}
