package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;

/**
 * The two ends of a subflow, as the kernel knows them: SUBFLOW_DESTROY wants all four values.
 *
 * <p>IPv4 is always {@link java.net.Inet4Address}, never mapped into IPv6; {@code InetAddress.getByAddress} sees to it.
 */
public record SubflowTuple(InetSocketAddress local, InetSocketAddress remote) {
    public SubflowTuple {
        if (local.isUnresolved() || remote.isUnresolved()) {
            throw new IllegalArgumentException("unresolved: " + local + ", " + remote);
        }
    }
}
