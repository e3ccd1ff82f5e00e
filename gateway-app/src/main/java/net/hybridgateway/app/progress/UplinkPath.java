package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;
import java.util.Objects;

/** An uplink and where subflows over it go. */
record UplinkPath(String uplink, InetSocketAddress conversionPoint) {
    UplinkPath {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(conversionPoint, "conversionPoint");
    }
}
