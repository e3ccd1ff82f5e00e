package net.hybridgateway.mgmt.status;

/**
 * Where the status comes from. Called on the thread "mgmt", perhaps several times a second; never blocks, and gives the
 * latest snapshot that there is.
 */
public interface StatusSource {
    GatewayStatus status();

    /**
     * The connections that are relayed now.
     *
     * @param most how many are told of at most
     */
    ConnectionList connections(int most);

    /** What happened. */
    EventReport events();
}
