package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, metrics and the log of a gateway that has secrets: they are nowhere. */
class ReportIT {
    private static final int PORT = 9600;

    @TempDir
    private Path folder;

    @Test
    void secretsAreNowhereAndAddressesAreShortened() throws Exception {
        Path passwordFile = Files.writeString(folder.resolve("password"), "canary-in-file\n");
        String mqtt = """

                config mqtt
                    option enabled '0'
                    list broker 'mqtts://broker.example.net'
                    option username 'me'
                    option password 'canary-in-option'
                """;
        try (House house = Lan.build(HousePlan.plain());
                ConversionPoint point = ConversionPoint.start(house, 0, "--allow-private", "--require-cookie")) {
            assertTrue(point.process().isAlive());
            List<String> told = tellAll(house, Gateway.configuration("on-demand") + mqtt);
            told.addAll(tellAll(
                    house,
                    Gateway.configuration("on-demand")
                            + mqtt.replace(
                                    "option password 'canary-in-option'",
                                    "option password_file '" + passwordFile + "'")));
            for (String text : told) {
                assertFalse(text.contains("canary-in-option"), text);
                assertFalse(text.contains("canary-in-file"), text);
            }
        }
    }

    /** What a gateway says on all ways, with a connection under way. */
    private List<String> tellAll(House house, String configuration) throws Exception {
        try (Gateway gateway = Gateway.start(house, configuration);
                Transfer download = Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), PORT)) {
            List<String> told = new ArrayList<>();
            assertEquals("log level debug for 60 minutes\n", gateway.command("log-level", "debug"));
            told.add(gateway.command("status", "--json"));
            told.add(gateway.command("events", "--json"));

            String report = gateway.command("report");
            JsonObject parts = JsonParser.object().from(report);
            for (String part : List.of("machine", "status", "events", "connections", "sysctls", "counters")) {
                assertFalse(parts.getObject(part).isEmpty(), part);
            }
            assertFalse(parts.getArray("log").isEmpty(), report);
            assertTrue(parts.getObject("counters").getLong("MPTcpExtMPCapableSYNTX") > 0, report);
            assertEquals("1", parts.getObject("sysctls").getString("net.mptcp.enabled"), report);
            assertFalse(report.contains(House.webIpv4() + ":"), report);
            told.add(report);

            Path file = folder.resolve("report" + told.hashCode());
            assertEquals(file + "\n", gateway.command("report", "--addresses", "--output", file.toString()));
            String full = Files.readString(file);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(full.contains(House.webIpv4() + ":" + PORT), full);
            told.add(full);

            String metrics = gateway.command("metrics");
            assertTrue(metrics.contains("\nhybrid_gateway_mode{mode=\"normal\"} 1\n"), metrics);
            assertTrue(metrics.contains("\nhybrid_gateway_connections_total 1\n"), metrics);
            told.add(metrics);
            download.finish();
            told.add(gateway.process().output());
            return told;
        }
    }
}
