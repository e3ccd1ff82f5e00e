package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/** What the gateway says about a break and a return, while a download goes on. */
class EventsIT {
    private static final int PORT = 9300;
    private static final long PROGRESS_BYTES = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void tellsABreakItsReturnAndWhyEachSubflowIsThere() throws IOException {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20)));
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"));
                Transfer download = Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), PORT)) {
            assertTrue(point.process().isAlive());
            awaitProgress(download);
            assertEquals(List.of("fixed established The connection began on it."), subflows(gateway));

            Breakage.CARRIER.happen(house);
            awaitProgress(download);
            assertTrue(
                    Pause.until(PATIENCE, () -> subflows(gateway)
                            .contains("cellular established No preferred uplink carries the connection.")),
                    () -> subflows(gateway).toString());

            Breakage.CARRIER.end(house);
            // Both at a time, for ten seconds and no longer.
            assertTrue(
                    Pause.until(PATIENCE, () -> {
                        String connections = gateway.command("connections");
                        return connections.contains("\n  cellular: established, backup, in ")
                                && connections.contains("\n  fixed: established, in ");
                    }),
                    () -> gateway.command("connections"));
            assertTrue(
                    Pause.until(PATIENCE, () -> subflows(gateway)
                            .contains("fixed established The uplink shares the load of the connection.")),
                    () -> subflows(gateway).toString());
            assertTrue(Pause.until(PATIENCE, () -> theBreak(gateway).has("drainMillis")), () -> events(gateway)
                    .toString());
            download.finish();

            assertEquals(List.of("uplink", "uplink", "break", "hold-down", "return"), kinds(gateway));
            JsonObject told = theBreak(gateway);
            assertEquals("fixed", told.getString("uplink"));
            assertEquals("The uplink lost its carrier.", told.getString("reason"));
            assertTrue(told.getLong("gapMillis") > 0, told::toString);
            assertEquals(1, told.getInt("kept"), told::toString);
            assertEquals(0, told.getInt("lost"), told::toString);
            assertTrue(told.getLong("bytesOnBackup") > PROGRESS_BYTES, told::toString);
            // The quiet time of ten seconds comes first.
            assertTrue(told.getLong("drainMillis") >= 10_000, told::toString);
            String text = gateway.command("events");
            assertTrue(text.contains(" ago: break of fixed\n  The uplink lost its carrier.\n  noticed after "), text);
            assertTrue(text.contains("busy connections: 1 kept, 0 lost"), text);
        }
    }

    private static void awaitProgress(Transfer download) {
        long before = download.received();
        assertTrue(
                Pause.until(PATIENCE, () -> download.received() - before > PROGRESS_BYTES),
                "the download stands still");
    }

    private static List<String> subflows(Gateway gateway) {
        return GatewayStatus.connections(gateway).get(0).getArray("subflows").stream()
                .map(JsonObject.class::cast)
                .map(subflow ->
                        subflow.getString("uplink") + " " + subflow.getString("state") + " " + subflow.getString("why"))
                .collect(Collectors.toList());
    }

    private static JsonArray events(Gateway gateway) {
        try {
            return JsonParser.object().from(gateway.command("events", "--json")).getArray("events");
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> kinds(Gateway gateway) {
        return events(gateway).stream()
                .map(event -> ((JsonObject) event).getString("kind"))
                // On a slow machine, the conversion point may have been suspected.
                .filter(kind -> !kind.equals("conversion-point"))
                .collect(Collectors.toList());
    }

    private static JsonObject theBreak(Gateway gateway) {
        return events(gateway).stream()
                .map(JsonObject.class::cast)
                .filter(event -> event.getString("kind").equals("break"))
                .findFirst()
                .orElseThrow()
                .getObject("break");
    }
}
