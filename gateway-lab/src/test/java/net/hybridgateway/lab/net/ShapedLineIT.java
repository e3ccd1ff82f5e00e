package net.hybridgateway.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long MEGABIT = 1_000_000;
    private static final int MOST_DOWNLOADS = 5;

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
        routeBySource(access);
        List<Long> millis = new ArrayList<>();
        // Where the machine is busy, one or the other waits for a processor; but not all of them.
        assertTrue(
                Pause.until(TIMEOUT, () -> {
                    millis.add(connectMillis(access));
                    return Collections.min(millis) < rttMillis + 15;
                }),
                () -> access + " took " + millis + " ms");
        assertTrue(Collections.min(millis) >= rttMillis - 1, () -> access + " took " + millis + " ms");
        String neighbour =
                house.gateway().run("ip", "neigh", "show", "to", access.routerIpv4(), "dev", access.device());
        assertTrue(neighbour.contains("PERMANENT"), neighbour);
    }

    @ParameterizedTest
    @CsvSource({"FIXED, 40", "CELLULAR, 20"})
    void limitsTheRateAndDeliversEveryByte(Access access, long megabits) throws IOException {
        List<Double> rates = new ArrayList<>();
        // A busy machine may take its time now and then.
        while (rates.size() < MOST_DOWNLOADS && rates.stream().noneMatch(rate -> rate > megabits * MEGABIT * 0.6)) {
            try (Download download = download(access, megabits * MEGABIT / 8 * 2)) {
                download.run();
                ProgressLog progress = download.progress();
                rates.add(progress.bitsPerSecond(progress.startNanos(), progress.endNanos()));
                assertTrue(download.isExact());
            }
        }
        // A tenth more, for a reader that was late for the first bytes.
        assertTrue(Collections.max(rates) < megabits * MEGABIT * 1.1, "faster than the line: " + rates);
        assertTrue(Collections.max(rates) > megabits * MEGABIT * 0.6, "much slower than the line: " + rates);
    }

    @Test
    void changesItsShapeWhileRunning() throws IOException {
        routeBySource(Access.FIXED);
        house.fixed().shape(LineShape.of(40, 80));
        long slower = connectMillis(Access.FIXED);
        house.fixed().shape(LineShape.of(40, 20));
        assertTrue(slower >= 79, "took " + slower + " ms");
    }

    @Test
    void losesPackets() {
        house.cellular().shape(LineShape.of(20, 50).withLossPercent(100));
        // What was on its way before still arrives, such as the end of an earlier connection.
        Pause.of(Duration.ofMillis(500));
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

    private static long connectMillis(Access access) {
        try {
            long start = System.nanoTime();
            open(access, 1).close();
            return (System.nanoTime() - start) / 1_000_000;
        } catch (IOException e) {
            throw new LabException("no connection over " + access, e);
        }
    }

    private static Download download(Access access, long length) throws IOException {
        routeBySource(access);
        return open(access, length);
    }

    private static Download open(Access access, long length) throws IOException {
        InetAddress source = InetAddress.getByName(access.ipv4());
        return house.gateway()
                .call(() -> Download.open(source, new InetSocketAddress(House.webIpv4(), 80), length, TIMEOUT));
    }

    private static void routeBySource(Access access) {
        String route = "via " + access.routerIpv4() + " dev " + access.device();
        house.gateway().ip("route replace " + House.webIpv4() + " " + route);
    }
}
