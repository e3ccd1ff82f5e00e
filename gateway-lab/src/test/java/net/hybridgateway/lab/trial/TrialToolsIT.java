package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.PageVisit;
import net.hybridgateway.lab.web.WebServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the trials measure with, in a house without the gateway: whatever is wrong here is not the gateway's fault. */
class TrialToolsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WEB_PORT = 8080;
    private static final int CROWD_PORT = 9400;
    private static final int TRAFFIC_PORT = 9300;
    private static final int NOBODY = 9999;

    private static House house;
    private static WebServer web;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        house = House.build(HousePlan.plain());
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
    void aCrowdIsAnsweredAndGoesOnAtOnceIfNothingBreaks() throws IOException {
        try (CrowdServer server = CrowdServer.listen(house.web(), CROWD_PORT);
                Crowd crowd = Crowd.gather(house.lanHost(0), server.port(), 300, Duration.ofMillis(200))) {
            assertTrue(Pause.until(PATIENCE, () -> crowd.count(Voice::isAnswered) == 300), "not all are answered");
            assertEquals(0, crowd.count(voice -> voice.againNanos().isPresent()));
            crowd.markBreak();
            assertTrue(Pause.until(
                    PATIENCE, () -> crowd.count(voice -> voice.againNanos().isPresent()) == 300));
            assertEquals(0, crowd.count(voice -> voice.failure().isPresent()));
        }
    }

    @Test
    void aCrowdNoticesThatItsServerIsGone() throws IOException {
        CrowdServer server = CrowdServer.listen(house.web(), CROWD_PORT);
        try (Crowd crowd = Crowd.gather(house.lanHost(0), server.port(), 10, Duration.ofMillis(50))) {
            assertTrue(Pause.until(PATIENCE, () -> crowd.count(Voice::isAnswered) == 10), "not all are answered");
            server.close();
            assertTrue(Pause.until(
                    PATIENCE, () -> crowd.count(voice -> voice.failure().isPresent()) == 10));
        } finally {
            server.close();
        }
    }

    @Test
    void pagesAreReadToTheLastByteAndFailuresAreToldApart() {
        InetSocketAddress server = new InetSocketAddress(House.webIpv4(), web.port());
        PageVisit good = PageVisit.make(house.lanHost(0), server, 12_345);
        assertTrue(good.isGood(), good::toString);
        assertTrue(good.setupSeconds() > 0 && good.setupSeconds() <= good.seconds(), good::toString);
        InetSocketAddress closed = new InetSocketAddress(House.webIpv4(), NOBODY);
        assertFalse(PageVisit.make(house.lanHost(0), closed, 12_345).isGood());
    }

    @Test
    void countsWhatPassesOnALineAndItsSyns() throws IOException {
        InetSocketAddress server = new InetSocketAddress(House.webIpv4(), web.port());
        try (LineMeter fixed = LineMeter.start(house.gateway(), Access.FIXED);
                LineMeter cellular = LineMeter.start(house.gateway(), Access.CELLULAR);
                SynWatch syns = SynWatch.start(house.gateway(), Access.FIXED);
                PageLoads loads = PageLoads.start(house.lanHost(0), server, Duration.ofMillis(20))) {
            long before = fixed.bytes();
            long cellularBefore = cellular.bytes();
            Pause.of(Duration.ofSeconds(1));
            List<PageVisit> visits = loads.finish();
            assertTrue(visits.size() > 1 && visits.stream().allMatch(PageVisit::isGood), visits::toString);
            Pause.until(PATIENCE, () -> syns.moments().size() >= visits.size());
            assertEquals(visits.size(), syns.moments().size());
            assertTrue(Pause.until(PATIENCE, () -> fixed.bytes() - before > 500L * visits.size()));
            assertTrue(Pause.until(PATIENCE, () -> fixed.isQuietFor(Duration.ofMillis(300))));
            assertEquals(cellularBefore, cellular.bytes());
        }
    }

    @Test
    void slowsADownloadDown() {
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, TRAFFIC_PORT);
                Flow flow = Flow.start(
                        server, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.DOWNLOAD)) {
            assertTrue(flow.awaitBytes(10_000_000, PATIENCE));
            flow.limit(1_000_000);
            assertTrue(Pause.until(PATIENCE, () -> {
                long now = System.nanoTime();
                return flow.progress().bitsPerSecond(now - 1_000_000_000L, now) < 2_000_000;
            }));
            flow.finish(PATIENCE);
        }
    }
}
