package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The house stays online whatever becomes of the daemon, and the daemon leaves nothing behind. */
class FailOpenIT {
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final double LONGEST_OUTAGE_SECONDS = 30;

    private static House house;
    private static WebServer web;
    private static ConversionPoint conversionPoint;

    private KernelTraces untouched;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        conversionPoint = ConversionPoint.start(house);
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            conversionPoint.close();
            web.close();
            house.close();
        }
    }

    @BeforeEach
    void look() {
        untouched = KernelTraces.of(house.gateway());
    }

    @AfterEach
    void cleanUp() {
        Program.call(house.gateway(), "cleanup", "--run-dir", runDir().toString());
    }

    @Test
    void theHouseStaysOnlineWhenTheDaemonIsKilled() throws IOException {
        try (Gateway gateway = start()) {
            assertSmallFileComes(House.webIpv4());
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
            long killed = System.nanoTime();
            gateway.process().kill();
            while (!connects()) {
                assertTrue(secondsSince(killed) < LONGEST_OUTAGE_SECONDS, "the house is offline");
            }
            System.out.printf("online %.3f s after the daemon was killed%n", secondsSince(killed));
        }
        assertSmallFileComes(House.webIpv4());
        assertSmallFileComes(House.webIpv6());
    }

    @Test
    void aRestartAfterAKillInterceptsAgainAndTheStopAfterItLeavesNoTrace() throws IOException {
        try (Gateway gateway = start()) {
            gateway.process().kill();
        }
        assertNotEquals(untouched, KernelTraces.of(house.gateway()), "a killed daemon leaves traces");
        try (Gateway gateway = start()) {
            assertSmallFileComes(House.webIpv4());
            assertSmallFileComes(House.webIpv6());
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
        }
        assertEquals(untouched, KernelTraces.of(house.gateway()));
    }

    @Test
    void cleanupRemovesWhatAKilledDaemonLeft() throws IOException {
        try (Gateway gateway = start()) {
            gateway.process().kill();
        }
        Program.Ended cleanup = Program.call(house.gateway(), "cleanup", "--run-dir", runDir().toString());
        assertEquals(new Program.Ended(0, "", ""), cleanup);
        assertEquals(untouched, KernelTraces.of(house.gateway()));
        assertEquals(cleanup, Program.call(house.gateway(), "cleanup", "--run-dir", runDir().toString()), "once more");
        assertSmallFileComes(House.webIpv4());
    }

    @Test
    void cleanupUnderARunningDaemonSaysSoAndDoesNothing() throws IOException {
        try (Gateway gateway = start()) {
            // The last of what it does at its start may follow a moment later.
            assertSmallFileComes(House.webIpv4());
            KernelTraces running = KernelTraces.settled(house.gateway());
            Program.Ended cleanup = Program.call(house.gateway(), "cleanup", "--run-dir", runDir().toString());
            assertEquals(1, cleanup.exitCode());
            assertTrue(cleanup.isOneLineOfError(), cleanup.err());
            assertTrue(cleanup.err().contains(Long.toString(gateway.process().pid())), cleanup.err());
            assertEquals(running, KernelTraces.of(house.gateway()));
            assertSmallFileComes(House.webIpv4());
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void aSecondDaemonOnTheSameRunDirectoryIsRefusedInOneLine() throws IOException {
        try (Gateway gateway = start()) {
            Program.Ended second = Program.call(
                    house.gateway(),
                    "run",
                    "--config",
                    runDir().resolve("hybrid-gateway.conf").toString(),
                    "--run-dir",
                    runDir().toString());
            assertEquals(1, second.exitCode());
            assertTrue(second.isOneLineOfError(), second.err());
            assertTrue(second.err().contains(runDir().toString()), second.err());
            assertSmallFileComes(House.webIpv4());
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void sigtermStopsInOrderAndLeavesNoTrace() throws IOException {
        try (Gateway gateway = start()) {
            assertSmallFileComes(House.webIpv4());
            int before = gateway.process().output().length();
            house.gateway().run("kill", "-TERM", Long.toString(gateway.process().pid()));
            // 128 and the signal's number: how the JVM says that a signal ended it.
            assertEquals(128 + 15, gateway.process().awaitExit(STOP));
            String log = gateway.process().output();
            assertFalse(log.contains("ERROR") || log.contains("Exception"), log);
            assertFalse(log.substring(before).contains("WARN"), log);
        }
        assertEquals(untouched, KernelTraces.of(house.gateway()));
        assertSmallFileComes(House.webIpv4());
    }

    private static Gateway start() {
        return Gateway.start(house, Gateway.configuration("on-demand"));
    }

    private static Path runDir() {
        return house.run().folder().resolve("gateway");
    }

    private static void assertSmallFileComes(String server) throws IOException {
        String answer = Lan.ask(house.lanHost(0), server, WEB_PORT, QUESTION);
        assertTrue(answer.endsWith("\r\n\r\nsmall\n"), answer);
    }

    private static boolean connects() throws IOException {
        try (SocketChannel channel = house.lanHost(0).call(SocketChannel::open)) {
            channel.socket().connect(new InetSocketAddress(House.webIpv4(), WEB_PORT), 5000);
            return true;
        } catch (IOException e) {
            Pause.of(Duration.ofMillis(10));
            return false;
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
