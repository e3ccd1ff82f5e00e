package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * Turns the datagrams of a socket that has joined multicast groups into events, one at a time. The part that the monitors
 * of all protocols share.
 *
 * <p>One thread reads; {@link #close()} may be called from any thread and ends a wait with {@link NetlinkClosedException}.
 *
 * @param <E> the events
 */
public final class EventReader<E> implements AutoCloseable {
    private final NetlinkSocket socket;
    private final Function<NetlinkMessage, Optional<? extends E>> decoder;
    private final E lost;
    private final Queue<NetlinkMessage> pending = new ArrayDeque<>();

    /**
     * @param socket  a member of the groups already; closed with this reader
     * @param decoder makes an event of a message, or none of a message that is of no interest
     * @param lost    the event to return when the kernel had to drop messages
     */
    public EventReader(NetlinkSocket socket, Function<NetlinkMessage, Optional<? extends E>> decoder, E lost) {
        this.socket = socket;
        this.decoder = decoder;
        this.lost = lost;
    }

    /** Waits for the next event. Throws what {@link #next(Duration)} throws. */
    public E next() {
        while (true) {
            Optional<E> event = next(NetlinkSocket.FOREVER);
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    /**
     * Waits for the next event, {@code timeout} at most; zero only looks.
     *
     * @throws MalformedMessageException for a message that cannot be understood; the next call goes on behind it
     * @throws NetlinkClosedException    if this reader is or becomes closed
     */
    public Optional<E> next(Duration timeout) {
        long startNanos = System.nanoTime();
        while (true) {
            NetlinkMessage message = pending.poll();
            if (message != null) {
                Optional<? extends E> event = decoder.apply(message);
                if (event.isPresent()) {
                    return Optional.of(event.get());
                }
                continue;
            }
            Duration left = timeout.minusNanos(System.nanoTime() - startNanos);
            try {
                Optional<ByteBuffer> datagram = socket.receive(left.isNegative() ? Duration.ZERO : left);
                if (datagram.isEmpty()) {
                    return Optional.empty();
                }
                pending.addAll(NetlinkMessage.decodeAll(datagram.get()));
            } catch (EventsLostException e) {
                return Optional.of(lost);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
