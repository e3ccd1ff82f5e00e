package net.hybridgateway.mgmt.status;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * One way to a conversion point, and what was found there.
 *
 * @param conversionPoint its name
 * @param bytes what was sent and received for it, headers included, roughly; 0 if nothing was
 */
public record ProbedPath(
        String uplink,
        String conversionPoint,
        InetSocketAddress address,
        ProbeFacts facts,
        ProbeVerdict verdict,
        long bytes) {
    public ProbedPath {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(conversionPoint, "conversionPoint");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(verdict, "verdict");
    }
}
