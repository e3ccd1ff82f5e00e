package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.status.DrillReport;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a drill from being tried at all, and one drill at a time. Nothing is sent here. */
class DrillRunnerTest {
    private static final long PATIENCE_SECONDS = 30;
    private static final Instant WALL = Instant.parse("2026-11-29T02:10:00Z");

    private final Ways ways = new Ways();
    private final DrillRunner runner =
            new DrillRunner(ways, 16_000, new ProbeConnections(System::nanoTime), System::nanoTime, () -> WALL);

    private static final class Ways implements DrillRunner.Ways {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final BlockingQueue<DrillStatus> done = new LinkedBlockingQueue<>();
        private volatile List<DrillUplink> uplinks = List.of();
        private volatile List<ConversionPoint> points = List.of();
        private volatile boolean used;

        @Override
        public Set<String> backupNames() {
            return Set.of("cellular");
        }

        @Override
        public List<DrillUplink> uplinks() {
            try {
                assertTrue(gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return uplinks;
        }

        @Override
        public List<ConversionPoint> conversionPoints() {
            return points;
        }

        @Override
        public long carried(String uplink) {
            return 7;
        }

        @Override
        public void used(String uplink) {
            used = true;
        }

        @Override
        public void done(DrillStatus drill) {
            done.add(drill);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        ways.gate.countDown();
        runner.stop();
    }

    private static DrillUplink uplink(String name, UplinkState state, String forbidden) {
        ProbeUplink line = new ProbeUplink(
                name,
                1,
                List.of(address("192.0.2.1")),
                UplinkReach.INTERNET,
                Optional.of(forbidden).filter(text -> !text.isEmpty()));
        return new DrillUplink(line, state, Optional.of("The uplink lost its carrier."), name.equals("cellular"));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ConversionPoint point(String literal) {
        return new ConversionPoint("operator", new InetSocketAddress(address(literal), 7000), Optional.empty());
    }

    @ParameterizedTest(name = "cellular {0} (forbidden {1}), fixed {2}, named {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OFFLINE  |                     | ONLINE  | false | FAILED It is down. The uplink lost its carrier.",
                "DISABLED |                     | ONLINE  | false | SKIPPED It is switched off.",
                "ONLINE   | The quota is empty. | ONLINE  | false | SKIPPED The quota is empty. To try it all the same:"
                        + " hybrid-gateway drill cellular",
                "ONLINE   | The quota is empty. | ONLINE  | true  | SKIPPED No conversion point is known.",
                "ONLINE   |                     | OFFLINE | false | SKIPPED No other uplink works: it carries everything"
                        + " already.",
                "ONLINE   |                     | ONLINE  | false | SKIPPED No conversion point is known.",
            })
    void saysWhyNothingIsTried(UplinkState cellular, String forbidden, UplinkState fixed, boolean named, String said)
            throws Exception {
        ways.uplinks =
                List.of(uplink("fixed", fixed, ""), uplink("cellular", cellular, forbidden == null ? "" : forbidden));
        ways.gate.countDown();
        runner.begin(named ? Optional.of("cellular") : Optional.empty());
        DrillStatus drill = ways.done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(said, drill.result() + " " + drill.text());
        assertEquals("cellular", drill.uplink());
        assertEquals(0, drill.bytes());
        assertEquals(WALL, drill.at());
        assertEquals(false, ways.used);
    }

    @Test
    void saysThatTheSystemRefusedWhereTheAddressIsNotHere() throws Exception {
        ways.uplinks = List.of(uplink("fixed", UplinkState.ONLINE, ""), uplink("cellular", UplinkState.ONLINE, ""));
        ways.points = List.of(point("203.0.113.1"));
        ways.gate.countDown();
        runner.begin(Optional.empty());
        DrillStatus drill = ways.done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(DrillStatus.Result.SKIPPED, drill.result());
        assertTrue(drill.text().startsWith("The system refused: "), drill.text());
        assertTrue(ways.used);
    }

    @Test
    void rehearsesOnceAtATimeAndKnowsItsBackups() throws Exception {
        DrillReport begun = runner.begin(Optional.empty());
        assertEquals(DrillReport.begun(1), begun);
        CommandException again = assertThrows(CommandException.class, () -> runner.begin(Optional.of("cellular")));
        assertEquals("a drill is under way: try again in a few seconds", again.getMessage());
        CommandException unknown = assertThrows(CommandException.class, () -> runner.begin(Optional.of("fixed")));
        assertEquals("there is no backup 'fixed': known are cellular", unknown.getMessage());
    }
}
