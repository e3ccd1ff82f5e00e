package net.hybridgateway.app.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.upstream.UpstreamRouter.DirectRoute;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.scheduler.TrafficRights;

/**
 * One attempt to reach a server without a conversion point. Ends with exactly one call of its listener, unless it is
 * cancelled. Belongs to one loop.
 */
public final class DirectDial implements EndpointHandler {
    /** Is told how the attempt ends; on the loop. */
    public interface Listener {
        /** The server has answered; the listener owns the endpoint from here on. */
        void directConnected(Endpoint endpoint);

        /** The server has refused or was not reached, or nothing may carry this connection; the socket is closed. */
        void directFailed();
    }

    private final RelayLoop loop;
    private final UpstreamRouter router;
    private final TrafficRights rights;
    private final InetSocketAddress destination;
    private final Listener listener;
    private Optional<DirectRoute> route = Optional.empty();
    private Optional<Endpoint> endpoint = Optional.empty();

    /** Prepares an attempt; {@link #start} begins it. */
    public DirectDial(
            RelayLoop loop,
            UpstreamRouter router,
            TrafficRights rights,
            InetSocketAddress destination,
            Listener listener) {
        this.loop = loop;
        this.router = router;
        this.rights = rights;
        this.destination = destination;
        this.listener = listener;
    }

    /** Begins the attempt; may call the listener before it returns. */
    public void start() {
        route = router.directRoute(destination.getAddress(), rights);
        if (route.isEmpty() && !router.kernelMayChoose(rights)) {
            listener.directFailed();
            return;
        }
        try {
            UpstreamSockets.Dialled dialled = route.map(way ->
                            UpstreamSockets.plain(way.source(), way.path().interfaceIndex(), destination))
                    .orElseGet(() -> UpstreamSockets.plain(destination));
            endpoint = Optional.of(Endpoint.connecting(loop, dialled.fd(), this));
        } catch (IOException | ErrnoException e) {
            listener.directFailed();
        }
    }

    /** Whether the uplink that was chosen is still there. */
    public boolean isOpen() {
        return route.isEmpty() || router.offers(route.get().path(), route.get().source());
    }

    /** Gives the attempt up; the listener hears nothing more. */
    public void cancel() {
        endpoint.ifPresent(Endpoint::abort);
    }

    @Override
    public void onConnected(Endpoint connected) {
        listener.directConnected(connected);
    }

    @Override
    public void onReady(Endpoint ready) {
        // Not before it is connected; then the listener has it.
    }

    @Override
    public void onFailed(Endpoint failed, IOException cause) {
        failed.close();
        listener.directFailed();
    }
}
