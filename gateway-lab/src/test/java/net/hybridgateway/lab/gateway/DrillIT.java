package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/** {@code hybrid-gateway drill} tells whether the backup would work, before it has to. */
class DrillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 9500;
    private static final long LIMIT_BYTES = 16_000;

    @Test
    void rehearsesWithAHealthyAndWithADeadBackupWhileADownloadGoesOn() throws IOException {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 40)));
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"));
                Transfer download = Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), PORT)) {
            assertTrue(point.process().isAlive());
            LabProcess follower = house.gateway()
                    .start(
                            "events",
                            Distribution.program(),
                            "events",
                            "--follow",
                            "--run-dir",
                            gateway.runDir().toString());
            Counters before = house.gateway().counters(Access.CELLULAR.device());

            Program.Ended worked = drill(house, gateway);

            assertEquals(0, worked.exitCode(), worked.out() + worked.err());
            assertTrue(worked.out().startsWith("cellular: worked, "), worked.out());
            JsonObject told = GatewayStatus.of(gateway).drills().get(0);
            assertEquals("worked", told.getString("result"), told::toString);
            // Both take as long as the line does.
            assertTrue(told.getLong("joinMillis") >= 40, told::toString);
            assertTrue(told.getLong("answerMillis") >= 40, told::toString);
            long bytes = house.gateway()
                    .counters(Access.CELLULAR.device())
                    .since(before)
                    .bytes();
            assertTrue(told.getLong("bytes") > 0 && told.getLong("bytes") <= bytes, told + ", counted " + bytes);
            assertTrue(bytes <= LIMIT_BYTES, () -> "bytes on cellular: " + bytes);
            assertEquals(List.of(), codes(GatewayStatus.of(gateway)));
            System.out.println("drill: " + told + ", counted " + bytes);

            house.cellular().cut(Cut.SILENT);
            Program.Ended silent = drill(house, gateway, "cellular");
            assertEquals(1, silent.exitCode(), silent.out());
            assertTrue(silent.out().contains("\n  A join over it gets no answer.\n"), silent.out());
            assertEquals(List.of("backup-drill-failed"), codes(GatewayStatus.of(gateway)));

            house.cellular().mend();
            house.cellular().cut(Cut.CARRIER);
            assertTrue(
                    Pause.until(PATIENCE, () -> codes(GatewayStatus.of(gateway)).contains("uplink-down")));
            Program.Ended down = drill(house, gateway);
            assertEquals(1, down.exitCode(), down.out());
            assertTrue(down.out().contains("\n  It is down. The uplink lost its carrier.\n"), down.out());

            house.cellular().mend();
            assertTrue(
                    Pause.until(PATIENCE, () -> drill(house, gateway).exitCode() == 0),
                    () -> "the mended line does not work: " + gateway.command("status"));
            assertTrue(Pause.until(
                    PATIENCE, () -> !codes(GatewayStatus.of(gateway)).contains("backup-drill-failed")));
            assertTrue(drillsIn(gateway.command("events")) >= 4, () -> gateway.command("events"));

            assertTrue(Pause.until(PATIENCE, () -> drillsIn(follower.output()) >= 4), follower::output);
            assertTrue(follower.output().contains("ago: uplink fixed\n"), follower.output());
            follower.close();

            // The connection of the house has seen nothing of all that.
            List<JsonObject> connections = GatewayStatus.connections(gateway);
            assertEquals(List.of("fixed"), GatewayStatus.uplinksOf(connections.get(0)), connections::toString);
            assertEquals(
                    List.of(),
                    GatewayStatus.of(gateway).breaks().stream()
                            .filter(outage -> outage.getString("uplink").equals("fixed"))
                            .collect(Collectors.toList()));
            long sofar = download.received();
            assertTrue(Pause.until(PATIENCE, () -> download.received() > sofar));
            download.finish();
        }
    }

    @Test
    void refusesWhatIsNoBackup() {
        try (House house = Lan.build(HousePlan.plain());
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            assertTrue(point.process().isAlive());
            Program.Ended fixed = drill(house, gateway, "fixed");
            assertEquals(1, fixed.exitCode());
            assertEquals("hybrid-gateway: there is no backup 'fixed': known are cellular\n", fixed.err());
            Program.Ended unknown = drill(house, gateway, "fixde");
            assertEquals(2, unknown.exitCode());
            assertEquals("hybrid-gateway: there is no uplink 'fixde': known are fixed, cellular\n", unknown.err());
        }
    }

    private static long drillsIn(String events) {
        return events.lines()
                .filter(line -> line.endsWith("ago: drill of cellular"))
                .count();
    }

    private static List<String> codes(GatewayStatus status) {
        Function<JsonObject, String> code = entry -> entry.getString("code");
        return status.health().stream().map(code).collect(Collectors.toList());
    }

    private static Program.Ended drill(House house, Gateway gateway, String... uplink) {
        return uplink.length == 0
                ? Program.call(
                        house.gateway(), "drill", "--run-dir", gateway.runDir().toString())
                : Program.call(
                        house.gateway(),
                        "drill",
                        uplink[0],
                        "--run-dir",
                        gateway.runDir().toString());
    }
}
