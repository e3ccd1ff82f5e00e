package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.scheduler.UplinkState.DISABLED;
import static net.hybridgateway.scheduler.UplinkState.HOLD_DOWN;
import static net.hybridgateway.scheduler.UplinkState.OFFLINE;
import static net.hybridgateway.scheduler.UplinkState.ONLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.app.intercept.InterceptionLimits;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.app.progress.PathRtts;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.testing.Uplinks;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.PathMemory;
import net.hybridgateway.app.upstream.PointOrigin;
import net.hybridgateway.app.upstream.PointSource;
import net.hybridgateway.app.upstream.PointTrouble;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.Handshake;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.MptcpHosts;
import net.hybridgateway.mgmt.config.MptcpServers;
import net.hybridgateway.mgmt.config.QuicPolicy;
import net.hybridgateway.mgmt.config.SiteConfig;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.QuotaStatus;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.HoldDownConfig;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.AllowanceReason;
import net.hybridgateway.scheduler.quota.QuotaStanding;
import net.hybridgateway.scheduler.traffic.TrafficRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With a real router and an interceptor that has not started; the control thread's view is made by hand. */
class StatusReporterTest {
    private static final ConversionPoint POINT =
            new ConversionPoint("operator", at("203.0.113.1", 7000), Optional.empty());

    private static final QuotaStanding QUOTA = new QuotaStanding(
            AllowanceReason.WITHIN_LIMITS, Optional.of(new QuotaStanding.Usage(1000, 100, Optional.empty())));

    private final PathRtts rtts = new PathRtts();
    private final RelayLoops loops = new RelayLoops(1);
    private final UpstreamRouter router = new UpstreamRouter();
    private final AtomicLong now = new AtomicLong(5_000_000_000L);

    @AfterEach
    void close() {
        loops.close();
    }

    @ParameterizedTest(name = "fixed {0}, cellular {1}, conversion point down {2}: {3}")
    @CsvSource({
        "ONLINE,    ONLINE,  false, NORMAL",
        "ONLINE,    OFFLINE, false, NORMAL",
        "OFFLINE,   ONLINE,  false, BACKUP",
        "HOLD_DOWN, ONLINE,  false, BACKUP",
        "HOLD_DOWN, OFFLINE, false, BACKUP",
        "DISABLED,  ONLINE,  false, BACKUP",
        "OFFLINE,   OFFLINE, false, OFFLINE",
        "OFFLINE,   OFFLINE, true,  OFFLINE",
        "DISABLED,  OFFLINE, false, OFFLINE",
        "ONLINE,    ONLINE,  true,  DIRECT",
        "OFFLINE,   ONLINE,  true,  DIRECT",
    })
    void tellsTheMode(UplinkState fixed, UplinkState cellular, boolean pointDown, GatewayMode mode) {
        router.publishConversionPoints(List.of(POINT));
        if (pointDown) {
            memory().failed(PointTrouble.NOT_REACHED, 0);
        }
        assertEquals(mode, status(true, fixed, cellular).mode());
    }

    @Test
    void isDirectWithoutAnyConversionPointAndDisabledWhenSwitchedOff() {
        GatewayStatus status = status(true, ONLINE, OFFLINE);
        assertEquals(GatewayMode.DIRECT, status.mode());
        assertEquals("no-conversion-point", status.health().get(0).code());

        assertEquals(GatewayMode.DISABLED, status(false, OFFLINE, OFFLINE).mode());
    }

    @Test
    void listsWhatIsWrongWorstFirst() {
        router.publishConversionPoints(List.of(POINT));
        memory().failed(PointTrouble.NOT_REACHED, 0);

        List<HealthEntry> health = status(true, ONLINE, OFFLINE).health();

        assertEquals(
                List.of("conversion-point-down", "uplink-down"),
                health.stream().map(HealthEntry::code).toList());
        assertEquals(
                "Conversion point operator (203.0.113.1) is not used now. No connection to it can be made.",
                health.get(0).text());
        assertEquals(
                "Uplink cellular is down. The uplink lost its carrier.",
                health.get(1).text());
    }

    @Test
    void hasNothingToComplainOfWhereAllIsWell() {
        router.publishConversionPoints(List.of(POINT));
        memory().accepted(HandshakeMode.ZERO_RTT, true, 0);

        GatewayStatus status = status(true, ONLINE, ONLINE);

        assertEquals(List.of(), status.health());
        ConversionPointStatus point = status.conversionPoints().get(0);
        assertEquals(ConversionPointStatus.State.UP, point.state());
        assertEquals(Optional.of(true), point.mptcp());
        assertEquals(Optional.of(true), point.fastOpen());
    }

    @ParameterizedTest
    @EnumSource(PointSource.class)
    void tellsWhereAConversionPointIsKnownFrom(PointSource source) {
        router.publishConversionPoints(List.of(new ConversionPoint(
                "learnt",
                POINT.address(),
                Optional.empty(),
                OptionalInt.empty(),
                new PointOrigin(source, Optional.of("fixed")))));

        assertEquals(
                source.name(),
                status(true, ONLINE, ONLINE).conversionPoints().get(0).origin().name());
    }

    @Test
    void saysNothingOfAConversionPointThatWasNotTried() {
        router.publishConversionPoints(List.of(POINT));

        ConversionPointStatus point =
                status(true, ONLINE, ONLINE).conversionPoints().get(0);

        assertEquals(ConversionPointStatus.State.UNKNOWN, point.state());
        assertEquals(Optional.empty(), point.mptcp());
        assertEquals(Optional.empty(), point.fastOpen());
    }

    @Test
    void warnsWhereMultipathDoesNotGetThrough() {
        router.publishConversionPoints(List.of(POINT));
        memory().accepted(HandshakeMode.ONE_RTT, false, 0);
        memory().accepted(HandshakeMode.ONE_RTT, false, 0);

        GatewayStatus status = status(true, ONLINE, ONLINE);

        assertEquals(Optional.of(false), status.conversionPoints().get(0).mptcp());
        assertEquals("no-multipath", status.health().get(0).code());
    }

    @Test
    void tellsWhatIsKnownOfUplinks() {
        now.set(5_000_000_000L);
        rtts.measured("fixed", at("203.0.113.1", 7000), new PathRtt(20_500_000, 1, 1));
        StatusReporter reporter = reporter(true, ONLINE, DISABLED);
        now.addAndGet(65_900_000_000L);

        GatewayStatus status = reporter.status();

        assertEquals(65, status.uptimeSeconds());
        UplinkStatus fixed = status.uplinks().get(0);
        assertEquals("fixed", fixed.name());
        assertEquals("wan0", fixed.device());
        assertEquals(List.of(ip("192.0.2.2")), fixed.addresses());
        assertEquals(1000, fixed.bytesIn());
        assertEquals(20, fixed.bytesOut());
        assertEquals(3, fixed.subflows());
        assertEquals(0, status.uplinks().get(1).bytesIn());
        assertEquals(OptionalDouble.of(20.5), fixed.rttMillis());
        assertEquals(OptionalDouble.empty(), status.uplinks().get(1).rttMillis());
        assertEquals(Optional.empty(), fixed.quota());
        assertEquals(
                Optional.of(new QuotaStatus(1000, 100, Optional.empty(), QuotaStatus.Tier.FREE)),
                status.uplinks().get(1).quota());
        assertTrue(reporter.connections(10).connections().isEmpty());
        assertEquals(HOLD_DOWN, status(true, HOLD_DOWN, ONLINE).uplinks().get(0).state());
    }

    private PathMemory memory() {
        return router.memory(POINT, "fixed");
    }

    private GatewayStatus status(boolean enabled, UplinkState fixed, UplinkState cellular) {
        return reporter(enabled, fixed, cellular).status();
    }

    private StatusReporter reporter(boolean enabled, UplinkState fixed, UplinkState cellular) {
        StatusReporter.ControlView view = new StatusReporter.ControlView(
                new EngineSnapshot(List.of(view("fixed", 10, fixed), view("cellular", 20, cellular)), List.of()),
                Map.of("fixed", new UplinkBytes.Count(1000, 20)),
                List.of(),
                new QuotaKeeper.View(Map.of("cellular", QUOTA), List.of()),
                List.of(),
                Drills.View.NONE,
                new Now(now.get(), Instant.parse("2026-11-21T05:00:00Z")));
        StatusReporter.ControlQuestion control = new StatusReporter.ControlQuestion() {
            @Override
            public StatusReporter.ControlView ask() {
                return view;
            }

            @Override
            public EventReport events() {
                return EventReport.of("start", List.of(), Map.of());
            }
        };
        return new StatusReporter(() -> config(enabled), interceptor(), router, control, rtts, now::get);
    }

    private static EngineSnapshot.UplinkView view(String name, int preference, UplinkState state) {
        return new EngineSnapshot.UplinkView(
                new net.hybridgateway.scheduler.UplinkConfig(
                        name, UplinkKind.FIXED, preference, UplinkUse.ALWAYS, Optional.empty(), LineRate.UNKNOWN),
                state,
                Optional.of(state == ONLINE ? Reason.FIRST_SEEN_UP : Reason.CARRIER_LOST),
                0,
                0,
                HoldDownReading.CALM,
                OptionalLong.empty(),
                2,
                List.of(ip("192.0.2.2")),
                3,
                true);
    }

    private static GatewayConfig config(boolean enabled) {
        return new GatewayConfig(
                new InterceptionConfig(
                        enabled,
                        List.of("br-lan"),
                        7080,
                        100,
                        Duration.ofMinutes(125),
                        Duration.ofMinutes(10),
                        List.of(),
                        MptcpHosts.TERMINATE,
                        MptcpServers.OPERATOR,
                        QuicPolicy.LEAVE),
                new SiteConfig(Path.of("/etc/hybrid-gateway"), Optional.empty(), HoldDownConfig.DEFAULTS),
                List.of(Uplinks.fixed("fixed", "wan0", 10), Uplinks.fixed("cellular", "wwan0", 20)),
                List.of(new ConversionPointConfig(
                        "operator", List.of("203.0.113.1"), 7000, Optional.empty(), Handshake.AUTO)),
                TrafficRules.NONE);
    }

    private Interceptor interceptor() {
        return new Interceptor(
                loops,
                router,
                new DialSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new Cookies(Map.of(), Runnable::run),
                        new PathProgress(PathListener.NOBODY),
                        now::get),
                new InterceptionLimits(100, Duration.ofMinutes(125), Duration.ofMinutes(10)),
                TrafficRules.NONE,
                event -> {});
    }
}
