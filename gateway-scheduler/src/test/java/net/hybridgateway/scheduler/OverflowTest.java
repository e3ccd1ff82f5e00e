package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.hybridgateway.scheduler.overflow.LoadSample;
import org.junit.jupiter.api.Test;

/** What the wish of the overflow judge does to subflows; the judge has tests of its own. Lines of 40 and 20 Mbit/s. */
class OverflowTest {
    private static final double FIXED_BYTES = 5_000_000;
    private static final double CELLULAR_BYTES = 2_500_000;

    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.OVERFLOW);

    @Test
    void joinsSilentlyRaisesLowersAndLeaves() {
        SimulatedConnection connection = gateway.connect();
        gateway.mark();

        download(connection, Duration.ofSeconds(20));
        gateway.run(Duration.ofSeconds(10));

        List<String> steps = steps();
        assertEquals(
                List.of(
                        "create cellular 1 to 192.0.2.1 backup",
                        "regular cellular 1",
                        "backup cellular 1",
                        "remove cellular 1"),
                steps);
        assertTrue(connection.on("cellular").isEmpty());
    }

    @Test
    void leavesShortTransfersAlone() {
        SimulatedConnection connection = gateway.connect();
        gateway.mark();
        for (int page = 0; page < 20; page++) {
            download(connection, Duration.ofSeconds(1));
            gateway.run(Duration.ofSeconds(3));
        }
        assertEquals("", gateway.story());
    }

    @Test
    void helpsNobodyWhenTheQuotaRunsOut() {
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.UplinkAllowed("cellular", Allowance.NO_OVERFLOW));
        gateway.mark();
        download(connection, Duration.ofSeconds(20));
        assertEquals("", gateway.story());
    }

    @Test
    void keepsItsHelpAsABackupWhenTheFixedLineBreaks() {
        SimulatedConnection connection = gateway.connect();
        download(connection, Duration.ofSeconds(20));
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(20));

        assertTrue(connection.usable());
        assertTrue(connection.on("cellular").orElseThrow().backup);
    }

    @Test
    void wakesASilentModemForHelpNoOftenerThanItsBudgetSays() {
        UplinkConfig cellular = SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.OVERFLOW);
        UplinkConfig frugal = new UplinkConfig(
                cellular.name(),
                cellular.kind(),
                cellular.preference(),
                cellular.use(),
                cellular.community(),
                cellular.rate(),
                OptionalInt.of(2),
                UplinkReach.INTERNET);
        SimulatedGateway house = new SimulatedGateway(
                PolicyConfig.of(List.of(SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS), frugal)),
                SimulatedGateway.fixedLine(),
                SimulatedGateway.cellularLine());
        house.mark();
        for (int i = 0; i < 5; i++) {
            SimulatedConnection connection = house.connect();
            download(house, connection, Duration.ofSeconds(20));
            house.close(connection);
            house.run(Duration.ofMinutes(5));
        }
        long woken = house.decisionsSinceMark().stream()
                .filter(decision -> decision instanceof Decision.CreateSubflow)
                .count();
        // Two at once, and one that comes back within these 27 minutes: two an hour.
        assertTrue(woken >= 2 && woken <= 3, "woken " + woken + " times");
    }

    private void download(SimulatedConnection connection, Duration duration) {
        download(gateway, connection, duration);
    }

    private static void download(SimulatedGateway gateway, SimulatedConnection connection, Duration duration) {
        for (int i = 0; i < duration.toMillis() / 500; i++) {
            gateway.run(Duration.ofMillis(500));
            boolean raised = connection
                    .on("cellular")
                    .filter(socket -> socket.carries() && !socket.backup)
                    .isPresent();
            double cellular = raised ? CELLULAR_BYTES : 0;
            List<LoadSample.SubflowLoad> subflows = new ArrayList<>();
            subflows.add(load("fixed", FIXED_BYTES, 60));
            connection.on("cellular").ifPresent(socket -> subflows.add(load("cellular", cellular, 60)));
            gateway.deliver(new EngineEvent.LoadMeasured(new LoadSample(
                    List.of(
                            new LoadSample.UplinkLoad("fixed", FIXED_BYTES, 0),
                            new LoadSample.UplinkLoad("cellular", cellular, 0)),
                    List.of(new LoadSample.TransferLoad(connection.token, subflows)))));
        }
    }

    private static LoadSample.SubflowLoad load(String uplink, double bytes, long rttMillis) {
        return new LoadSample.SubflowLoad(
                uplink,
                bytes,
                0,
                Duration.ofMillis(rttMillis).toNanos(),
                Duration.ofMillis(20).toNanos());
    }

    /** MP_PRIO is repeated; here each counts once. */
    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        gateway.story()
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .forEach(step -> {
                    if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
                        steps.add(step);
                    }
                });
        return steps;
    }
}
