package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.status.ProbeReport;
import net.hybridgateway.mgmt.status.ProbeVerdict.Result;
import net.hybridgateway.mgmt.status.ProbedPath;
import net.hybridgateway.scheduler.UplinkReach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which ways are probed at all, and one probe at a time. Nothing is sent here. */
class ProbeRunnerTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Ways ways = new Ways();
    private final ProbeRunner runner = new ProbeRunner(ways, new ProbeConnections(System::nanoTime), System::nanoTime);

    /** What the daemon has, and a gate before it. */
    private static final class Ways implements ProbeRunner.Ways {
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile List<ProbeUplink> uplinks = List.of();
        private volatile List<ConversionPoint> points = List.of(point("203.0.113.1"));
        private volatile boolean broken;

        @Override
        public Set<String> uplinkNames() {
            return Set.of("fixed", "cellular");
        }

        @Override
        public List<ProbeUplink> uplinks() {
            try {
                assertTrue(gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (broken) {
                throw new IllegalStateException("the kernel is silent");
            }
            return uplinks;
        }

        @Override
        public List<ConversionPoint> conversionPoints() {
            return points;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        ways.gate.countDown();
        runner.stop();
    }

    @Test
    void probesOnceAtATime() throws CommandException {
        ProbeReport first = runner.begin(Optional.empty());
        assertFalse(first.finished());

        CommandException refused = assertThrows(CommandException.class, () -> runner.begin(Optional.empty()));
        assertEquals("a probe is under way: try again in a few seconds", refused.getMessage());

        ways.gate.countDown();
        assertEquals(1, finished().number());
        assertEquals(2, runner.begin(Optional.of("fixed")).number());
    }

    @Test
    void knowsItsUplinks() {
        CommandException refused = assertThrows(CommandException.class, () -> runner.begin(Optional.of("fixde")));
        assertEquals("there is no uplink 'fixde': known are cellular, fixed", refused.getMessage());
        assertEquals(Optional.empty(), runner.report());
    }

    @Test
    void tellsOfAFailureAndCanProbeAgain() throws CommandException {
        ways.broken = true;
        ways.gate.countDown();
        runner.begin(Optional.empty());
        assertEquals(Optional.of("the kernel is silent"), finished().failure());

        ways.broken = false;
        runner.begin(Optional.empty());
        assertEquals(Optional.empty(), finished().failure());
    }

    @Test
    void sendsNothingOverUplinksThatAreForbiddenOrDownOrOfAnotherFamily() throws CommandException {
        ways.uplinks = List.of(
                uplink("forbidden", UplinkReach.INTERNET, Optional.of("The quota is used up."), "192.0.2.1"),
                uplink("down", UplinkReach.INTERNET, Optional.empty()),
                uplink("ipv6", UplinkReach.INTERNET, Optional.empty(), "2001:db8::1"));

        List<ProbedPath> paths = probe();

        assertEquals(
                List.of(Result.NOT_ASKED, Result.UNUSABLE, Result.NOT_ASKED),
                paths.stream().map(path -> path.verdict().result()).toList());
        assertEquals(
                List.of("The quota is used up. To probe it all the same: hybrid-gateway probe forbidden"),
                paths.get(0).verdict().sentences());
        assertTrue(paths.stream().allMatch(path -> path.bytes() == 0));
    }

    @Test
    void asksADedicatedNetworkForThePrivateAddressOnly() throws CommandException {
        ways.points = List.of(point("203.0.113.1"), point("10.77.0.7"));
        // Of no host: what is not left out fails at the bind, without a packet.
        ways.uplinks = List.of(uplink("dedicated", UplinkReach.CONVERSION_POINT, Optional.empty(), "203.0.113.200"));

        List<ProbedPath> paths = probe();

        assertEquals(Result.NOT_ASKED, paths.get(0).verdict().result());
        assertEquals(Result.UNUSABLE, paths.get(1).verdict().result());
    }

    private List<ProbedPath> probe() throws CommandException {
        ways.gate.countDown();
        runner.begin(Optional.empty());
        ProbeReport report = finished();
        assertEquals(Optional.empty(), report.failure());
        return report.paths();
    }

    private ProbeReport finished() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!runner.report().orElseThrow().finished()) {
            assertTrue(System.nanoTime() - deadline < 0, "it does not end");
            Thread.onSpinWait();
        }
        return runner.report().orElseThrow();
    }

    private static ConversionPoint point(String address) {
        return new ConversionPoint("operator", Addresses.at(address, 7000), Optional.empty());
    }

    private static ProbeUplink uplink(String name, UplinkReach reach, Optional<String> forbidden, String... sources) {
        List<InetAddress> addresses = Stream.of(sources)
                .map(source -> Addresses.at(source, 1).getAddress())
                .toList();
        return new ProbeUplink(name, 1, addresses, reach, forbidden);
    }
}
