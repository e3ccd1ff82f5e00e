package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;

/** Is told when a path stands still and when it moves again. Called on any thread; must not block. */
public interface PathListener {
    /** Does nothing. */
    PathListener NOBODY = new PathListener() {
        @Override
        public void pathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos) {}

        @Override
        public void pathProgressed(String uplink, InetSocketAddress conversionPoint) {}
    };

    /**
     * Nothing comes over a path any more, though something should.
     *
     * @param conversionPoint the far end of the subflows in question
     * @param sinceNanos when something came last
     * @param rttNanos how long an answer may take: smoothed round-trip time and two to four times its variance
     */
    void pathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos);

    /** Something came again over a path that was said to stand still. */
    void pathProgressed(String uplink, InetSocketAddress conversionPoint);
}
