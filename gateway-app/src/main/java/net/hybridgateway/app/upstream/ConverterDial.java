package net.hybridgateway.app.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertErrorCode;
import net.hybridgateway.app.convert.ConvertException;
import net.hybridgateway.app.convert.ConvertReaction;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.TcpInfo;

/**
 * One attempt to reach a server through a conversion point: connect, send the Convert request in the SYN or right after
 * it, read the reply.
 *
 * <p>Ends with exactly one of {@link Listener#converterAccepted} and {@link Listener#converterFailed}, unless it is
 * cancelled. What it learns about the path goes into the route's {@link PathMemory}. Belongs to one loop.
 */
public final class ConverterDial implements EndpointHandler {
    /** Why an attempt failed, in terms of what may be done next. */
    public enum Failure {
        /** The server itself said no, by the conversion point's mouth. */
        SERVER_REFUSED,
        /** Worth another attempt with the request that comes along. */
        RETRY,
        /** The conversion point did not take the connection: the server has seen nothing of it. */
        NOT_TAKEN,
        /** The conversion point broke off or stayed silent: the server may have seen what was sent along. */
        UNCLEAR,
        /**
         * The conversion point took the connection, but something on the way takes the options of Multipath TCP from data: it is
         * not to be relied on ({@link PathHandshake#PLAIN_ONLY}). The same route will be plain TCP next time. The server may have seen what was
         * sent along.
         */
        OPTIONS_LOST
    }

    /** Is told how the attempt goes; on the loop. */
    public interface Listener {
        /** TCP is established: more bytes for the server may be written behind the request. */
        void converterConnected(Endpoint endpoint);

        /** More of those bytes fit now. */
        void converterWritable();

        /**
         * The server has answered.
         *
         * @param endpoint connected; the listener owns it from here on
         * @param serverData what the server has sent already; valid during the call only
         * @param multipath whether Multipath TCP is in use
         */
        void converterAccepted(Endpoint endpoint, ByteBuf serverData, boolean multipath);

        /**
         * It came to nothing, and the socket is closed.
         *
         * @param retry the request to try next, present for {@link Failure#RETRY} only
         */
        void converterFailed(Failure failure, Optional<ConvertRequest> retry);
    }

    /**
     * After a second the kernel sends an unanswered SYN again, and of one that carried data it makes plain TCP; Multipath
     * TCP is out of reach then. A SYN of ours that comes first is without data, and keeps it however often it is lost.
     */
    private static final Duration SYN_WITH_DATA = Duration.ofMillis(900);

    /** There are firewalls that drop what they don't know. Long enough for two satellites; the kernel waits for three SYNs. */
    private static final Duration SYN_OF_MULTIPATH = Duration.ofMillis(1500);

    private final RelayLoop loop;
    private final Route route;
    private final ConvertRequest request;
    private final ConvertClientHandshake handshake;
    private final DialSettings settings;
    private final Listener listener;
    private ByteBuf unsentRequest = Unpooled.EMPTY_BUFFER;
    private final boolean knownPlain;
    private boolean plain;
    private HandshakeMode mode;
    private Endpoint endpoint;
    private boolean multipathHandshake;
    private RelayLoop.Timer timer = () -> {};
    private RelayLoop.Timer synTimer = () -> {};
    private boolean connected;
    private boolean toldConnected;
    private boolean broken;
    private boolean over;

    /** Prepares an attempt; {@link #start} begins it. */
    public ConverterDial(
            RelayLoop loop, Route route, ConvertRequest request, DialSettings settings, Listener listener) {
        this.loop = loop;
        this.route = route;
        this.request = withKnownCookie(request, route, settings);
        this.handshake = new ConvertClientHandshake(this.request);
        this.settings = settings;
        this.listener = listener;
        this.mode = route.mode();
        this.knownPlain = route.memory().withoutMultipath();
        this.plain = knownPlain;
    }

    private static ConvertRequest withKnownCookie(ConvertRequest request, Route route, DialSettings settings) {
        return request.attempt() > 1
                ? request
                : settings.cookies()
                        .find(route.conversionPoint(), route.source())
                        .map(request::withCookie)
                        .orElse(request);
    }

    /** Begins the attempt; may call the listener before it returns. */
    public void start() {
        await(settings.connect(), Failure.NOT_TAKEN);
        connect();
    }

    private void connect() {
        try {
            byte[] bytes = handshake.requestBytes();
            UpstreamSockets.Dialled dialled = dial(mode == HandshakeMode.ZERO_RTT ? bytes : new byte[0]);
            if (dialled.taken() < bytes.length) {
                unsentRequest = Unpooled.directBuffer(bytes.length)
                        .writeBytes(bytes, dialled.taken(), bytes.length - dialled.taken());
            }
            endpoint = Endpoint.connecting(loop, dialled.fd(), this);
            expectSynAck();
        } catch (IOException | ErrnoException | ConvertException e) {
            fail(Failure.NOT_TAKEN);
        }
    }

    private UpstreamSockets.Dialled dial(byte[] inSyn) throws IOException {
        int device = route.path().interfaceIndex();
        return plain
                ? UpstreamSockets.plain(
                        route.source(), device, route.conversionPoint().address(), inSyn)
                : UpstreamSockets.multipath(
                        route.source(), device, route.conversionPoint().address(), inSyn);
    }

    private void expectSynAck() {
        if (!plain) {
            synTimer = loop.schedule(
                    this::synUnanswered, mode == HandshakeMode.ZERO_RTT ? SYN_WITH_DATA : SYN_OF_MULTIPATH);
        }
    }

    /** Nothing of the host's was sent so far, so that the same may be asked over another connection that asks for less. */
    private void synUnanswered() {
        endpoint.abort();
        unsentRequest.release();
        unsentRequest = Unpooled.EMPTY_BUFFER;
        if (mode == HandshakeMode.ZERO_RTT) {
            mode = HandshakeMode.ONE_RTT;
        } else {
            plain = true;
        }
        connect();
    }

    /** Gives the attempt up; the listener hears nothing more. */
    public void cancel() {
        if (finish() && endpoint != null) {
            endpoint.abort();
        }
    }

    /** Shortens the wait for the reply of a connected conversion point. */
    public void expectReplyWithin(Duration patience) {
        if (connected && !over) {
            await(patience, Failure.UNCLEAR);
        }
    }

    private void await(Duration patience, Failure otherwise) {
        timer.cancel();
        timer = loop.schedule(() -> fail(otherwise), patience);
    }

    @Override
    public void onConnected(Endpoint connectedEndpoint) {
        connected = true;
        synTimer.cancel();
        // Where data in the SYN is not taken, Linux itself gives Multipath TCP up: that is learnt elsewhere.
        multipathHandshake = lookAtSynData(connectedEndpoint) && isMultipath().orElse(false);
        await(settings.reply(), Failure.UNCLEAR);
        proceed();
    }

    /** Whether data in the SYN, if there was any, was taken. */
    private boolean lookAtSynData(Endpoint established) {
        long now = settings.nanoTime().getAsLong();
        if (plain && !knownPlain) {
            route.memory().optionsLost(now);
        } else if (mode != route.mode()) {
            route.memory().synWithDataLost(now);
        } else if (mode == HandshakeMode.ZERO_RTT) {
            try {
                boolean acknowledged = TcpInfo.of(established.fd().intValue()).synDataAcknowledged();
                route.memory().synWithDataAnswered(acknowledged, now);
                return acknowledged;
            } catch (ErrnoException e) {
                // Its end is on the way, and will be told to whom it concerns.
                return false;
            }
        }
        return true;
    }

    @Override
    public void onReady(Endpoint readyEndpoint) {
        proceed();
    }

    @Override
    public void onFailed(Endpoint failedEndpoint, IOException cause) {
        if (connected) {
            readLastWords();
        } else {
            fail(Failure.NOT_TAKEN);
        }
    }

    /** A reset can come right behind an error TLV, which is still there to be read, and tells more than the reset. */
    private void readLastWords() {
        broken = true;
        try {
            readReply();
        } catch (IOException e) {
            // Nothing was said.
        }
        fail(Failure.UNCLEAR);
    }

    private void proceed() {
        try {
            if (unsentRequest.isReadable() && !endpoint.write(unsentRequest)) {
                return;
            }
            readReply();
            if (!over) {
                listenerMayWrite();
            }
        } catch (IOException e) {
            readLastWords();
        }
    }

    private void listenerMayWrite() {
        if (toldConnected) {
            listener.converterWritable();
        } else {
            toldConnected = true;
            listener.converterConnected(endpoint);
        }
    }

    private void readReply() throws IOException {
        while (!over && endpoint.readable()) {
            ByteBuf buffer = loop.sharedBuffer().clear();
            int n = endpoint.read(buffer);
            if (n == 0) {
                return;
            }
            if (n < 0) {
                judge(handshake.endOfStream(), Unpooled.EMPTY_BUFFER);
                return;
            }
            ByteBuffer bytes = buffer.nioBuffer();
            ConvertClientOutcome outcome = handshake.feed(bytes);
            buffer.skipBytes(bytes.position());
            judge(outcome, buffer);
        }
    }

    private void judge(ConvertClientOutcome outcome, ByteBuf serverData) {
        switch (outcome.kind()) {
            case NEED_MORE -> {}
            case ACCEPTED -> {
                settings.bypass()
                        .learn(
                                request,
                                ((ConvertClientOutcome.Accepted) outcome).extendedTcpHeader(),
                                settings.nanoTime().getAsLong());
                // Behind a reset there is nothing left to relay to.
                if (!broken) {
                    accept(serverData);
                }
            }
            case REFUSED -> refuse((ConvertClientOutcome.Refused) outcome);
            case NOT_CONVERT -> {
                if (isAnotherProtocol(outcome)) {
                    route.memory()
                            .failed(PointTrouble.NO_CONVERT, settings.nanoTime().getAsLong());
                }
                fail(Failure.UNCLEAR);
            }
        }
    }

    /** Whether what answered is no conversion point at all. */
    static boolean isAnotherProtocol(ConvertClientOutcome outcome) {
        return outcome instanceof ConvertClientOutcome.NotConvert not
                && not.reason().fault() == ConvertException.Fault.WRONG_MAGIC;
    }

    /** What an error says of the conversion point. */
    static PointTrouble trouble(ConvertErrorCode code) {
        return switch (code) {
            case RESOURCE_EXCEEDED -> PointTrouble.OUT_OF_RESOURCES;
            case NETWORK_FAILURE -> PointTrouble.NETWORK_FAILURE;
            case NOT_AUTHORIZED -> PointTrouble.NOT_AUTHORIZED;
            case UNSUPPORTED_VERSION,
                    MALFORMED_MESSAGE,
                    UNSUPPORTED_MESSAGE,
                    MISSING_COOKIE,
                    UNSUPPORTED_TCP_OPTION,
                    OTHER_MESSAGE_ERROR,
                    OTHER_CLIENT_ERROR -> PointTrouble.UNUSABLE;
            case OTHER_CONVERTER_ERROR,
                    CONNECTION_RESET,
                    DESTINATION_UNREACHABLE,
                    OTHER_DESTINATION_ERROR,
                    UNCLASSIFIED -> PointTrouble.OTHER_ERROR;
        };
    }

    private void accept(ByteBuf serverData) {
        Optional<Boolean> multipath = isMultipath();
        long now = settings.nanoTime().getAsLong();
        if (multipath.isEmpty()) {
            fail(Failure.UNCLEAR);
        } else if (multipathHandshake && !multipath.get()) {
            route.memory().optionsLost(now);
            fail(Failure.OPTIONS_LOST);
        } else if (finish()) {
            if (plain) {
                route.memory().acceptedPlain(now);
            } else {
                route.memory().accepted(mode, multipath.get(), now);
            }
            route.memory().cookieTaken(request.cookie().isPresent(), now);
            listener.converterAccepted(endpoint, serverData, multipath.get());
        }
    }

    /** Empty if the socket has died meanwhile. */
    private Optional<Boolean> isMultipath() {
        try {
            return Optional.of(SocketQuery.isMptcp(endpoint.fd().intValue()));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    private void refuse(ConvertClientOutcome.Refused refused) {
        if (!finish()) {
            return;
        }
        endpoint.abort();
        remember(refused.reaction(), refused.code());
        Optional<ConvertRequest> retry = refused.retry();
        if (retry.isPresent()) {
            listener.converterFailed(Failure.RETRY, retry);
        } else if (refused.reaction().servesDirectly() && refused.guaranteesNoUserDataAtServer()) {
            listener.converterFailed(Failure.NOT_TAKEN, retry);
        } else {
            listener.converterFailed(
                    refused.reaction().servesDirectly() ? Failure.UNCLEAR : Failure.SERVER_REFUSED, retry);
        }
    }

    private void remember(ConvertReaction reaction, ConvertErrorCode code) {
        long now = settings.nanoTime().getAsLong();
        switch (reaction.kind()) {
            case RETRY_WITH_COOKIE ->
                settings.cookies()
                        .learn(
                                route.conversionPoint(),
                                route.source(),
                                ((ConvertReaction.RetryWithCookie) reaction).cookie());
            case RETRY_WITHOUT_COOKIE -> settings.cookies().forget(route.conversionPoint(), route.source());
            case AVOID_CONVERTER ->
                route.memory().pause(trouble(code), ((ConvertReaction.AvoidConverter) reaction).delay(), now);
            case CONVERTER_UNUSABLE -> {
                // An error that may concern this server alone must not cost all other servers the conversion point.
                if (((ConvertReaction.ConverterUnusable) reaction).perhapsOnlyThisTarget()) {
                    route.memory().refusedPerhapsAll();
                } else {
                    route.memory().failed(trouble(code), now);
                }
            }
            case RESET_LAN, RETRY_WITHOUT_OPTIONS -> route.memory().reached(now);
        }
    }

    private void fail(Failure failure) {
        if (!finish()) {
            return;
        }
        if (endpoint != null) {
            endpoint.abort();
        }
        long now = settings.nanoTime().getAsLong();
        if (failure == Failure.NOT_TAKEN) {
            route.memory().failed(PointTrouble.NOT_REACHED, now);
        } else if (failure != Failure.OPTIONS_LOST) {
            route.memory().doubted(now);
        }
        listener.converterFailed(failure, Optional.empty());
    }

    /** Whether this call was the one that ended the attempt. */
    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        timer.cancel();
        synTimer.cancel();
        unsentRequest.release();
        return true;
    }
}
