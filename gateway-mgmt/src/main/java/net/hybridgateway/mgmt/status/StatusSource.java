package net.hybridgateway.mgmt.status;

import java.util.List;

/**
 * Where the status comes from. Called on the thread "mgmt", perhaps several times a second; never blocks, and gives the
 * latest snapshot that there is.
 */
public interface StatusSource {
    GatewayStatus status();

    /** The connections that are relayed now, oldest first. */
    List<ConnectionStatus> connections();
}
