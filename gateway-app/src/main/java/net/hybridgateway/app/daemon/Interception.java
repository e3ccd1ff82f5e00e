package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.hybridgateway.app.kernel.InterceptionTable;
import net.hybridgateway.app.kernel.TableGuard;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.MptcpHosts;
import net.hybridgateway.mgmt.config.QuicPolicy;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.netlink.nftables.AddressRange;

/**
 * Says what the interception table is to be, from the configuration and the conversion points. A LAN device that is taken
 * no more keeps the connections that it has.
 *
 * <p>Thread-safe: conversion points come from those who learn them, the configuration from the settings.
 */
final class Interception {
    private final TableGuard guard;
    private final Set<String> takenEver = new LinkedHashSet<>();
    private GatewayConfig config;
    private List<InetSocketAddress> points = List.of();

    /** Takes nothing before it knows conversion points, or that there are none. */
    Interception(TableGuard guard, GatewayConfig config) {
        this.guard = guard;
        this.config = config;
    }

    /** Follows another configuration; if the kernel refuses the table for it, the one before stays. */
    synchronized void configure(GatewayConfig now) {
        apply(now, points);
        config = now;
    }

    /** Other conversion points are known; likewise. */
    synchronized void pointsChanged(List<InetSocketAddress> now) {
        apply(config, now);
        points = List.copyOf(now);
    }

    private void apply(GatewayConfig wanted, List<InetSocketAddress> knownPoints) {
        InterceptionConfig interception = wanted.interception();
        List<String> taken = interception.enabled() ? interception.lanDevices() : List.of();
        if (taken.isEmpty() && takenEver.isEmpty()) {
            return;
        }
        guard.keep(InterceptionTable.table(
                taken,
                takenEver,
                interception.transparentPort(),
                interception.exclude().stream()
                        .map(prefix -> AddressRange.ofPrefix(prefix.address(), prefix.length()))
                        .toList(),
                knownPoints,
                interception.mptcpHosts() == MptcpHosts.PASS,
                wanted.uplinks().stream()
                        .filter(UplinkConfig::enabled)
                        .map(UplinkConfig::device)
                        .toList(),
                interception.enabled() && interception.quic() == QuicPolicy.REJECT));
        takenEver.addAll(taken);
    }

    /** Takes the table away. */
    synchronized void release() {
        guard.release();
    }
}
