package net.hybridgateway.scheduler.traffic;

import java.net.InetAddress;

/** Some addresses, such as those with a common prefix. Immutable, and equal to another of the same addresses. */
@FunctionalInterface
public interface AddressSet {
    boolean contains(InetAddress address);
}
