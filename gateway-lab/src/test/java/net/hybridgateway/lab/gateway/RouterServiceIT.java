package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.openwrt.ProcdRequests;
import net.hybridgateway.lab.openwrt.RouterFolder;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.WebServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as procd runs it on a router: asked for by the init script, as a user of its own with two capabilities. */
class RouterServiceIT {
    private static final String USER = "64321";
    private static final String INIT_SCRIPT = "/etc/init.d/hybrid-gateway";
    private static final String CONFIGURATION = "/etc/config/hybrid-gateway";
    private static final String RUN = "/var/run/hybrid-gateway";
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final String PEER = "Peer: " + House.conversionPointIpv4(0);
    private static final Duration SOON = Duration.ofSeconds(60);

    private static House house;
    private static WebServer web;
    private static ConversionPoint conversionPoint;

    @TempDir
    private Path root;

    private RouterFolder router;
    private Path standInForProcd;
    private String ujail;
    private KernelTraces untouched;
    private LabProcess daemon;

    @BeforeAll
    static void build() {
        for (String program : List.of("busybox", "setpriv", "prlimit")) {
            assumeTrue(Requirements.find(program).isPresent(), program + " is missing");
        }
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
    void install() throws IOException {
        router = RouterFolder.in(root);
        router.script(INIT_SCRIPT, USER);
        standInForProcd = router.standIn("rc.common", "/etc/rc.common");
        ujail = router.standIn("ujail", "/sbin/ujail").toString();
        router.write(
                CONFIGURATION,
                Gateway.withStateIn(root.resolve("etc/hybrid-gateway"), Gateway.configuration("on-demand")));
        installProgram();
        untouched = KernelTraces.of(house.gateway());
    }

    /** The program is copied to where other users may go; its files are in the router's folder. */
    private void installProgram() throws IOException {
        Path dist = Path.of(Distribution.program()).getParent().getParent();
        try (Stream<Path> files = Files.walk(dist)) {
            for (Path file : files.toList()) {
                Path copy = router.at("/usr/lib/hybrid-gateway")
                        .resolve(dist.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        router.write("/usr/bin/hybrid-gateway", """
                #!/bin/sh
                case $1 in
                    run) set -- "$@" --config %1$s%2$s --run-dir %1$s%3$s ;;
                    check) set -- "$@" --config %1$s%2$s ;;
                    *) set -- "$@" --run-dir %1$s%3$s ;;
                esac
                exec %1$s/usr/lib/hybrid-gateway/bin/hybrid-gateway "$@"
                """.formatted(root, CONFIGURATION, RUN));
        for (String program : List.of("/usr/bin/hybrid-gateway", "/usr/lib/hybrid-gateway/bin/hybrid-gateway")) {
            assertTrue(router.at(program).toFile().setExecutable(true, false));
        }
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void procdIsAskedToKeepItRunningWithLittlePower() throws IOException {
        ProcdRequests asked = askedAtStart();

        assertEquals(
                List.of(router.at("/usr/bin/hybrid-gateway").toString(), "run"),
                asked.words().get("command"));
        assertEquals(List.of("3600", "5", "0"), asked.words().get("respawn"), "0 is never to give up");
        assertEquals(
                List.of("core=0 0", "nofile=140000 140000", "nice=30 30"),
                asked.words().get("limits"));
        assertEquals(USER, asked.value("user"));
        assertEquals(USER, asked.value("group"));
        assertEquals("1", asked.value("no_new_privs"));
        assertEquals("10", asked.value("term_timeout"));
        assertEquals(router.at("/etc/capabilities/hybrid-gateway.json").toString(), asked.value("capabilities"));
        assertEquals("hybrid-gateway", asked.value("jail"), "without one, procd does not look at the capabilities");
        assertEquals("hybrid-gateway", asked.value("reload-trigger"));
    }

    @Test
    void twoCapabilitiesAreEnoughToCarryConnectionsThroughABreak() throws IOException {
        startDaemon();

        List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(daemon.pid()), "status"));
        for (String line : List.of(
                "Uid:\t64321\t64321\t64321\t64321",
                "CapEff:\t0000000000003000",
                "CapBnd:\t0000000000003000",
                "NoNewPrivs:\t1")) {
            assertTrue(status.contains(line), () -> line + " is missing in " + status);
        }
        if (mayBeUrgent()) {
            assertEquals(-10, niceOf("control"));
        }
        assertTrue(
                Lan.ask(house.lanHost(0), House.webIpv4(), WEB_PORT, QUESTION).contains(PEER), this::story);
        try (TrafficServer echo = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0);
                Flow flow = Flow.start(echo, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.ECHO)) {
            assertTrue(flow.awaitBytes(Flow.ECHO_BYTES, SOON), flow::toString);
            house.fixed().cut(Cut.SILENT);
            try {
                long before = flow.progress().bytes();
                assertTrue(flow.awaitBytes(before + 20 * Flow.ECHO_BYTES, SOON), () -> flow + story());
            } finally {
                house.fixed().mend();
            }
            assertEquals(Optional.empty(), flow.failure());
        }
        init("stop");
        assertEquals(128 + 15, daemon.awaitExit(SOON), this::story);
        assertEquals(untouched, KernelTraces.of(house.gateway()));
    }

    @Test
    void settingsAreChangedInAFolderThatIsRootsAndReadAgainAfterRootReplacedTheFile() throws IOException {
        startDaemon();
        Path file = router.at(CONFIGURATION);

        JsonObject response = ControlSocket.ask(
                router.at(RUN + "/control.sock"),
                "{'command':'settings-change','changes':[{'type':'gateway','name':'main','option':'max_connections',"
                        + "'value':'2222'}]}");
        assertTrue(response.getBoolean("ok"), response::toString);
        assertTrue(Files.readString(file).contains("2222"), Files.readString(file));
        assertEquals(Integer.valueOf(USER), Files.getAttribute(file, "unix:uid"));

        // As uci does it: a new file, which is root's.
        Path fresh = file.resolveSibling(".fresh");
        Files.writeString(fresh, Files.readString(file).replace("2222", "3333"));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(init("reload").contains("In effect"), this::story);
        assertTrue(command("settings").contains("3333"), () -> command("settings"));
    }

    @Test
    void aHookOfRootTellsTheDaemonOfALease() throws IOException {
        router.write(
                CONFIGURATION,
                Files.readString(router.at(CONFIGURATION)) + "\nconfig discovery\n\toption dhcpv4_option '224'\n");
        startDaemon();

        house.gateway()
                .run(
                        "env",
                        "HYBRID_GATEWAY_LEASES=" + router.at("/var/run/hybrid-gateway-leases"),
                        "interface=wan0",
                        "lease=60",
                        "opt224=04c6336411",
                        "busybox",
                        "ash",
                        router.at("/etc/udhcpc.user.d/50-hybrid-gateway").toString(),
                        "bound");
        assertTrue(Pause.until(SOON, () -> command("status").contains("dhcpv4")), this::story);
    }

    @Test
    void whatAKilledDaemonLeftGoesWithTheStop() throws IOException {
        startDaemon();
        daemon.kill();
        assertNotEquals(untouched, KernelTraces.of(house.gateway()));

        init("stop");

        assertEquals(untouched, KernelTraces.of(house.gateway()));
    }

    @Test
    void whatAKilledDaemonLeftGoesBeforeTheNextStart() throws IOException {
        startDaemon();
        daemon.kill();

        askedAtStart();

        assertEquals(untouched, KernelTraces.of(house.gateway()));
    }

    @Test
    void aZoneWhoseInputIsRejectedIsCarriedWithTheRuleForTheFirewall() throws IOException {
        startDaemon();
        String firewall = """
                table inet fw4 {
                    chain input {
                        type filter hook input priority filter; policy accept;
                        %s
                        iifname "%s" meta l4proto tcp reject with tcp reset
                    }
                }
                """;
        String include = "include \"" + router.at("/usr/share/nftables.d/chain-pre/input/50-hybrid-gateway.nft") + "\"";
        try {
            house.gateway().nft(firewall.formatted("", House.LAN_DEVICE));
            assertEquals("refused", askOrRefused(), "else this test shows nothing");
            house.gateway().nft("delete table inet fw4\n" + firewall.formatted(include, House.LAN_DEVICE));
            assertTrue(askOrRefused().contains(PEER), this::story);
        } finally {
            house.gateway().nft("delete table inet fw4");
        }
    }

    @Test
    void ubusIsToldTheStatus() throws IOException, JsonParserException {
        String plugin = router.script("/usr/libexec/rpcd/hybrid-gateway", USER).toString();
        startDaemon();

        JsonObject methods = JsonParser.object().from(house.gateway().run("busybox", "ash", plugin, "list"));
        for (String method : methods.keySet()) {
            String answer = house.gateway().run("busybox", "ash", plugin, "call", method);
            assertTrue(JsonParser.object().from(answer).size() > 0, answer);
        }
        assertEquals(3, methods.size());
    }

    private String askOrRefused() {
        try {
            return Lan.ask(house.lanHost(0), House.webIpv4(), WEB_PORT, QUESTION);
        } catch (IOException e) {
            return "refused";
        }
    }

    private ProcdRequests askedAtStart() throws IOException {
        Path requests = router.write("/requests", "");
        init("start");
        return ProcdRequests.parse(Files.readString(requests));
    }

    private void startDaemon() throws IOException {
        List<String> command = askedAtStart().commandLine(ujail);
        daemon = house.gateway().start("daemon", command.toArray(String[]::new));
        daemon.awaitOutput("listening on", SOON);
    }

    /** Runs the init script, and gives what it printed. */
    private String init(String action) {
        String kill = daemon != null && daemon.isAlive() ? "kill -TERM " + daemon.pid() : "true";
        return house.gateway()
                .run(
                        "env",
                        "PROCD_REQUESTS=" + root.resolve("requests"),
                        "PROCD_KILL=" + kill,
                        "busybox",
                        "ash",
                        standInForProcd.toString(),
                        router.at(INIT_SCRIPT).toString(),
                        action);
    }

    private String command(String... words) {
        List<String> command =
                new ArrayList<>(List.of(router.at("/usr/bin/hybrid-gateway").toString()));
        command.addAll(Arrays.asList(words));
        return house.gateway().run(command.toArray(String[]::new));
    }

    /** Whether this machine granted the limit that the init script asks for; some containers do not. */
    private boolean mayBeUrgent() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(daemon.pid()), "limits")).stream()
                .anyMatch(line -> line.matches("Max nice priority +30 +30 *"));
    }

    private int niceOf(String thread) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(daemon.pid()), "task"))) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                if (stat.contains("(" + thread + ")")) {
                    // Field 19 of proc(5); the third one follows the name.
                    return Integer.parseInt(
                            stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
                }
            }
        }
        throw new AssertionError("no thread is called " + thread);
    }

    private String story() {
        return daemon.output();
    }
}
