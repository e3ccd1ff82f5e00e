package net.hybridgateway.app.intercept;

/** What an {@link InterceptedConnection} is doing. */
public enum ConnectionState {
    /** Waits for a server that speaks Multipath TCP itself; to {@link #BYPASS}, {@link #DIALLING} or {@link #OVER}. */
    DIALLING_BYPASS,
    /** Waits for the conversion point; to {@link #CONVERTED}, {@link #DIALLING_DIRECT} or {@link #OVER}. */
    DIALLING,
    /** Waits for the server itself; to {@link #DIRECT} or {@link #OVER}. */
    DIALLING_DIRECT,
    /** Bytes move through a conversion point; to {@link #OVER}. */
    CONVERTED,
    /** Bytes move in Multipath TCP between gateway and server, without a conversion point; to {@link #OVER}. */
    BYPASS,
    /** Bytes move in plain TCP, without a conversion point; to {@link #OVER}. */
    DIRECT,
    /** Both sockets are closed. */
    OVER
}
