package net.hybridgateway.app.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.upstream.UpstreamRouter.DirectRoute;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketQuery;

/**
 * One attempt to reach a server that speaks Multipath TCP itself, without a conversion point and in Multipath TCP only.
 * Nothing of the host's is sent before the server has agreed to that, so whatever else happens, the conversion point can
 * be asked as if nothing had been.
 *
 * <p>Ends with exactly one call of its listener, unless it is cancelled. What it learns about the server goes into the
 * settings' {@link ServerBypass}. Belongs to one loop.
 */
public final class BypassDial implements EndpointHandler {
    /** Is told how the attempt ends; on the loop. */
    public interface Listener {
        /** The server has answered in Multipath TCP; the listener owns the endpoint from here on. */
        void bypassConnected(Endpoint endpoint);

        /** It has refused, spoken plain TCP or not been reached; the socket is closed, and it has heard nothing. */
        void bypassFailed();
    }

    /** Where the first data loses its options on the way, the connection goes on in plain TCP; this is long after. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    private final RelayLoop loop;
    private final UpstreamRouter router;
    private final DirectRoute route;
    private final InetSocketAddress server;
    private final DialSettings settings;
    private final Listener listener;
    private RelayLoop.Timer timer = () -> {};
    private Endpoint endpoint;
    private boolean over;

    /** Prepares an attempt; {@link #start} begins it. */
    public BypassDial(
            RelayLoop loop,
            UpstreamRouter router,
            DirectRoute route,
            InetSocketAddress server,
            DialSettings settings,
            Listener listener) {
        this.loop = loop;
        this.router = router;
        this.route = route;
        this.server = server;
        this.settings = settings;
        this.listener = listener;
    }

    /** Begins the attempt; may call the listener before it returns. */
    public void start() {
        timer = loop.schedule(
                this::fail,
                new AnswerTimes(settings.paths().rtts()).patience(route.path().uplink(), server));
        try {
            UpstreamSockets.Dialled dialled =
                    UpstreamSockets.multipath(route.source(), route.path().interfaceIndex(), server, new byte[0]);
            endpoint = Endpoint.connecting(loop, dialled.fd(), this);
        } catch (IOException | ErrnoException e) {
            fail();
        }
    }

    /** The way that it takes. */
    public DirectRoute route() {
        return route;
    }

    /** The uplinks have changed: an attempt over one that is gone fails at once, which is not the server's doing. */
    public void pathsChanged() {
        if (!over && !router.offers(route.path(), route.source())) {
            cancel();
            listener.bypassFailed();
        }
    }

    /** Gives up an attempt that is under way; the listener hears nothing more. */
    public void cancel() {
        if (finish() && endpoint != null) {
            endpoint.abort();
        }
    }

    @Override
    public void onConnected(Endpoint connected) {
        if (!speaksMultipath()) {
            fail();
        } else if (finish()) {
            settings.bypass().worked(server, settings.nanoTime().getAsLong());
            loop.schedule(this::lookAgain, SECOND_LOOK);
            listener.bypassConnected(connected);
        }
    }

    private boolean speaksMultipath() {
        try {
            return SocketQuery.isMptcp(endpoint.fd().intValue());
        } catch (ErrnoException e) {
            return false;
        }
    }

    /** The connection stays as it is; the next one to this server goes another way. */
    private void lookAgain() {
        if (endpoint.isOpen() && !speaksMultipath()) {
            settings.bypass().avoid(server, settings.nanoTime().getAsLong());
        }
    }

    @Override
    public void onReady(Endpoint ready) {
        // Not before it is connected; then the listener has it.
    }

    @Override
    public void onFailed(Endpoint failed, IOException cause) {
        fail();
    }

    private void fail() {
        if (finish()) {
            if (endpoint != null) {
                endpoint.abort();
            }
            settings.bypass().avoid(server, settings.nanoTime().getAsLong());
            listener.bypassFailed();
        }
    }

    /** Whether this call was the one that ended the attempt. */
    private boolean finish() {
        boolean first = !over;
        over = true;
        timer.cancel();
        return first;
    }
}
