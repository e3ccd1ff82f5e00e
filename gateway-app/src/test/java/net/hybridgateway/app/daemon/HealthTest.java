package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.SinglePathCause;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.AllowanceReason;
import net.hybridgateway.scheduler.quota.QuotaStanding;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final HoldDownReading FLAPPING = new HoldDownReading(80_000_000_000L, 5, 4, 10_000_000_000L);

    @Test
    void saysOfAFlappingUplinkWhatThatMeansAndWhatToDo() {
        List<HealthProblem> health = health(FLAPPING, List.of(), AllowanceReason.WITHIN_LIMITS);

        assertEquals(List.of("uplink-flapping"), codes(health));
        assertEquals(
                "Uplink fixed came back 4 times in a minute: it is not used before it was up for 10 s.",
                health.get(0).text());
        assertEquals(
                "Look at its cable, its modem or its signal.",
                health.get(0).code().action());
    }

    @Test
    void warnsWhereMostConnectionsWouldEndWithTheirUplink() {
        List<HealthProblem> health = health(HoldDownReading.CALM, connections(12, 3), AllowanceReason.WITHIN_LIMITS);

        assertEquals(List.of("single-path"), codes(health));
        assertTrue(health.get(0).text().startsWith("12 of 15 connections would end with their uplink (single path: "));
    }

    @Test
    void putsAFewConnectionsWithASinglePathDownToChance() {
        assertEquals(List.of(), health(HoldDownReading.CALM, connections(9, 0), AllowanceReason.WITHIN_LIMITS));
        assertEquals(List.of(), health(HoldDownReading.CALM, connections(10, 10), AllowanceReason.WITHIN_LIMITS));
    }

    @Test
    void tellsQuotasThatAreUsedUp() {
        assertEquals(List.of("quota-soft"), codes(health(HoldDownReading.CALM, List.of(), AllowanceReason.SOFT_TIER)));
        assertEquals(
                List.of("quota-used-up"),
                codes(health(HoldDownReading.CALM, List.of(), AllowanceReason.QUOTA_USED_UP)));
    }

    private static List<String> codes(List<HealthProblem> health) {
        return health.stream().map(problem -> problem.code().word()).toList();
    }

    private static List<EngineSnapshot.ConnectionView> connections(int single, int other) {
        return IntStream.range(0, single + other)
                .mapToObj(token -> new EngineSnapshot.ConnectionView(
                        token,
                        List.of(),
                        TrafficRights.NORMAL,
                        token < single ? Optional.of(SinglePathCause.NO_ADDRESS_ANNOUNCED) : Optional.empty()))
                .toList();
    }

    private static List<HealthProblem> health(
            HoldDownReading holdDown, List<EngineSnapshot.ConnectionView> connections, AllowanceReason allowance) {
        EngineSnapshot.UplinkView fixed = new EngineSnapshot.UplinkView(
                new UplinkConfig("fixed", UplinkKind.FIXED, 10, UplinkUse.ALWAYS, Optional.empty(), LineRate.UNKNOWN),
                UplinkState.ONLINE,
                Optional.of(Reason.FIRST_SEEN_UP),
                0,
                0,
                holdDown,
                OptionalLong.empty(),
                2,
                List.of(ip("192.0.2.2")),
                0,
                true);
        ConversionPointStatus point = new ConversionPointStatus(
                "operator",
                "203.0.113.1",
                at("203.0.113.1", 7000).getPort(),
                ConversionPointStatus.Origin.CONFIGURATION,
                ConversionPointStatus.State.UP,
                OptionalLong.of(3),
                Optional.empty(),
                Optional.of(true),
                Optional.of(true),
                List.of());
        return Health.of(
                new EngineSnapshot(List.of(fixed), connections),
                List.of(point),
                new QuotaKeeper.View(Map.of("cellular", new QuotaStanding(allowance, Optional.empty())), List.of()),
                List.of());
    }
}
