package net.hybridgateway.netlink.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import net.hybridgateway.netlink.EventsLostException;
import net.hybridgateway.netlink.MessageFlags;
import net.hybridgateway.netlink.NetlinkClosedException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkSocket;

/**
 * A netlink socket whose kernel is a function: it gets each request and returns the messages of the answer, which
 * {@link NetlinkReplies} builds. Each message of an answer comes in a datagram of its own.
 *
 * <p>Strict where a program could be wrong unnoticed: a message without the "request" flag, joining a group twice or leaving
 * one that was not joined throws an {@link AssertionError}.
 */
public final class FakeNetlinkSocket implements NetlinkSocket {
    private static final int LONG_SECONDS = 60;

    private final Function<NetlinkMessage, List<NetlinkMessage>> kernel;
    private final List<NetlinkMessage> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> datagramSizes = new CopyOnWriteArrayList<>();
    private final Set<Integer> groups = new ConcurrentSkipListSet<>();
    private final BlockingQueue<Supplier<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /** @param kernel what to answer to a request; an empty list is silence */
    public FakeNetlinkSocket(Function<NetlinkMessage, List<NetlinkMessage>> kernel) {
        this.kernel = kernel;
    }

    /** A socket whose kernel is silent but for what {@link #deliver} brings. */
    public FakeNetlinkSocket() {
        this(request -> List.of());
    }

    /** The requests so far. */
    public List<NetlinkMessage> requests() {
        return List.copyOf(requests);
    }

    /** How many messages each sent datagram had. */
    public List<Integer> datagramSizes() {
        return List.copyOf(datagramSizes);
    }

    /** The groups that are joined. */
    public Set<Integer> groups() {
        return Set.copyOf(groups);
    }

    public boolean isClosed() {
        return closed;
    }

    /** Lets messages arrive unasked, in one datagram. */
    public void deliver(NetlinkMessage... messages) {
        deliver(NetlinkMessage.encodeAll(List.of(messages)));
    }

    /** Lets any bytes arrive. */
    public void deliver(ByteBuffer datagram) {
        arrived.add(() -> datagram);
    }

    /** Makes a receive fail as after an overflow of the buffer. */
    public void loseEvents() {
        arrived.add(() -> {
            throw new EventsLostException();
        });
    }

    @Override
    public void send(ByteBuffer datagram) {
        requireOpen("send");
        List<NetlinkMessage> messages = NetlinkMessage.decodeAll(datagram);
        datagramSizes.add(messages.size());
        for (NetlinkMessage message : messages) {
            if (!message.hasFlag(MessageFlags.REQUEST)) {
                throw new AssertionError("no request: " + message);
            }
            requests.add(message);
            kernel.apply(message).forEach(this::deliver);
        }
    }

    @Override
    public Optional<ByteBuffer> receive(Duration timeout) {
        requireOpen("receive");
        Duration longest = Duration.ofSeconds(LONG_SECONDS);
        Duration bounded = timeout.compareTo(longest) < 0 ? timeout : longest;
        try {
            Supplier<ByteBuffer> next = arrived.poll(bounded.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null && bounded.equals(longest)) {
                throw new AssertionError("waited for " + LONG_SECONDS + " s in a test");
            }
            return Optional.ofNullable(next).map(Supplier::get);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void joinGroup(int group) {
        requireOpen("join group");
        if (!groups.add(group)) {
            throw new AssertionError("group " + group + " is joined already");
        }
    }

    @Override
    public void leaveGroup(int group) {
        requireOpen("leave group");
        if (!groups.remove(group)) {
            throw new AssertionError("group " + group + " was not joined");
        }
    }

    @Override
    public void close() {
        closed = true;
        arrived.add(() -> {
            throw new NetlinkClosedException("receive");
        });
    }

    private void requireOpen(String operation) {
        if (closed) {
            throw new NetlinkClosedException(operation);
        }
    }

    /** The conversation so far, for messages of failed tests. */
    @Override
    public String toString() {
        return "groups " + groups + (closed ? ", closed" : "") + ", requests " + requests;
    }
}
