package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Settings that are changed while a download goes on: it must not lose a byte, whatever is changed. */
class SettingsIT {
    private static final int DOWNLOAD_PORT = 9400;
    private static final int WEB_PORT = 8080;
    private static final long PROGRESS_BYTES = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FIRST = House.conversionPointIpv4(0);
    private static final String SECOND = House.conversionPointIpv4(1);
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";

    private static House house;
    private static WebServer web;

    @BeforeAll
    static void build() {
        house = Lan.build(
                HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20)).withConversionPoints(2));
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            web.close();
            house.close();
        }
    }

    @Test
    void aChangeOfUseTakesEffectOnARunningDownload() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            awaitSubflows(gateway, "fixed");
            JsonObject changed = ControlSocket.result(gateway, set("uplink", "cellular", "use", "'standby'"));
            assertTrue(changed.isNull("pending") && changed.getArray("restart").isEmpty(), changed::toString);
            awaitSubflows(gateway, "fixed", "cellular backup");
            awaitProgress(download);

            ControlSocket.result(gateway, set("uplink", "cellular", "use", "'always'"));
            awaitSubflows(gateway, "fixed", "cellular");
            ControlSocket.result(gateway, set("uplink", "cellular", "use", "'on-demand'"));
            awaitSubflows(gateway, "fixed");
            awaitProgress(download);
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aDownloadMovesAwayFromAnUplinkThatIsDisabled() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            awaitSubflows(gateway, "fixed");
            ControlSocket.result(gateway, set("uplink", "fixed", "enabled", "'0'"));
            awaitSubflows(gateway, "cellular");
            awaitProgress(download);
            assertEquals(FIRST, visit());

            ControlSocket.result(gateway, set("uplink", "fixed", "enabled", "'1'"));
            awaitSubflows(gateway, "fixed");
            awaitProgress(download);
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aDownloadGoesOnWhereItIsWhenTheConversionPointIsAnotherAndNewConnectionsGoThere() throws IOException {
        try (ConversionPoint first = ConversionPoint.start(house);
                ConversionPoint second = ConversionPoint.start(house, 1, "--allow-private");
                Gateway gateway = start();
                Transfer download = download()) {
            assertEquals(FIRST, visit());
            String text = Files.readString(gateway.configuration());
            Files.writeString(gateway.configuration(), text.replace(FIRST, SECOND));
            String answer = gateway.command("reload");
            assertTrue(answer.startsWith("In effect: revision "), answer);
            assertEquals(SECOND, visit());
            awaitProgress(download);
            download.finish();
            assertTrue(first.process().isAlive() && second.process().isAlive());
        }
    }

    @Test
    void aDownloadGoesOnWhenNothingIsInterceptedAnyMore() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            assertEquals(FIRST, visit());
            ControlSocket.result(gateway, set("gateway", "main", "enabled", "'0'"));
            assertNotEquals(FIRST, visit());
            awaitProgress(download);
            assertEquals("disabled", GatewayStatus.of(gateway).mode());

            ControlSocket.result(gateway, set("gateway", "main", "enabled", "'1'"));
            assertEquals(FIRST, visit());
            awaitProgress(download);
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aRuleKeepsARunningDownloadOffCellular() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            ControlSocket.result(gateway, set("uplink", "cellular", "use", "'always'"));
            awaitSubflows(gateway, "fixed", "cellular");
            ControlSocket.result(gateway, """
                    {'command':'settings-change','changes':[
                    {'type':'rule','name':'home','add':true},
                    {'type':'rule','name':'home','option':'action','value':'fixed-only'}]}""");
            awaitSubflows(gateway, "fixed");
            awaitProgress(download);

            ControlSocket.result(gateway, """
                    {'command':'settings-change','changes':[{'type':'rule','name':'home','remove':true}]}""");
            awaitSubflows(gateway, "fixed", "cellular");
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aBadFileChangesNothingAndIsNamedUntilItIsGood() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            awaitSubflows(gateway, "fixed");
            String text = Files.readString(gateway.configuration());
            Files.writeString(gateway.configuration(), text.replace("'on-demand'", "'sometimes'"));
            JsonObject refused = ControlSocket.ask(gateway, "{'command':'reload'}");
            assertFalse(refused.getBoolean("ok"));
            assertTrue(
                    refused.getString("error")
                            .matches(
                                    "nothing was changed: .*hybrid-gateway\\.conf:\\d+: bad value 'sometimes' for 'use'.*"),
                    refused::toString);
            assertTrue(GatewayStatus.of(gateway).healthCodes().contains("configuration-refused"));
            awaitProgress(download);
            awaitSubflows(gateway, "fixed");

            Files.writeString(gateway.configuration(), text);
            ControlSocket.result(gateway, "{'command':'reload'}");
            assertFalse(GatewayStatus.of(gateway).healthCodes().contains("configuration-refused"));
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aChangeThatNobodyConfirmsIsTakenBack() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = start();
                Transfer download = download()) {
            String text = Files.readString(gateway.configuration());
            awaitSubflows(gateway, "fixed");
            JsonObject changed = ControlSocket.result(
                    gateway,
                    set("uplink", "cellular", "use", "'standby'").replace("'changes'", "'confirmWithin':20,'changes'"));
            assertEquals(
                    changed.getLong("revision"), changed.getObject("pending").getLong("revision"), changed::toString);
            awaitSubflows(gateway, "fixed", "cellular backup");
            assertTrue(
                    Pause.until(PATIENCE, () -> text.equals(read(gateway))), () -> "not taken back: " + read(gateway));
            awaitSubflows(gateway, "fixed");
            download.finish();
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aStartWithABadFileFollowsTheLastGoodOneAndSaysSo() throws IOException {
        try (ConversionPoint point = ConversionPoint.start(house)) {
            start().close();
            String bad = Gateway.configuration("on-demand").replace("option device 'wan0'", "option devcie 'wan0'");
            try (Gateway gateway = Gateway.start(house, bad)) {
                assertEquals(FIRST, visit());
                String health = GatewayStatus.of(gateway).health().toString();
                assertTrue(health.contains("configuration-refused"), health);
                assertTrue(health.contains("unknown option 'devcie'"), health);
                assertTrue(point.process().isAlive());
            }
        }
    }

    @Test
    void whatWaitsForARestartIsNamed() throws IOException {
        try (Gateway gateway = start()) {
            JsonObject changed = ControlSocket.result(gateway, set("gateway", "main", "transparent_port", "'9090'"));
            assertEquals(new JsonArray(List.of("gateway.transparent_port")), changed.getArray("restart"));
            assertTrue(GatewayStatus.of(gateway).healthCodes().contains("restart-needed"));
            ControlSocket.result(gateway, set("gateway", "main", "transparent_port", "null"));
            assertFalse(GatewayStatus.of(gateway).healthCodes().contains("restart-needed"));
        }
    }

    private static Gateway start() {
        return Gateway.start(house, Gateway.configuration("on-demand"));
    }

    private static Transfer download() throws IOException {
        return Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), DOWNLOAD_PORT);
    }

    private static String set(String type, String name, String option, String value) {
        return "{'command':'settings-change','changes':[{'type':'" + type + "','name':'" + name + "','option':'"
                + option + "','value':" + value + "}]}";
    }

    private static String read(Gateway gateway) {
        try {
            return Files.readString(gateway.configuration());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitProgress(Transfer download) {
        long before = download.received();
        assertTrue(
                Pause.until(PATIENCE, () -> download.received() - before > PROGRESS_BYTES),
                "the download stands still");
    }

    /** Waits until the download has these subflows that carry, and no others. */
    private static void awaitSubflows(Gateway gateway, String... wanted) {
        Set<String> expected = Set.of(wanted);
        assertTrue(
                Pause.until(PATIENCE, () -> subflows(gateway).equals(expected)),
                () -> subflows(gateway) + " instead of " + expected);
    }

    private static Set<String> subflows(Gateway gateway) {
        return GatewayStatus.connections(gateway).stream()
                .filter(connection -> connection.getString("destination").endsWith(":" + DOWNLOAD_PORT))
                .flatMap(connection -> connection.getArray("subflows").stream())
                .map(JsonObject.class::cast)
                .filter(subflow -> Set.of("joined", "established").contains(subflow.getString("state")))
                .map(subflow -> subflow.getString("uplink") + (subflow.getBoolean("backup") ? " backup" : ""))
                .collect(Collectors.toSet());
    }

    /** Whom the web server takes for its client. */
    private static String visit() {
        try {
            return Lan.ask(house.lanHost(0), House.webIpv4(), WEB_PORT, QUESTION)
                    .lines()
                    .filter(line -> line.startsWith(WebServer.PEER))
                    .map(line -> line.substring(WebServer.PEER.length()))
                    .findFirst()
                    .orElse("reset");
        } catch (IOException e) {
            return "reset: " + e.getMessage();
        }
    }
}
