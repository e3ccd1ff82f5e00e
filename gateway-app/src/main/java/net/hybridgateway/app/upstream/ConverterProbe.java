package net.hybridgateway.app.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.SocketFailure;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.scheduler.ProbeAnswer;
import org.tinylog.Logger;

/**
 * Asks a conversion point for a sign of life: an Info request (RFC 8803 §6.2.3) over one uplink.
 *
 * <p>Plain TCP, as a Multipath TCP connection would be one more that the path manager hears of. It says what it learns as
 * soon as it learns it, so that it may answer twice: {@link ProbeAnswer#HOST} with the SYN/ACK, a round trip after the
 * start, and {@link ProbeAnswer#CONVERTER} with the reply, for which a Linux conversion point needs one round trip more.
 * Any reply in Convert will do, also one that asks for a cookie. What else comes after the SYN/ACK, the end of the stream
 * or some other protocol, adds nothing: not every conversion point answers Info requests.
 *
 * <p>Belongs to one loop.
 */
final class ConverterProbe implements EndpointHandler {
    private final RelayLoop loop;
    /** Is told what comes back; on the loop. */
    interface Listener {
        /** Nothing, one answer, or HOST and then CONVERTER. */
        void answered(ProbeAnswer answer);

        /** What was said behind the SYN/ACK, of any kind but NEED_MORE; before CONVERTER is told. */
        void replied(ConvertClientOutcome outcome);

        /** The host has answered, and in all the time that was left nothing was said. */
        void mute();

        /** The socket is closed; called once. */
        void over();
    }

    private final Listener listener;
    private final ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.info());
    private ByteBuf unsentRequest = Unpooled.EMPTY_BUFFER;
    private Optional<Endpoint> endpoint = Optional.empty();
    private RelayLoop.Timer timer = () -> {};
    private boolean connected;
    private boolean over;

    /** Prepares a probe; {@link #start} sends it. */
    ConverterProbe(RelayLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /**
     * Sends the request; may call the listener before it returns.
     *
     * @param patience when to give up without a word
     */
    void start(
            InetAddress source,
            int interfaceIndex,
            InetSocketAddress conversionPoint,
            HandshakeMode mode,
            Duration patience) {
        byte[] request = handshake.requestBytes();
        byte[] inSyn = mode == HandshakeMode.ZERO_RTT ? request : new byte[0];
        try {
            UpstreamSockets.Dialled dialled = UpstreamSockets.plain(source, interfaceIndex, conversionPoint, inSyn);
            unsentRequest = Unpooled.directBuffer(request.length)
                    .writeBytes(request, dialled.taken(), request.length - dialled.taken());
            timer = loop.schedule(this::giveUp, patience);
            endpoint = Optional.of(Endpoint.connecting(loop, dialled.fd(), this));
        } catch (ErrnoException e) {
            fail(e.errno());
        } catch (IOException e) {
            finish();
        }
    }

    @Override
    public void onConnected(Endpoint established) {
        connected = true;
        listener.answered(ProbeAnswer.HOST);
        onReady(established);
    }

    @Override
    public void onReady(Endpoint ready) {
        try {
            if (!unsentRequest.isReadable() || ready.write(unsentRequest)) {
                readReply(ready);
            }
        } catch (IOException e) {
            finish();
        }
    }

    private void readReply(Endpoint ready) throws IOException {
        while (!over && ready.readable()) {
            ByteBuf buffer = loop.sharedBuffer().clear();
            int n = ready.read(buffer);
            if (n == 0) {
                return;
            }
            judge(n < 0 ? handshake.endOfStream() : handshake.feed(buffer.nioBuffer()));
        }
    }

    private void judge(ConvertClientOutcome outcome) {
        if (outcome.kind() != ConvertClientOutcome.Kind.NEED_MORE) {
            listener.replied(outcome);
        }
        switch (outcome.kind()) {
            case NEED_MORE -> {}
            case ACCEPTED, REFUSED -> {
                listener.answered(ProbeAnswer.CONVERTER);
                finish();
            }
            case NOT_CONVERT -> finish();
        }
    }

    @Override
    public void onFailed(Endpoint failed, IOException cause) {
        if (cause instanceof SocketFailure failure && !connected) {
            fail(new Errno(failure.errno()));
        } else {
            finish();
        }
    }

    private void fail(Errno errno) {
        if (errno.equals(Errno.ECONNREFUSED)) {
            listener.answered(ProbeAnswer.REFUSED);
        } else if (errno.equals(Errno.ECONNRESET) || errno.equals(Errno.EPIPE)) {
            // Linux says so only once the SYN/ACK was there, and for EPIPE the end, too; all came between two looks.
            listener.answered(ProbeAnswer.HOST);
        } else if (errno.meansNoWay()) {
            listener.answered(ProbeAnswer.UNREACHABLE);
        } else if (!errno.equals(Errno.ETIMEDOUT)) {
            // A want of descriptors or memory says nothing of the path; it must not pass for silence unnoticed.
            Logger.warn("a conversion point could not be probed: {}", errno);
        }
        finish();
    }

    private void giveUp() {
        if (connected) {
            listener.mute();
        }
        finish();
    }

    private void finish() {
        if (!over) {
            over = true;
            timer.cancel();
            unsentRequest.release();
            // A reset leaves nothing behind at either end, and is one packet.
            endpoint.ifPresent(Endpoint::abort);
            listener.over();
        }
    }
}
