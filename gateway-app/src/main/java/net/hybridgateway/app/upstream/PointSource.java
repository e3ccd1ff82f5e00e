package net.hybridgateway.app.upstream;

/** Where a conversion point is known from; what comes first is preferred. */
public enum PointSource {
    CONFIGURATION,
    DHCPV6,
    DHCPV4,
    DNS
}
