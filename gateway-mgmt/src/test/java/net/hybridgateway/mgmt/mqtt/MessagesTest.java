package net.hybridgateway.mgmt.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.hybridgateway.mgmt.status.ConnectionTotals;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.mgmt.status.QuotaStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final Moment NOW = new Moment(0, Instant.parse("2026-11-29T12:00:00.123Z"));

    @Test
    void tellsTheStateInFewWords() {
        assertEquals(
                "{\"schema\":1,\"at\":\"2026-11-29T12:00:00.123Z\",\"uptimeSeconds\":11040,\"mode\":\"backup\",\"uplinks\":["
                        + "{\"name\":\"fixed\",\"kind\":\"fixed\",\"state\":\"offline\",\"reason\":\"The uplink lost its carrier.\"},"
                        + "{\"name\":\"cellular\",\"kind\":\"cellular\",\"state\":\"online\",\"quota\":\"soft\"}],"
                        + "\"conversionPoint\":{\"name\":\"operator\",\"origin\":\"configuration\",\"state\":\"up\"},"
                        + "\"health\":[\"uplink-down\"]}",
                StateMessage.of(StateMessage.facts(StatusSamples.duringABreak()), 11040, NOW));
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 1", "4, 32, 12", "16, 32, 40", "40, 64, 60"})
    void keepsTheStateBelowAKilobyte(int uplinks, int nameLength, int health) {
        GatewayStatus biggest = biggest(uplinks, nameLength, health);
        JsonObject facts = StateMessage.facts(biggest);
        int bytes =
                StateMessage.of(facts, Long.MAX_VALUE / 1_000_000_000L, NOW).getBytes(StandardCharsets.UTF_8).length;

        System.out.println("state with " + uplinks + " uplinks and " + health + " health entries: " + bytes + " bytes");
        assertTrue(bytes < 1024, bytes + " bytes");
        assertEquals("backup", facts.getString("mode"));
        assertTrue(!facts.getArray("uplinks").isEmpty());
    }

    private static GatewayStatus biggest(int uplinks, int nameLength, int health) {
        List<UplinkStatus> all = new ArrayList<>();
        for (int i = 0; i < uplinks; i++) {
            all.add(new UplinkStatus(
                    (i + "n".repeat(nameLength)).substring(0, nameLength),
                    UplinkKind.CELLULAR,
                    "wwan" + i,
                    UplinkState.HOLD_DOWN,
                    UplinkUse.ON_DEMAND,
                    Optional.of("The uplink came back, and is watched for a while before it is trusted again, \u00e4."),
                    List.of(),
                    OptionalDouble.of(1234.5),
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    100_000,
                    OptionalLong.of(300_000),
                    OptionalLong.of(300_000),
                    Optional.of(new QuotaStatus(Long.MAX_VALUE, 1, Optional.empty(), QuotaStatus.Tier.HARD))));
        }
        List<HealthCode> codes = List.of(HealthCode.values());
        List<HealthEntry> entries = new ArrayList<>();
        for (int i = 0; i < health; i++) {
            HealthCode code = codes.get(i % codes.size());
            entries.add(new HealthEntry(new HealthProblem(code, "uplink" + i, "It is so."), Instant.EPOCH, i));
        }
        return new GatewayStatus(
                "0.1.0",
                1,
                GatewayMode.BACKUP,
                all,
                List.of(new ConversionPointStatus(
                        "p".repeat(nameLength),
                        "mcp.example.net",
                        7000,
                        ConversionPointStatus.Origin.CONFIGURATION,
                        ConversionPointStatus.State.RETURNING,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())),
                new ConnectionTotals(1, 1, 1, 1, 1, 1),
                List.of(),
                entries);
    }
}
