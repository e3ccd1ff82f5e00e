package net.hybridgateway.app.probe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.upstream.HandshakeLesson;
import net.hybridgateway.mgmt.status.ProbeFacts;
import net.hybridgateway.mgmt.status.ProbeFacts.Answer;
import net.hybridgateway.mgmt.status.ProbeFacts.Handshake;
import net.hybridgateway.mgmt.status.ProbeFacts.Join;
import net.hybridgateway.mgmt.status.ProbeFacts.OptionAtPeer;
import net.hybridgateway.mgmt.status.ProbeFacts.SynData;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.Endpoint;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.socket.JoinSyn;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.socket.TcpInfo;
import org.tinylog.Logger;

/**
 * Finds out what becomes of Multipath TCP between one uplink's address and one conversion point, by connections with Info
 * requests (RFC 8803 §6.2.3): nothing is converted, no server is touched.
 *
 * <p>Each step has {@link #PATIENCE}: the kernel sends an unanswered SYN again after one second and after two. What looks
 * bad is done a second time, for a lost packet looks the same. Blocks; belongs to one thread.
 */
final class PathProbe {
    /** Of each attempt. */
    static final Duration PATIENCE = Duration.ofMillis(2500);

    /** IP and TCP headers with the options that such packets have, about. */
    private static final int IPV4_HEADERS = 80;

    private static final int IPV6_HEADERS = 100;
    private static final int PACKETS_OF_A_JOIN = 6;
    /** The header of a Convert message. */
    private static final int HALF_A_REQUEST = 4;

    private final InetAddress source;
    private final int interfaceIndex;
    private final InetSocketAddress remote;
    private final ProbeConnections connections;
    private final InfoTalk talk;
    private final LongSupplier nanoTime;
    private long bytes;
    private Optional<ConvertClientOutcome> reply = Optional.empty();

    /**
     * @param connections is told of each connection before it begins
     * @param stop ends the probe with a {@link InfoTalk.StoppedException}
     */
    PathProbe(
            InetAddress source,
            int interfaceIndex,
            InetSocketAddress remote,
            ProbeConnections connections,
            EventFd stop,
            LongSupplier nanoTime) {
        this.source = source;
        this.interfaceIndex = interfaceIndex;
        this.remote = remote;
        this.connections = connections;
        this.talk = new InfoTalk(stop);
        this.nanoTime = nanoTime;
    }

    /** What was sent and received so far, headers included, roughly. */
    long bytes() {
        return bytes;
    }

    /** Does all that makes sense on this path. */
    ProbeFacts run() {
        ProbeFacts facts = ProbeFacts.NONE.with(twice(this::plain, answer -> answer != Answer.NO_ANSWER));
        if (facts.answer() != Answer.CONVERTS && facts.answer() != Answer.SILENT) {
            return facts;
        }
        facts = facts.with(twice(this::multipath, found -> found == Handshake.MULTIPATH));
        boolean multipath = facts.handshake() == Handshake.MULTIPATH;
        // Where a SYN with the option is lost, data in it are a question for plain TCP.
        StreamProtocol protocol = facts.handshake() == Handshake.NO_ANSWER ? StreamProtocol.TCP : StreamProtocol.MPTCP;
        facts = facts.with(twice(() -> synData(protocol, multipath), found -> found == SynData.KEPT));
        if (multipath) {
            facts = facts.with(twice(this::join, found -> found == Join.JOINED));
        }
        boolean lost = facts.handshake() == Handshake.PLAIN || facts.join() == Join.REFUSED;
        return lost ? facts.with(optionAtPeer()) : facts;
    }

    /**
     * Only what new connections need to know, by as few connections as will do: one, where all is well.
     *
     * @param inSyn whether data in the SYN are of interest
     * @return empty if nothing answers, or nothing that tells
     */
    Optional<HandshakeLesson> handshake(boolean inSyn) {
        SynData synData = inSyn
                ? twice(() -> synData(StreamProtocol.MPTCP, true), found -> found == SynData.KEPT)
                : SynData.NOT_TRIED;
        if (synData == SynData.KEPT) {
            return HandshakeJudge.judge(synData, Handshake.NOT_TRIED, Answer.NOT_ASKED, isAnsweredInConvert());
        }
        Handshake handshake = multipath();
        if (handshake != Handshake.NO_ANSWER) {
            return HandshakeJudge.judge(synData, handshake, Answer.NOT_ASKED, isAnsweredInConvert());
        }
        Answer answer = plain();
        SynData ofPlain = inSyn ? synData(StreamProtocol.TCP, false) : SynData.NOT_TRIED;
        return HandshakeJudge.judge(ofPlain, handshake, answer, isAnsweredInConvert());
    }

    private boolean isAnsweredInConvert() {
        return reply.map(ConvertClientOutcome::kind)
                .filter(kind -> kind == ConvertClientOutcome.Kind.ACCEPTED || kind == ConvertClientOutcome.Kind.REFUSED)
                .isPresent();
    }

    /** What the last connection that was made got as a complete reply to its Info request, if it came so far. */
    Optional<ConvertClientOutcome> reply() {
        return reply;
    }

    private static <T> T twice(Supplier<T> step, Predicate<T> enough) {
        T first = step.get();
        return enough.test(first) ? first : step.get();
    }

    // ---- the steps --------------------------------------------------------------------------------------------------

    private Answer plain() {
        try (Attempt attempt = new Attempt(StreamProtocol.TCP)) {
            attempt.socket.connect(remote);
            if (!attempt.awaitConnected()) {
                return Answer.NO_ANSWER;
            }
            Optional<Errno> error = SocketQuery.error(attempt.socket.fd());
            if (error.isPresent()) {
                return failure(error.get());
            }
            return switch (attempt.converse(0).kind()) {
                case ACCEPTED, REFUSED -> Answer.CONVERTS;
                case NEED_MORE -> Answer.SILENT;
                case NOT_CONVERT -> Answer.SPEAKS_OTHERWISE;
            };
        } catch (ErrnoException e) {
            return failure(e.errno());
        }
    }

    private static Answer failure(Errno errno) {
        if (errno.meansNoWay()) {
            return Answer.NO_WAY;
        }
        return errno.equals(Errno.ETIMEDOUT) ? Answer.NO_ANSWER : Answer.REFUSED;
    }

    private Handshake multipath() {
        try (Attempt attempt = new Attempt(StreamProtocol.MPTCP)) {
            attempt.socket.connect(remote);
            if (!attempt.awaitConnected()
                    || SocketQuery.error(attempt.socket.fd()).isPresent()) {
                return Handshake.NO_ANSWER;
            }
            if (!SocketQuery.isMptcp(attempt.socket.fd())) {
                return Handshake.PLAIN;
            }
            attempt.converse(0);
            return SocketQuery.isMptcp(attempt.socket.fd()) ? Handshake.MULTIPATH : Handshake.FELL_BACK;
        } catch (ErrnoException e) {
            return Handshake.NO_ANSWER;
        }
    }

    /** @param multipath whether the connection is expected to stay Multipath TCP */
    private SynData synData(StreamProtocol protocol, boolean multipath) {
        try (Attempt attempt = new Attempt(protocol)) {
            int taken = attempt.socket.connectWithData(remote, attempt.handshake.requestBytes());
            if (taken == 0) {
                return SynData.NOT_TRIED;
            }
            if (!attempt.awaitConnected()
                    || SocketQuery.error(attempt.socket.fd()).isPresent()) {
                return SynData.SYN_LOST;
            }
            TcpInfo info = TcpInfo.of(attempt.socket.fd());
            if (!info.synDataAcknowledged()) {
                // 3: the kernel had to send it again, and did so without the data.
                return info.fastOpenFailure() == 3 ? SynData.SYN_LOST : SynData.NOT_ACKNOWLEDGED;
            }
            attempt.converse(taken);
            return !multipath || SocketQuery.isMptcp(attempt.socket.fd()) ? SynData.KEPT : SynData.COSTS_MULTIPATH;
        } catch (ErrnoException e) {
            return SynData.NOT_TRIED;
        }
    }

    /** A second subflow, on the same way as the first, from another port. */
    private Join join() {
        try (MptcpPathManager pathManager = MptcpPathManager.open();
                Attempt attempt = new Attempt(StreamProtocol.MPTCP)) {
            attempt.socket.connect(remote);
            if (!attempt.awaitConnected()
                    || SocketQuery.error(attempt.socket.fd()).isPresent()) {
                return Join.NOT_TRIED;
            }
            // Half a request: its acknowledgment confirms Multipath TCP, and the conversion point waits for the rest.
            attempt.socket.write(
                    ByteBuffer.wrap(attempt.handshake.requestBytes()).limit(HALF_A_REQUEST));
            Optional<MptcpEvent.Established> established = attempt.await(MptcpEvent.Established.class, any -> true);
            if (established.isEmpty()) {
                return Join.NOT_TRIED;
            }
            if (established.get().initialAddressDenied()) {
                return Join.NOT_WANTED_HERE;
            }
            // The address of the initial subflow has the number 0, and keeps it.
            pathManager.createSubflow(
                    established.get().token(),
                    Endpoint.at(source).id(AddressId.INITIAL).onLink(interfaceIndex),
                    remote);
            bytes += (long) PACKETS_OF_A_JOIN * headers();
            return attempt.awaitJoin();
        } catch (ErrnoException | NetlinkException e) {
            Logger.debug("no join: {}", e.getMessage());
            return Join.NOT_TRIED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfoTalk.StoppedException();
        }
    }

    /** What a SYN with the option of a join is answered with, which tells whether the option arrives. */
    private OptionAtPeer optionAtPeer() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int[] numbers = {random.nextInt(), random.nextInt(), random.nextInt()};
        try (JoinSyn syn = JoinSyn.open(source, interfaceIndex, remote, numbers)) {
            for (int i = 0; i < 2; i++) {
                syn.send();
                // The SYN, its answer, and the reset that the kernel sends if that is a SYN/ACK.
                bytes += 3L * headers();
                if (talk.ready(syn.fd(), LibC.POLLIN, PATIENCE.toNanos() / 2)) {
                    return syn.answer()
                            .map(answer -> answer == JoinSyn.Answer.RESET ? OptionAtPeer.SEEN : OptionAtPeer.NOT_SEEN)
                            .orElse(OptionAtPeer.UNCLEAR);
                }
            }
            return OptionAtPeer.UNCLEAR;
        } catch (ErrnoException e) {
            Logger.debug("no raw SYN: {}", e.getMessage());
            return OptionAtPeer.UNCLEAR;
        }
    }

    private int headers() {
        return source instanceof Inet4Address ? IPV4_HEADERS : IPV6_HEADERS;
    }

    // ---- one connection ---------------------------------------------------------------------------------------------

    /** A connection of the probe, reset at its end. */
    private final class Attempt implements AutoCloseable {
        private final StreamSocket socket;
        private final ProbeConnections.Watch watch;
        private final ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.info());
        private final long deadlineNanos = nanoTime.getAsLong() + PATIENCE.toNanos();

        Attempt(StreamProtocol protocol) {
            socket = StreamSocket.open(protocol);
            try {
                // Bound now and not by the connect: its port must be known before the kernel speaks of it.
                socket.set(SocketOption.TCP_NODELAY, 1)
                        .set(SocketOption.SO_BINDTOIFINDEX, interfaceIndex)
                        .resetOnClose()
                        .bind(new InetSocketAddress(source, 0));
                watch = connections.watch(socket.localAddress());
            } catch (RuntimeException e) {
                socket.close();
                throw e;
            }
        }

        /** Waits for the SYN/ACK or a refusal. */
        boolean awaitConnected() {
            return await(LibC.POLLOUT);
        }

        /**
         * Sends the request and reads the reply.
         *
         * @param sent how much of the request is sent already
         * @return NEED_MORE if there is no complete reply in time
         */
        ConvertClientOutcome converse(int sent) {
            reply = Optional.empty();
            try {
                ConvertClientOutcome outcome = talk.converse(socket, handshake, sent, this::leftNanos);
                reply = Optional.of(outcome).filter(any -> any.kind() != ConvertClientOutcome.Kind.NEED_MORE);
                return outcome;
            } catch (ErrnoException e) {
                return handshake.endOfStream();
            }
        }

        /** How the kernel says that the second subflow ended, or that it did not within the time. */
        Join awaitJoin() throws InterruptedException {
            int initialPort = socket.localAddress().getPort();
            Optional<MptcpEvent.OfConnection> end = await(
                    MptcpEvent.OfConnection.class,
                    event -> event instanceof MptcpEvent.SubflowEstablished
                            || (event instanceof MptcpEvent.SubflowClosed closed
                                    && closed.subflow().path().local().getPort() != initialPort));
            if (end.isEmpty()) {
                return Join.NO_ANSWER;
            }
            return end.get() instanceof MptcpEvent.SubflowEstablished ? Join.JOINED : Join.REFUSED;
        }

        private <E> Optional<E> await(Class<E> kind, Predicate<E> wanted) throws InterruptedException {
            while (true) {
                Optional<MptcpEvent.OfConnection> event = watch.next(leftNanos());
                if (event.isEmpty()) {
                    return Optional.empty();
                }
                Optional<E> found =
                        event.filter(kind::isInstance).map(kind::cast).filter(wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }

        private boolean await(int events) {
            return talk.ready(socket.fd(), events, leftNanos());
        }

        private long leftNanos() {
            return deadlineNanos - nanoTime.getAsLong();
        }

        @Override
        public void close() {
            try {
                TcpInfo info = TcpInfo.of(socket.fd());
                // One more for the reset.
                bytes += headers() * (info.segmentsSent() + info.segmentsReceived() + 1)
                        + info.bytesSent()
                        + info.bytesReceived();
            } finally {
                socket.close();
                watch.close();
            }
        }
    }
}
