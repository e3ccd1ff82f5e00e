package net.hybridgateway.app.converter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.app.convert.ConvertServerHandshake;
import net.hybridgateway.app.convert.ConvertServerOutcome;
import net.hybridgateway.app.convert.ErrorTlv;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.HeldBytes;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.upstream.UpstreamSockets;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;

/** One client connection of a conversion point, from its request to its end. Belongs to one loop. */
final class ConverterSession implements EndpointHandler {
    /** How often to look whether the third ACK of the handshake has come: no event tells. */
    private static final Duration ESTABLISHED_CHECK = Duration.ofMillis(2);
    /** How long a client that was refused may take to read why. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ConversionPointServer owner;
    private final RelayLoop loop;
    private final Endpoint client;
    private final InetAddress clientAddress;
    private final ConvertServerHandshake handshake;
    private Optional<HeldBytes> userData = Optional.empty();
    private Optional<Endpoint> server = Optional.empty();
    private Optional<Relay> relay = Optional.empty();
    private RelayLoop.Timer timer = () -> {};
    private boolean judged;
    private boolean over;

    ConverterSession(ConversionPointServer owner, RelayLoop loop, int fd, InetAddress clientAddress)
            throws IOException {
        this.owner = owner;
        this.loop = loop;
        this.clientAddress = clientAddress;
        client = Endpoint.connected(loop, fd, this);
        handshake = new ConvertServerHandshake(owner.options().convert(), clientAddress);
        timer = loop.schedule(this::abandon, owner.options().requestPatience());
    }

    /** The address that the connection is counted under. */
    InetAddress clientAddress() {
        return clientAddress;
    }

    // ---- the request ------------------------------------------------------------------------------------------------

    @Override
    public void onReady(Endpoint endpoint) {
        while (!judged && client.readable()) {
            ByteBuf buffer = loop.sharedBuffer().clear();
            int n;
            try {
                n = client.read(buffer);
            } catch (IOException e) {
                abandon();
                return;
            }
            if (n == 0) {
                return;
            }
            if (n < 0) {
                judge(handshake.endOfStream(), Unpooled.EMPTY_BUFFER);
                return;
            }
            ByteBuffer bytes = buffer.nioBuffer();
            ConvertServerOutcome outcome = handshake.feed(bytes);
            buffer.skipBytes(bytes.position());
            judge(outcome, buffer);
        }
    }

    @Override
    public void onFailed(Endpoint endpoint, IOException cause) {
        abandon();
    }

    private void judge(ConvertServerOutcome outcome, ByteBuf rest) {
        judged = outcome.kind() != ConvertServerOutcome.Kind.NEED_MORE;
        if (judged) {
            timer.cancel();
        }
        switch (outcome.kind()) {
            case NEED_MORE -> {}
            case CONNECT -> connect((ConvertServerOutcome.Connect) outcome, rest);
            case INFO -> answerAndClose(((ConvertServerOutcome.Info) outcome).replyBytes());
            case REFUSE -> answerAndClose(((ConvertServerOutcome.Refuse) outcome).replyBytes());
            case IGNORE -> closeSilently();
            case RESET -> abandon();
        }
    }

    // ---- the server -------------------------------------------------------------------------------------------------

    private void connect(ConvertServerOutcome.Connect request, ByteBuf rest) {
        Optional<String> refusal;
        try {
            refusal = owner.options().targets().refusal(request.target().getAddress());
        } catch (UncheckedIOException e) {
            // Without descriptors not even the own addresses can be listed.
            refuse(ServerFailure.outOfResources());
            return;
        }
        if (refusal.isPresent()) {
            refuse(ErrorTlv.notAuthorized());
            return;
        }
        if (owner.isOverLimit(this)) {
            refuse(ErrorTlv.resourceExceeded(1));
            return;
        }
        if (rest.isReadable()) {
            userData = Optional.of(HeldBytes.copyOf(loop, rest));
        }
        try {
            UpstreamSockets.Dialled dialled =
                    request.options().isEmpty() && !owner.options().multipathServers()
                            ? UpstreamSockets.plain(request.target())
                            : UpstreamSockets.multipath(request.target());
            server = Optional.of(Endpoint.connecting(loop, dialled.fd(), new ServerHandler(request)));
        } catch (ErrnoException e) {
            refuse(ServerFailure.toError(e));
        } catch (IOException e) {
            refuse(ServerFailure.toError(e));
        }
    }

    private final class ServerHandler implements EndpointHandler {
        private final ConvertServerOutcome.Connect request;

        ServerHandler(ConvertServerOutcome.Connect request) {
            this.request = request;
        }

        @Override
        public void onConnected(Endpoint endpoint) {
            ByteString options =
                    request.extended() ? ServerOptions.of(endpoint.fd().intValue()) : ByteString.EMPTY;
            answer(request.acceptReply(options), ConverterSession.this::relay);
        }

        @Override
        public void onReady(Endpoint endpoint) {
            // Readiness is remembered; the relay will see it.
        }

        @Override
        public void onFailed(Endpoint endpoint, IOException cause) {
            endpoint.close();
            server = Optional.empty();
            // The good answer may still wait for the client's third ACK.
            timer.cancel();
            if (!over) {
                refuse(ServerFailure.toError(cause));
            }
        }
    }

    private void relay() {
        Relay joined = new Relay(client, server.orElseThrow(), (ended, end) -> finish(), owner.nanoTime());
        relay = Optional.of(joined);
        userData.ifPresent(held -> joined.sendOutwardFirst(held.content()));
        releaseUserData();
        joined.start();
    }

    /** Ends the connection if nothing has moved on it for too long. */
    void checkIdle(long nowNanos) {
        relay.filter(running -> nowNanos - running.lastActivityNanos()
                        > owner.options().idle().toNanos())
                .ifPresent(running -> running.stop(Relay.End.IDLE));
    }

    // ---- the answer -------------------------------------------------------------------------------------------------

    private void refuse(ErrorTlv error) {
        answerAndClose(new ConvertServerOutcome.Refuse(error).replyBytes());
    }

    private void answerAndClose(byte[] bytes) {
        answer(bytes, this::closeInOrder);
    }

    /** Writes the answer as soon as it may be written, and then does what comes next. */
    private void answer(byte[] answer, Runnable next) {
        if (over) {
            return;
        }
        try {
            if (TcpInfo.of(client.fd().intValue()).state() == TcpState.SYN_RECEIVED) {
                timer = loop.schedule(() -> answer(answer, next), ESTABLISHED_CHECK);
                return;
            }
            // A fresh socket takes a kilobyte at once; one that does not has been shut already.
            if (client.write(loop.sharedBuffer().clear().writeBytes(answer))) {
                next.run();
            } else {
                abandon();
            }
        } catch (IOException | ErrnoException e) {
            abandon();
        }
    }

    /**
     * Ends our stream, and waits for the client's end: closing while unread bytes wait would send a reset, and a reset
     * could overtake the error (RFC 8803 §6.2.2).
     */
    private void closeInOrder() {
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            abandon();
            return;
        }
        client.handler(new Draining());
        timer = loop.schedule(this::closeSilently, FAREWELL);
        new Draining().onReady(client);
    }

    private final class Draining implements EndpointHandler {
        @Override
        public void onReady(Endpoint endpoint) {
            try {
                int n;
                do {
                    n = endpoint.read(loop.sharedBuffer().clear());
                } while (n > 0);
                if (n < 0) {
                    closeSilently();
                }
            } catch (IOException e) {
                closeSilently();
            }
        }

        @Override
        public void onFailed(Endpoint endpoint, IOException cause) {
            closeSilently();
        }
    }

    private void closeSilently() {
        client.close();
        finish();
    }

    /** Resets whatever is open. */
    void abandon() {
        if (relay.isPresent()) {
            relay.get().stop(Relay.End.STOPPED);
            return;
        }
        client.abort();
        server.ifPresent(Endpoint::abort);
        finish();
    }

    private void finish() {
        if (!over) {
            over = true;
            timer.cancel();
            releaseUserData();
            owner.ended(loop, this);
        }
    }

    private void releaseUserData() {
        userData.ifPresent(HeldBytes::release);
        userData = Optional.empty();
    }
}
