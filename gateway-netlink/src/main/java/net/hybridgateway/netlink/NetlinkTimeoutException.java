package net.hybridgateway.netlink;

import java.time.Duration;

/** The kernel did not answer in time. Whether it did what was asked is unknown. */
public final class NetlinkTimeoutException extends NetlinkException {
    private static final long serialVersionUID = 1L;

    public NetlinkTimeoutException(String operation, Duration timeout) {
        super(operation, "no answer within " + timeout.toMillis() + " ms");
    }
}
