package net.hybridgateway.app.intercept;

/** What an {@link InterceptedConnection} is doing. */
public enum ConnectionState {
    /** Waits for the conversion point; to {@link #CONVERTED}, {@link #DIALLING_DIRECT} or {@link #OVER}. */
    DIALLING,
    /** Waits for the server itself; to {@link #DIRECT} or {@link #OVER}. */
    DIALLING_DIRECT,
    /** Bytes move through a conversion point; to {@link #OVER}. */
    CONVERTED,
    /** Bytes move without a conversion point; to {@link #OVER}. */
    DIRECT,
    /** Both sockets are closed. */
    OVER
}
