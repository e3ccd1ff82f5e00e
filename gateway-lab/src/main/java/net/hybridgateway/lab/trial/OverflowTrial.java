package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.PageVisit;
import net.hybridgateway.netlink.socket.StreamProtocol;

/**
 * Cellular {@code overflow}: short pages do not touch it, a long download gets both lines, and when the server has no more
 * to send than a trickle, cellular falls silent while the connection lives on.
 *
 * @param pages how long pages are opened before the download
 * @param ramp how long the download may take to reach its rate
 * @param measured how long its rate is measured after that, as that of each line alone is
 */
public record OverflowTrial(Duration pages, Duration ramp, Duration measured) implements Trial {
    private static final LineShape FIXED = LineShape.of(40, 20);
    private static final LineShape CELLULAR = LineShape.of(20, 50);
    private static final int ALONE_PORT = 9500;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration PAGE_PERIOD = Duration.ofMillis(300);
    private static final long TRICKLE_BITS_PER_SECOND = 1_000_000;
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final double EFFICIENCY = 0.92;
    private static final double SILENT_SECONDS = 5;

    @Override
    public TrialResult run() throws IOException {
        House house = House.build(HousePlan.shaped(FIXED, CELLULAR));
        double fixedAlone;
        double cellularAlone;
        try {
            fixedAlone = alone(house, Access.FIXED);
            cellularAlone = alone(house, Access.CELLULAR);
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
        try (Ground ground = Ground.lay(house, GroundConfig.of("overflow").text());
                LineMeter cellular = ground.meter(Access.CELLULAR)) {
            long before = cellular.bytes();
            List<PageVisit> visits = openPages(ground);
            long bytesOfPages = cellular.bytes() - before;
            try (Flow flow = started(ground.flow(TrafficKind.DOWNLOAD))) {
                Pause.of(ramp);
                double both = rate(flow);
                Fall fall = slowDown(flow, cellular, fixedAlone);
                flow.finish(FAREWELL);
                ground.checkAlive();
                long failed = visits.stream().filter(visit -> !visit.isGood()).count();
                return new TrialResult(
                        "overflow",
                        List.of(
                                Figure.told("fixed line alone", fixedAlone / 1e6, "Mbit/s"),
                                Figure.told("cellular line alone", cellularAlone / 1e6, "Mbit/s"),
                                Figure.told("short pages", visits.size(), ""),
                                Figure.atMost("short pages that failed", (double) failed, "", 0),
                                Figure.atMost("bytes on cellular during the pages", (double) bytesOfPages, "B", 0),
                                Figure.told("one download", both / 1e6, "Mbit/s"),
                                Figure.atLeast(
                                        "of the sum of the lines", both / (fixedAlone + cellularAlone), "", EFFICIENCY),
                                Figure.told("cellular silent after the server slowed down", fall.sinceSlowed(), "s"),
                                Figure.atMost(
                                        "cellular silent after the host's rate fell",
                                        fall.sinceRateFell(),
                                        "s",
                                        SILENT_SECONDS)),
                        List.of(),
                        house.run().logs());
            }
        }
    }

    private double alone(House house, Access access) {
        String route = House.webIpv4() + " via " + access.routerIpv4() + " dev " + access.device();
        house.gateway().ip("route add " + route);
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, ALONE_PORT);
                Flow flow = started(Flow.start(
                        server, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.DOWNLOAD))) {
            Pause.of(WARM_UP);
            return rate(flow);
        } finally {
            house.gateway().ip("route del " + route);
        }
    }

    private static Flow started(Flow flow) {
        if (!flow.awaitBytes(1, START)) {
            flow.close();
            throw new LabException(flow + " does not start: " + flow.failure().orElse("no byte arrives"));
        }
        return flow;
    }

    private double rate(Flow flow) {
        long start = System.nanoTime();
        Pause.of(measured);
        return flow.progress().bitsPerSecond(start, System.nanoTime());
    }

    private List<PageVisit> openPages(Ground ground) {
        try (PageLoads loads = ground.pageLoads(PAGE_PERIOD)) {
            Pause.of(pages);
            return loads.finish();
        }
    }

    /** How long cellular was still in use; infinite if it was to the end, 0 if it was not at all. */
    private record Fall(double sinceSlowed, double sinceRateFell) {}

    /** What was sent before still arrives, so the need ends when the host's rate falls below what the fixed line has. */
    private static Fall slowDown(Flow flow, LineMeter cellular, double fixedAlone) {
        long slowed = System.nanoTime();
        flow.limit(TRICKLE_BITS_PER_SECOND);
        Pause.until(PATIENCE, () -> {
            long now = System.nanoTime();
            return now - slowed > LOOK.toNanos() * 4
                    && flow.progress().bitsPerSecond(now - LOOK.toNanos() * 4, now) < fixedAlone / 2;
        });
        long fell = System.nanoTime();
        if (!Pause.until(PATIENCE, () -> cellular.isQuietFor(STILL))) {
            return new Fall(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        long silent = cellular.changedNanos();
        return new Fall(Math.max(0, (silent - slowed) / 1e9), Math.max(0, (silent - fell) / 1e9));
    }
}
