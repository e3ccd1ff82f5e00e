package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that cannot work: an exit code, one line that says why, and a kernel as it was before. */
class BadStartIT {
    private static final int LISTENER_PORT = 8089;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static House house;

    @TempDir
    private Path folder;

    private KernelTraces untouched;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            house.close();
        }
    }

    @BeforeEach
    void look() {
        untouched = KernelTraces.of(house.gateway());
    }

    @AfterEach
    void nothingWasTouched() {
        assertEquals(untouched, KernelTraces.of(house.gateway()));
    }

    @Test
    void anUnknownOptionIsNamedWithFileLineAndTheNearestName() throws IOException {
        String text = Gateway.configuration("on-demand").replace("option device 'wwan0'", "option devcie 'wwan0'");
        Path file = write(text);
        int line = 1 + (int) text.substring(0, text.indexOf("devcie")).lines().count() - 1;
        Program.Ended run = run(file);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("hybrid-gateway: " + file + ":" + line + ":"), run.err());
        assertTrue(run.err().contains("'devcie'") && run.err().contains("'device'"), run.err());
        assertTrue(run.isOneLineOfError(), run.err());
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertFailsWith(folder.resolve("nothing").toString(), run(folder.resolve("nothing")));
    }

    @Test
    void whoIsNotRootIsToldSo() throws IOException {
        assumeTrue(Requirements.find("setpriv").isPresent(), "setpriv is missing");
        Path file = write(Gateway.configuration("on-demand"));
        // Nobody, but with the right to read what lies in other people's folders.
        List<String> starter = List.of(
                "setpriv",
                "--reuid",
                "65534",
                "--clear-groups",
                "--inh-caps",
                "-all,+dac_read_search",
                "--ambient-caps",
                "-all,+dac_read_search");
        Program.Ended ended = Program.callThrough(
                house.gateway(), starter, "run", "--config", file.toString(), "--run-dir", folder.toString());
        assertFailsWith("root", ended);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken =
                house.gateway().call(() -> ServerSocketChannel.open().socket())) {
            taken.bind(new InetSocketAddress(LISTENER_PORT));
            assertFailsWith(Integer.toString(LISTENER_PORT), run(write(Gateway.configuration("on-demand"))));
        }
    }

    @Test
    void aPortInUseOfTheConversionPointIsNamed() throws IOException {
        try (ServerSocket taken =
                house.gateway().call(() -> ServerSocketChannel.open().socket())) {
            taken.bind(new InetSocketAddress(ConversionPoint.PORT));
            assertFailsWith(
                    Integer.toString(ConversionPoint.PORT),
                    Program.call(house.gateway(), "mcp", "--run-dir", folder.toString()));
        }
    }

    @Test
    void aKernelWithoutMultipathTcpIsNamedForBothDaemons() throws IOException {
        house.gateway().sysctl("net.mptcp.enabled=0");
        try {
            assertFailsWith("net.mptcp.enabled", run(write(Gateway.configuration("on-demand"))));
            assertFailsWith("net.mptcp.enabled", Program.call(house.gateway(), "mcp", "--run-dir", folder.toString()));
        } finally {
            house.gateway().sysctl("net.mptcp.enabled=1");
        }
    }

    @Test
    void aRunDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path config = write(Gateway.configuration("on-demand"));
        String nowhere = "/proc/nowhere";
        assertFailsWith(
                nowhere, Program.call(house.gateway(), "run", "--config", config.toString(), "--run-dir", nowhere));
        assertFailsWith(nowhere, Program.call(house.gateway(), "mcp", "--run-dir", nowhere));
        assertFailsWith(nowhere, Program.call(house.gateway(), "cleanup", "--run-dir", nowhere));
    }

    @Test
    void statusWithoutADaemonSaysSo() {
        assertFailsWith("", Program.call(house.gateway(), "status", "--run-dir", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "run --confg x, --confg",
        "run --config, --config",
        "run now, now",
        "mcp --max-connections many, many",
        "mcp --listen here, here",
        "status --json=yes, --json",
        "walk, walk"
    })
    void aWrongCommandLineIsBadUse(String words, String named) {
        Program.Ended ended = Program.call(house.gateway(), words.split(" ", -1));
        assertEquals(2, ended.exitCode(), ended.err());
        assertTrue(ended.isOneLineOfError(), ended.err());
        assertTrue(ended.err().contains(named), ended.err());
    }

    @Test
    void aMissingDeviceIsOfflineUntilItAppearsAndIsUsedThen() throws IOException {
        String wwan = Access.CELLULAR.device();
        house.gateway().ip("link set " + wwan + " down", "link set " + wwan + " name elsewhere");
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0);
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("always"))) {
            assertTrue(conversionPoint.process().isAlive());
            assertEquals("offline", cellular(gateway).getString("state"));
            assertTrue(Pause.until(SOON, () -> "online"
                    .equals(GatewayStatus.of(gateway).uplink("fixed").getString("state"))));

            plugIn(wwan);
            assertTrue(
                    Pause.until(SOON, () -> "online".equals(cellular(gateway).getString("state"))),
                    () -> cellular(gateway).toString());
            Counters before = house.gateway().counters(wwan);
            try (Flow download =
                    Flow.start(server, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.DOWNLOAD)) {
                assertTrue(
                        Pause.until(
                                SOON,
                                () -> house.gateway()
                                                .counters(wwan)
                                                .since(before)
                                                .bytesIn()
                                        > 1_000_000),
                        () -> "bytes over the new device: " + download.failure());
            }
        } finally {
            house.close();
            build();
            look();
        }
    }

    /** What a modem and its DHCP client do. */
    private static void plugIn(String wwan) {
        String on = " dev " + wwan;
        house.gateway()
                .ip(
                        "link set elsewhere name " + wwan,
                        "link set " + wwan + " up",
                        "addr replace " + Access.CELLULAR.ipv4() + "/24" + on,
                        "addr replace " + Access.CELLULAR.ipv6() + "/64 nodad" + on,
                        "route replace default via " + Access.CELLULAR.routerIpv4() + on + " metric 20",
                        "route replace ::/0 via " + Access.CELLULAR.routerIpv6() + on + " metric 20");
    }

    private static JsonObject cellular(Gateway gateway) {
        return GatewayStatus.of(gateway).uplink("cellular");
    }

    private Path write(String configuration) throws IOException {
        return Files.writeString(folder.resolve("gateway.conf"), Gateway.withStateIn(folder, configuration));
    }

    private Program.Ended run(Path config) {
        return Program.call(house.gateway(), "run", "--config", config.toString(), "--run-dir", folder.toString());
    }

    private static void assertFailsWith(String named, Program.Ended ended) {
        assertEquals(1, ended.exitCode(), ended.err());
        assertTrue(ended.isOneLineOfError(), ended.err());
        assertTrue(ended.err().startsWith("hybrid-gateway: ") && ended.err().contains(named), ended.err());
        assertTrue(!ended.err().contains("Exception"), ended.err());
        assertEquals("", ended.out());
    }
}
