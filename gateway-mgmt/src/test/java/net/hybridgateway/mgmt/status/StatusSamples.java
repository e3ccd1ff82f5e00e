package net.hybridgateway.mgmt.status;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;

/** A gateway in the middle of a break, for tests of what is shown of it. */
public final class StatusSamples {
    private StatusSamples() {}

    public static GatewayStatus duringABreak() {
        return new GatewayStatus(
                "0.1.0",
                11_040,
                GatewayMode.BACKUP,
                List.of(
                        new UplinkStatus(
                                "fixed",
                                UplinkKind.FIXED,
                                "wan0",
                                UplinkState.OFFLINE,
                                UplinkUse.ALWAYS,
                                Optional.of("The uplink lost its carrier."),
                                List.of(),
                                OptionalDouble.empty(),
                                1_234_567_890L,
                                45_600_000L,
                                0),
                        new UplinkStatus(
                                "cellular",
                                UplinkKind.CELLULAR,
                                "wwan0",
                                UplinkState.ONLINE,
                                UplinkUse.ON_DEMAND,
                                Optional.empty(),
                                List.of(address("10.64.3.9"), address("2001:db8:0:0:1:0:0:7")),
                                OptionalDouble.of(48.3049),
                                7_340_032L,
                                999L,
                                2)),
                List.of(new ConversionPointStatus(
                        "operator",
                        "mcp.example.net",
                        7000,
                        ConversionPointStatus.Origin.CONFIGURATION,
                        ConversionPointStatus.State.UP,
                        Optional.of(true),
                        Optional.empty())),
                new ConnectionTotals(3, 2, 1, 57, 4),
                List.of(new BreakStatus(
                        "fixed", "The uplink lost its carrier.", 4, OptionalLong.of(310), 2, 1, 7_341_031L)),
                List.of(
                        new HealthEntry(
                                "on-backup",
                                Severity.WARNING,
                                "No preferred uplink works: traffic goes over cellular, which may cost money for every byte.")));
    }

    public static List<ConnectionStatus> connections() {
        return List.of(
                new ConnectionStatus(
                        socket("192.168.1.20", 50312),
                        socket("203.0.113.80", 443),
                        Optional.of("operator"),
                        List.of(new ConnectionStatus.Path("fixed", false), new ConnectionStatus.Path("cellular", true)),
                        5_000_000L,
                        12_000L,
                        95,
                        true,
                        Optional.of(ConnectionStatus.Handshake.ZERO_RTT)),
                new ConnectionStatus(
                        socket("2001:db8:1::20", 50313),
                        socket("2001:db8:ffff::80", 22),
                        Optional.empty(),
                        List.of(new ConnectionStatus.Path("fixed", false)),
                        100L,
                        200L,
                        3,
                        false,
                        Optional.empty()));
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetSocketAddress socket(String literal, int port) {
        return new InetSocketAddress(address(literal), port);
    }
}
