package net.hybridgateway.app.probe;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.Poll;
import net.hybridgateway.netlink.socket.StreamSocket;

/** Talks to a conversion point in its own time, until the daemon stops. Blocks; belongs to one thread. */
final class InfoTalk {
    private static final int LONGEST_REPLY = 1024;

    private final EventFd stop;
    private final Poll poll = new Poll();

    /** The daemon stops. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("the gateway stops");
        }
    }

    /** @param stop ends every wait with a {@link StoppedException} */
    InfoTalk(EventFd stop) {
        this.stop = stop;
    }

    /** Waits until a descriptor is ready; false if it is not within that time. */
    boolean ready(int fd, int events, long nanos) {
        return switch (poll.await(fd, events, stop, Math.max(0, nanos))) {
            case READY -> true;
            case TIMED_OUT -> false;
            case INTERRUPTED -> throw new StoppedException();
        };
    }

    /**
     * Sends what is left of a request and reads the reply.
     *
     * @param sent how much of the request is sent already
     * @param leftNanos how much time is left
     * @return NEED_MORE if there is no complete reply in time
     * @throws net.hybridgateway.netlink.ffi.ErrnoException if the connection ends
     */
    ConvertClientOutcome converse(
            StreamSocket socket, ConvertClientHandshake handshake, int sent, LongSupplier leftNanos) {
        ByteBuffer request = ByteBuffer.wrap(handshake.requestBytes()).position(sent);
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REPLY);
        ConvertClientOutcome outcome = handshake.feed(ByteBuffer.allocate(0));
        while (request.hasRemaining() && ready(socket.fd(), LibC.POLLOUT, leftNanos.getAsLong())) {
            socket.write(request);
        }
        while (outcome.kind() == ConvertClientOutcome.Kind.NEED_MORE
                && ready(socket.fd(), LibC.POLLIN, leftNanos.getAsLong())) {
            int read = socket.read(buffer.clear());
            outcome = read < 0 ? handshake.endOfStream() : handshake.feed(buffer.flip());
        }
        return outcome;
    }
}
