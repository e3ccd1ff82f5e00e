package net.hybridgateway.app.testing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;

/** Addresses from literals, and paths made of them. */
public final class Addresses {
    private Addresses() {}

    /** An address literal; anything else is a mistake of the test. */
    public static InetAddress ip(String literal) {
        return AddressPrefix.address(literal).orElseThrow(() -> new AssertionError("no address: " + literal));
    }

    public static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(ip(literal), port);
    }

    /** A way out over an uplink with these source addresses. */
    public static InitialPath path(String uplink, int interfaceIndex, String... sources) {
        return new InitialPath(
                uplink,
                UplinkUse.ALWAYS,
                interfaceIndex,
                of(Inet4Address.class, sources),
                of(Inet6Address.class, sources),
                false,
                Set.of(),
                Allowance.FREE,
                UplinkKind.FIXED,
                UplinkReach.INTERNET);
    }

    /** The same path with a network that leads to conversion points only. */
    public static InitialPath dedicated(InitialPath path) {
        return with(path, path.suspect(), path.allowance(), path.kind(), UplinkReach.CONVERSION_POINT);
    }

    /** The same path under other circumstances. */
    public static InitialPath with(
            InitialPath path, Set<InetSocketAddress> suspect, Allowance allowance, UplinkKind kind) {
        return with(path, suspect, allowance, kind, path.reach());
    }

    private static InitialPath with(
            InitialPath path, Set<InetSocketAddress> suspect, Allowance allowance, UplinkKind kind, UplinkReach reach) {
        return new InitialPath(
                path.uplink(),
                path.use(),
                path.interfaceIndex(),
                path.sourcesIpv4(),
                path.sourcesIpv6(),
                path.onTrial(),
                suspect,
                allowance,
                kind,
                reach);
    }

    private static <T> List<T> of(Class<T> family, String... literals) {
        return Stream.of(literals)
                .map(Addresses::ip)
                .filter(family::isInstance)
                .map(family::cast)
                .toList();
    }
}
