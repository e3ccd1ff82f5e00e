package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/** {@code hybrid-gateway uplink} takes an uplink out of use under a running download. */
class UplinkSwitchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofMillis(1500);
    private static final int PORT = 9400;
    private static final long MUCH = 300_000;

    @Test
    void downloadOutlivesThatItsUplinkIsSwitchedOffAndOn() throws IOException {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20)));
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"));
                Transfer download = Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), PORT)) {
            assertTrue(point.process().isAlive());
            await("progress", () -> download.received() > MUCH);

            Program.Ended off = call(house, gateway, "uplink", "fixed", "off");
            assertEquals("uplink fixed is switched off until the next start\n", off.out());
            assertEquals(0, off.exitCode());
            await("a silent fixed line", () -> bytesInAWhile(house, Access.FIXED) == 0);
            long moved = download.received();
            await("progress over cellular", () -> download.received() - moved > MUCH);
            assertEquals("disabled", GatewayStatus.of(gateway).uplink("fixed").getString("state"));
            assertEquals("backup", GatewayStatus.of(gateway).mode());
            assertTrue(
                    gateway.command("status").contains("info uplink-switched-off ("), () -> gateway.command("status"));
            assertEquals(1, GatewayStatus.of(gateway).breaks().size());
            JsonObject told = GatewayStatus.of(gateway).breaks().get(0);
            assertEquals(1, told.getInt("kept"), told::toString);
            assertEquals(0, told.getInt("lost"), told::toString);

            // The last one that works stays, unless it is meant.
            Program.Ended last = call(house, gateway, "uplink", "cellular", "off");
            assertEquals(1, last.exitCode());
            assertTrue(last.isOneLineOfError() && last.err().contains("is the last one that works"), last.err());
            assertEquals("online", GatewayStatus.of(gateway).uplink("cellular").getString("state"));

            Program.Ended on = call(house, gateway, "uplink", "fixed", "on", "--json");
            assertEquals("{\n  \"name\":\"fixed\",\n  \"state\":\"on\"\n}\n", on.out());
            await("a silent cellular line", () -> bytesInAWhile(house, Access.CELLULAR) == 0);
            long back = download.received();
            await("progress on the fixed line", () -> download.received() - back > MUCH);
            download.finish();
            assertEquals(List.of(), GatewayStatus.of(gateway).health());
        }
    }

    @Test
    void takesTheHouseOfflineByForceOnlyAndRefusesNonsense() {
        try (House house = Lan.build(HousePlan.plain());
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            assertTrue(point.process().isAlive());
            Program.Ended unknown = call(house, gateway, "uplink", "fixde", "off");
            assertEquals("hybrid-gateway: there is no uplink 'fixde': known are fixed, cellular\n", unknown.err());
            assertEquals(2, unknown.exitCode());

            assertEquals(0, call(house, gateway, "uplink", "cellular", "off").exitCode());
            assertEquals(
                    0, call(house, gateway, "uplink", "fixed", "off", "--force").exitCode());
            await("offline", () -> GatewayStatus.of(gateway).mode().equals("offline"));
            assertTrue(gateway.command("status").contains("error no-uplink ("), () -> gateway.command("status"));
            assertEquals(0, call(house, gateway, "uplink", "fixed", "on").exitCode());
            await("normal", () -> GatewayStatus.of(gateway).mode().equals("normal"));
        }
    }

    private static Program.Ended call(House house, Gateway gateway, String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--run-dir";
        all[words.length + 1] = gateway.runDir().toString();
        return Program.call(house.gateway(), all);
    }

    private static long bytesInAWhile(House house, Access access) {
        var before = house.gateway().counters(access.device());
        Pause.of(A_WHILE);
        return house.gateway().counters(access.device()).since(before).bytes();
    }

    private static void await(String what, BooleanSupplier condition) {
        assertTrue(Pause.until(PATIENCE, condition), () -> "no " + what);
    }
}
