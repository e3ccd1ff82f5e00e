package net.hybridgateway.lab.traffic;

/** What a connection carries, and so where its arrivals are measured. */
public enum TrafficKind {
    /** The server sends as much as the connection takes; arrivals are the client's. */
    DOWNLOAD,
    /** The client sends as much as the connection takes; arrivals are the server's. */
    UPLOAD,
    /** The client sends a short message at regular intervals, the server sends it back; arrivals are the replies. */
    ECHO
}
