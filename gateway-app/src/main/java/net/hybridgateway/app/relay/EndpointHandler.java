package net.hybridgateway.app.relay;

import java.io.IOException;

/** What is done with an {@link Endpoint}. Called on the endpoint's loop only. */
public interface EndpointHandler {
    /** The connection attempt came to a good end. Never called for an accepted socket. */
    default void onConnected(Endpoint endpoint) {}

    /**
     * Something may be read or written: see {@link Endpoint#readable()} and {@link Endpoint#writable()}. Spurious calls
     * happen and must be harmless.
     */
    void onReady(Endpoint endpoint);

    /**
     * The connection attempt failed, or the other end reset the connection. The endpoint is still open; whoever handles
     * this closes it.
     */
    void onFailed(Endpoint endpoint, IOException cause);
}
