package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.netlink.ffi.Errno;

/**
 * Questions and answers over a {@link NetlinkSocket}: sequence numbers, acknowledgements, multipart answers.
 *
 * <p>May be used by several threads, which then wait for each other; {@link #close()} waits for nobody. The socket must
 * not be a member of multicast groups.
 *
 * <p>Every method throws {@link NetlinkException} when the kernel refuses, {@link NetlinkTimeoutException} when it stays
 * silent, {@link MalformedMessageException} when the answer makes no sense and {@link NetlinkClosedException} after
 * {@link #close()}.
 */
public final class NetlinkConversation implements AutoCloseable {
    /** Until the kernel's answer to one request is complete. It answers within the send, but may be waiting for a lock. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** How often a dump that was interrupted by a change is repeated before giving up. */
    static final int DUMP_ATTEMPTS = 10;

    private final NetlinkSocket socket;
    private final Duration timeout;
    private int lastSequence;

    public NetlinkConversation(NetlinkSocket socket) {
        this(socket, DEFAULT_TIMEOUT);
    }

    /** @param timeout for the whole answer to one request */
    public NetlinkConversation(NetlinkSocket socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    /** Opens a socket for {@code protocol} in the network namespace of this thread. */
    public static NetlinkConversation open(NetlinkProtocol protocol) {
        return new NetlinkConversation(LinuxNetlinkSocket.open(protocol));
    }

    /** Sends a request that changes something and waits until the kernel says that it is done. */
    public synchronized void execute(NetlinkRequest request) {
        converse(request.withFlags(MessageFlags.ACKNOWLEDGE));
    }

    /**
     * Sends a request that changes something, and does not ask what became of it: for what is done many times in a row, and
     * may fail. The kernel has carried it out, or refused it, when this returns. A refusal is passed over by the next request
     * that waits for an answer; the socket's buffer holds some thousand of them.
     */
    public synchronized void tell(NetlinkRequest request) {
        socket.send(NetlinkMessage.encodeAll(List.of(request.toMessage(nextSequence()))));
    }

    /** Sends a request and returns the first message of the answer; empty if the kernel only acknowledges. */
    public synchronized Optional<NetlinkMessage> query(NetlinkRequest request) {
        return converse(request.withFlags(MessageFlags.ACKNOWLEDGE)).messages().stream()
                .findFirst();
    }

    /**
     * Asks for all entries. If they change meanwhile, the dump is repeated, up to ten times in all.
     *
     * @return one message for each entry
     */
    public synchronized List<NetlinkMessage> dump(NetlinkRequest request) {
        NetlinkRequest dump = request.withFlags(MessageFlags.DUMP);
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            Answer answer = converse(dump);
            if (!answer.interrupted()) {
                return answer.messages();
            }
        }
        throw new NetlinkException(
                request.operation(), "the dump was interrupted by changes " + DUMP_ATTEMPTS + " times in a row");
    }

    /**
     * Sends several requests in one datagram, as nfnetlink's transactions need, and waits for the acknowledgements of those
     * that ask for one.
     *
     * @throws NetlinkException with the operation and sequence of the first request that the kernel refused
     */
    public synchronized void executeBatch(List<NetlinkRequest> requests) {
        Map<Integer, NetlinkRequest> bySequence = new HashMap<>();
        Set<Integer> unanswered = new HashSet<>();
        List<NetlinkMessage> messages = new ArrayList<>();
        for (NetlinkRequest request : requests) {
            int sequence = nextSequence();
            bySequence.put(sequence, request);
            messages.add(request.toMessage(sequence));
            if (request.wantsAcknowledgement()) {
                unanswered.add(sequence);
            }
        }
        if (messages.isEmpty()) {
            return;
        }
        String operation = requests.get(0).operation();
        socket.send(NetlinkMessage.encodeAll(messages));
        Deadline deadline = new Deadline(timeout);
        while (!unanswered.isEmpty()) {
            for (NetlinkMessage message : receive(operation, deadline)) {
                int sequence = message.header().sequence();
                NetlinkRequest request = bySequence.get(sequence);
                if (request != null && message.type() == NetlinkNumbers.NLMSG_ERROR) {
                    requireSuccess(request.operation(), message);
                    unanswered.remove(sequence);
                }
            }
        }
    }

    /** Closes the socket; a call that waits in another thread ends with {@link NetlinkClosedException}. */
    @Override
    public void close() {
        socket.close();
    }

    private record Answer(List<NetlinkMessage> messages, boolean interrupted) {}

    private Answer converse(NetlinkRequest request) {
        int sequence = nextSequence();
        socket.send(NetlinkMessage.encodeAll(List.of(request.toMessage(sequence))));
        Deadline deadline = new Deadline(timeout);
        List<NetlinkMessage> answer = new ArrayList<>();
        boolean interrupted = false;
        while (true) {
            for (NetlinkMessage message : receive(request.operation(), deadline)) {
                if (message.header().sequence() != sequence) {
                    continue; // The answer to a request that we gave up waiting for.
                }
                interrupted |= message.hasFlag(MessageFlags.DUMP_INTERRUPTED);
                if (isLast(request, message)) {
                    return new Answer(answer, interrupted);
                }
                if (!message.header().isControl()) {
                    answer.add(message);
                }
            }
        }
    }

    /** True when {@code message} completes the answer to {@code request}. */
    private static boolean isLast(NetlinkRequest request, NetlinkMessage message) {
        switch (message.type()) {
            case NetlinkNumbers.NLMSG_ERROR, NetlinkNumbers.NLMSG_DONE -> {
                requireSuccess(request.operation(), message);
                return true;
            }
            case NetlinkNumbers.NLMSG_OVERRUN -> throw new EventsLostException();
            default -> {
                return false;
            }
        }
    }

    private static void requireSuccess(String operation, NetlinkMessage message) {
        int errno = ExtendedAck.errno(message);
        if (errno != 0) {
            throw new NetlinkException(
                    operation,
                    new Errno(errno),
                    ExtendedAck.decode(message),
                    message.header().sequence());
        }
    }

    private List<NetlinkMessage> receive(String operation, Deadline deadline) {
        ByteBuffer datagram =
                socket.receive(deadline.left()).orElseThrow(() -> new NetlinkTimeoutException(operation, timeout));
        return NetlinkMessage.decodeAll(datagram);
    }

    /** Never 0, which marks notifications. */
    private int nextSequence() {
        lastSequence = lastSequence == -1 ? 1 : lastSequence + 1;
        return lastSequence;
    }

    private record Deadline(long startNanos, Duration timeout) {
        Deadline(Duration timeout) {
            this(System.nanoTime(), timeout);
        }

        Duration left() {
            Duration left = timeout.minusNanos(System.nanoTime() - startNanos);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}
