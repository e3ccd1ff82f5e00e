package net.hybridgateway.mgmt.status;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
                                0,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                Optional.empty()),
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
                                2,
                                OptionalLong.empty(),
                                OptionalLong.of(120),
                                Optional.of(new QuotaStatus(
                                        10_000_000_000L,
                                        8_400_000_000L,
                                        Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
                                        QuotaStatus.Tier.SOFT)))),
                List.of(new ConversionPointStatus(
                        "operator",
                        "mcp.example.net",
                        7000,
                        ConversionPointStatus.Origin.CONFIGURATION,
                        ConversionPointStatus.State.UP,
                        OptionalLong.of(40),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        List.of(
                                new ConversionPointStatus.Path(
                                        "fixed",
                                        ConversionPointStatus.State.DOWN,
                                        OptionalLong.of(12),
                                        Optional.of("It does not answer."),
                                        List.of()),
                                new ConversionPointStatus.Path(
                                        "cellular",
                                        ConversionPointStatus.State.UP,
                                        OptionalLong.of(40),
                                        Optional.empty(),
                                        List.of(
                                                new ConversionPointStatus.Fact("mptcp", "yes", 3),
                                                new ConversionPointStatus.Fact("syn-data", "stripped", 7)))))),
                new ConnectionTotals(4, 2, 1, 1, 57, 4),
                List.of(outage()),
                List.of(
                        drill(DrillStatus.Result.WORKED, "A connection from fixed went on over it."),
                        drill(DrillStatus.Result.FAILED, "A join over it gets no answer.")),
                Optional.of(Instant.parse("2026-11-22T03:41:07Z")),
                List.of(new HealthEntry(
                        new HealthProblem(
                                HealthCode.UPLINK_DOWN, "fixed", "Uplink fixed is down. The uplink lost its carrier."),
                        Instant.parse("2026-11-21T05:07:11Z"),
                        200)));
    }

    /** One that worked has all figures, another one none. */
    public static DrillStatus drill(DrillStatus.Result result, String text) {
        boolean worked = result == DrillStatus.Result.WORKED;
        return new DrillStatus(
                "cellular",
                Instant.parse("2026-11-20T03:41:07Z"),
                91_000,
                result,
                4_100,
                worked ? OptionalLong.of(95) : OptionalLong.empty(),
                worked ? OptionalLong.of(180) : OptionalLong.empty(),
                text);
    }

    /** The same gateway before the break. */
    public static GatewayStatus normal() {
        GatewayStatus later = duringABreak();
        UplinkStatus fixed = later.uplinks().get(0);
        return new GatewayStatus(
                later.version(),
                11_000,
                GatewayMode.NORMAL,
                List.of(
                        new UplinkStatus(
                                fixed.name(),
                                fixed.kind(),
                                fixed.device(),
                                UplinkState.ONLINE,
                                fixed.use(),
                                Optional.empty(),
                                List.of(address("192.0.2.44")),
                                OptionalDouble.of(11.7),
                                fixed.bytesIn(),
                                fixed.bytesOut(),
                                3,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                Optional.empty()),
                        later.uplinks().get(1)),
                later.conversionPoints(),
                later.connections(),
                List.of(),
                List.of());
    }

    private static BreakStatus outage() {
        return new BreakStatus(
                "fixed",
                "The uplink lost its carrier.",
                4,
                OptionalLong.of(310),
                2,
                1,
                7_341_031L,
                Instant.parse("2026-11-21T05:07:11Z"),
                200,
                OptionalLong.of(15_104));
    }

    public static EventReport events() {
        return EventReport.of(
                "5d1e77",
                List.of(
                        new EventStatus(
                                1,
                                Instant.parse("2026-11-21T05:07:11Z"),
                                200,
                                10_840,
                                EventKind.BREAK,
                                "fixed",
                                "The uplink lost its carrier.",
                                1,
                                Optional.of(outage())),
                        new EventStatus(
                                2,
                                Instant.parse("2026-11-21T05:07:18Z"),
                                193,
                                10_847,
                                EventKind.HOLD_DOWN,
                                "fixed",
                                "It is back, and watched for 10 s before it is trusted, for it broke 2 times of late.",
                                1,
                                Optional.empty()),
                        new EventStatus(
                                4,
                                Instant.parse("2026-11-21T05:09:00Z"),
                                91,
                                10_949,
                                EventKind.CONVERSION_POINT,
                                "fixed",
                                "203.0.113.1:7000: The conversion point does not answer over this uplink, while others do.",
                                2,
                                Optional.empty())),
                Map.of("fixed", 7L, "cellular", 1L));
    }

    public static ConnectionList connections() {
        return new ConnectionList(
                List.of(
                        new ConnectionStatus(
                                socket("192.168.1.20", 50312),
                                socket("203.0.113.80", 443),
                                Optional.of("operator"),
                                false,
                                List.of(
                                        new ConnectionStatus.Path("fixed", false),
                                        new ConnectionStatus.Path("cellular", true)),
                                5_000_000L,
                                12_000L,
                                95,
                                true,
                                Optional.of(ConnectionStatus.Handshake.ZERO_RTT),
                                List.of(
                                        new SubflowStatus(
                                                "fixed",
                                                SubflowStatus.State.ESTABLISHED,
                                                false,
                                                OptionalLong.of(4_990_000L),
                                                OptionalLong.of(11_000L),
                                                0,
                                                "The connection began on it."),
                                        new SubflowStatus(
                                                "cellular",
                                                SubflowStatus.State.JOINING,
                                                true,
                                                OptionalLong.empty(),
                                                OptionalLong.empty(),
                                                2,
                                                "No preferred uplink carries the connection.")),
                                List.of("Rule voip: only while no other uplink works, on cellular.")),
                        new ConnectionStatus(
                                socket("2001:db8:1::20", 50313),
                                socket("2001:db8:ffff::80", 22),
                                Optional.empty(),
                                false,
                                List.of(new ConnectionStatus.Path("fixed", false)),
                                100L,
                                200L,
                                3,
                                false,
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        new ConnectionStatus(
                                socket("192.168.1.20", 50314),
                                socket("203.0.113.81", 443),
                                Optional.empty(),
                                true,
                                List.of(
                                        new ConnectionStatus.Path("fixed", false),
                                        new ConnectionStatus.Path("cellular", false)),
                                300L,
                                400L,
                                4,
                                true,
                                Optional.empty(),
                                List.of(),
                                List.of())),
                3);
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
