package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/operations.md says, with a running gateway. */
class OperationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Handbook PAGE = Handbook.page("operations.md");
    private static final String PASSWORD = "four words are enough";

    private static House house;
    private static ConversionPoint point;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
        point = ConversionPoint.start(house);
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            point.close();
            house.close();
        }
    }

    @Test
    void everyRequestIsCarriedOut() {
        List<String> requests = PAGE.requests();
        assertTrue(requests.size() > 10, requests::toString);
        try (Gateway gateway = start()) {
            for (String request : requests) {
                ControlSocket.result(gateway, today(gateway, request));
                if (request.contains("\"off\"")) {
                    ControlSocket.result(gateway, request.replace("\"off\"", "\"on\""));
                }
            }
            String text = read(gateway.configuration());
            assertTrue(text.contains("option use 'standby'"), text);
        }
    }

    /** The page's revisions and numbers are those of another day. */
    private static String today(Gateway gateway, String request) {
        long revision =
                ControlSocket.result(gateway, "{\"command\":\"settings\"}").getLong("revision");
        String now = request.replaceAll("\"revision\":\\d+", "\"revision\":" + revision);
        return request.contains("-report\"") ? now.replaceAll("\"number\":\\d+", "\"number\":1") : now;
    }

    @Test
    void everyCallSucceeds() {
        List<String> calls = new ArrayList<>(PAGE.calls());
        assertTrue(calls.size() > 10, calls::toString);
        assertTrue(calls.remove("cleanup"));
        try (Gateway gateway = start()) {
            for (String call : calls) {
                Program.Ended ended = call(gateway, call.replace(" [UPLINK]", ""));
                assertEquals("", ended.err(), call);
                assertEquals(0, ended.exitCode(), call);
                assertFalse(ended.out().isBlank(), call);
            }
        }
        assertEquals(0, Program.call(house.gateway(), "cleanup").exitCode());
    }

    @Test
    void aDrillAndAProbeTellWhatTheirExamplesShow() {
        try (Gateway gateway = start()) {
            Program.Ended drill = call(gateway, "drill");
            assertEquals(
                    anyNumbers(String.join("\n", PAGE.example("cellular: worked")) + "\n"), anyNumbers(drill.out()));

            JsonObject shown = GatewayStatus.parse(String.join("", PAGE.example("{\n  \"number\"")));
            JsonObject seen =
                    GatewayStatus.parse(call(gateway, "probe cellular --json").out());
            assertEquals(shown.keySet(), seen.keySet());
            JsonObject shownPath = shown.getArray("paths").getObject(0);
            JsonObject seenPath = seen.getArray("paths").getObject(0);
            assertEquals(shownPath.keySet(), seenPath.keySet());
            for (String member :
                    Set.of("uplink", "conversionPoint", "result", "looksLike", "synData", "join", "text")) {
                assertEquals(shownPath.get(member), seenPath.get(member), member);
            }
        }
    }

    @Test
    void aProgramInTheLanDoesWhatThePageCan() {
        try (Gateway gateway = start()) {
            assertTrue(gateway.process().isAlive());
            List<String> lines = PAGE.example("curl -c jar");
            // The password is chosen first, in the same way.
            String first = lan(lines.subList(0, 2)).replace("/api/login", "/api/first");
            assertTrue(
                    GatewayStatus.parse(house.lanHost(0).run("sh", "-ec", first))
                            .getBoolean("ok"),
                    first);

            JsonObject login = GatewayStatus.parse(house.lanHost(0).run("sh", "-ec", lan(lines.subList(0, 2))));
            assertEquals(Set.of("ok", "token"), login.keySet());
            String ask = lan(lines.subList(2, lines.size()))
                    .replace("X-Hybrid-Gateway: T", "X-Hybrid-Gateway: " + login.getString("token"));
            JsonObject status = GatewayStatus.parse(house.lanHost(0).run("sh", "-ec", ask));
            assertEquals("normal", status.getObject("result").getString("mode"), status::toString);
        }
    }

    private String lan(List<String> example) {
        return "cd '" + folder + "'\n"
                + String.join("\n", example)
                        .replace("curl ", "curl -sS --max-time 20 ")
                        .replace("192.168.1.1", House.GATEWAY_LAN_IPV4)
                        .replace("…", PASSWORD);
    }

    @Test
    void goesBackToTheLastConfigurationThatWorked() throws IOException {
        try (Gateway gateway = start()) {
            String good = read(gateway.configuration());
            Files.writeString(gateway.configuration(), good.replace("'on-demand'", "'sometimes'"));
            assertEquals(1, call(gateway, "reload").exitCode());
            assertTrue(GatewayStatus.of(gateway).healthCodes().contains("configuration-refused"));

            String example = String.join("\n", PAGE.example("cp /etc/hybrid-gateway"))
                    .replace(
                            "/etc/config/hybrid-gateway",
                            gateway.configuration().toString())
                    .replace("/etc/hybrid-gateway", folder.resolve("state").toString())
                    .replace(
                            "\nhybrid-gateway reload",
                            "\n" + Distribution.program() + " reload --run-dir " + gateway.runDir());
            house.gateway().run("sh", "-ec", example);

            assertEquals(good, read(gateway.configuration()));
            assertFalse(GatewayStatus.of(gateway).healthCodes().contains("configuration-refused"));
        }
    }

    @Test
    void theBalancersRulesAreThoseOfNftables() {
        String rules = String.join("\n", PAGE.example("table ip balancer")) + "\n";
        house.conversionPoint(0).nft(rules);
        String listed = house.conversionPoint(0).run("nft", "list", "table", "ip", "balancer");
        house.conversionPoint(0).nft("delete table ip balancer");
        assertTrue(listed.contains("10.77.1.7"), listed);
    }

    private Gateway start() {
        String configuration = Gateway.withStateIn(folder, Gateway.configuration("on-demand")) + "config web 'web'\n";
        Gateway gateway = Gateway.start(house, configuration);
        assertTrue(
                Pause.until(
                        PATIENCE,
                        () -> GatewayStatus.of(gateway).mode().equals("normal")
                                && GatewayStatus.of(gateway)
                                        .uplink("cellular")
                                        .getString("state")
                                        .equals("online")),
                "the uplinks do not come up");
        return gateway;
    }

    private static Program.Ended call(Gateway gateway, String words) {
        List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
        all.addAll(
                words.startsWith("check")
                        ? List.of("--config", gateway.configuration().toString())
                        : List.of("--run-dir", gateway.runDir().toString()));
        return Program.call(house.gateway(), all.toArray(String[]::new));
    }

    private static String anyNumbers(String text) {
        return text.replaceAll("[0-9.]+k?", "N");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
