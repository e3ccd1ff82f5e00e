package net.hybridgateway.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import net.hybridgateway.lab.traffic.ProgressLog;
import net.hybridgateway.lab.web.Download;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shaped line does to TCP. The bounds are wide: a busy machine adds delay and takes rate. */
class ShapedLineIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long MEGABIT = 1_000_000;

    private static House house;
    private static WebServer server;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        house = House.build(HousePlan.shaped(LineShape.of(40, 20), LineShape.of(20, 50)));
        server = house.web().call(() -> WebServer.listen(80));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            server.close();
            house.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"FIXED, 20", "CELLULAR, 50"})
    void addsTheDelayAndNoNeighbourResolution(Access access, long rttMillis) throws IOException {
        long best = Long.MAX_VALUE;
        // The first one counts, too: it would be the one to wait for neighbour resolution.
        for (int i = 0; i < 3; i++) {
            best = Math.min(best, connectMillis(access));
        }
        assertTrue(best >= rttMillis - 1 && best < rttMillis + 15, access + " took " + best + " ms");
    }

    @ParameterizedTest
    @CsvSource({"FIXED, 40", "CELLULAR, 20"})
    void limitsTheRateAndDeliversEveryByte(Access access, long megabits) throws IOException {
        try (Download download = download(access, megabits * MEGABIT / 8 * 2)) {
            download.run();
            ProgressLog progress = download.progress();
            double rate = progress.bitsPerSecond(progress.startNanos(), progress.endNanos());
            assertTrue(download.isExact());
            assertTrue(rate < megabits * MEGABIT, "faster than the line: " + rate);
            assertTrue(rate > megabits * MEGABIT * 0.6, "much slower than the line: " + rate);
        }
    }

    @Test
    void changesItsShapeWhileRunning() throws IOException {
        house.fixed().shape(LineShape.of(40, 80));
        long slower = connectMillis(Access.FIXED);
        house.fixed().shape(LineShape.of(40, 20));
        assertTrue(slower >= 79, "took " + slower + " ms");
    }

    @Test
    void losesPackets() {
        house.cellular().shape(LineShape.of(20, 50).withLossPercent(100));
        long before = house.router().counters(Access.CELLULAR.routerDevice()).packetsIn();
        try (SocketChannel channel = house.gateway().call(SocketChannel::open)) {
            channel.bind(new InetSocketAddress(Access.CELLULAR.ipv4(), 0));
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(Access.CELLULAR.routerIpv4(), 80));
            Pause.of(Duration.ofMillis(200));
        } catch (IOException e) {
            throw new LabException("the connection attempt itself failed", e);
        } finally {
            house.cellular().shape(LineShape.of(20, 50));
        }
        assertEquals(
                before, house.router().counters(Access.CELLULAR.routerDevice()).packetsIn());
    }

    private static long connectMillis(Access access) throws IOException {
        long start = System.nanoTime();
        download(access, 1).close();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static Download download(Access access, long length) throws IOException {
        InetAddress source = InetAddress.getByName(access.ipv4());
        routeBySource(access);
        return house.gateway()
                .call(() -> Download.open(source, new InetSocketAddress(House.webIpv4(), 80), length, TIMEOUT));
    }

    private static void routeBySource(Access access) {
        String route = "via " + access.routerIpv4() + " dev " + access.device();
        house.gateway().ip("route replace " + House.webIpv4() + " " + route);
    }
}
