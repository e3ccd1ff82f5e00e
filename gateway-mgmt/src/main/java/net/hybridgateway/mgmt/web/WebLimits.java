package net.hybridgateway.mgmt.web;

import java.util.concurrent.TimeUnit;

/** What one client may cost. Sizes are checked before anything of that size is allocated. */
final class WebLimits {
    static final int LINE_BYTES = 2048;
    static final int HEADER_BYTES = 8192;

    /** Enough for all settings of a large house at once. */
    static final int BODY_BYTES = 65_536;

    static final int CONNECTIONS = 64;

    /** A browser opens six, and one more for each window that watches. */
    static final int CONNECTIONS_PER_ADDRESS = 24;

    static final int WATCHERS = 16;

    /** From the opening, or the last answer, until a request has arrived as a whole; the handshake of TLS included. */
    static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** From the request until its answer was taken. */
    static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(60);

    private WebLimits() {}
}
