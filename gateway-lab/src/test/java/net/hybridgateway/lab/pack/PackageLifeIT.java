package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.hybridgateway.lab.gateway.Handbook;
import net.hybridgateway.lab.gateway.KernelTraces;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.openwrt.TestRouter;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The packages from their installation to their removal, on a router of stand-ins: their scripts run, the daemon is the real one,
 * and it carries connections.
 */
class PackageLifeIT {
    private static final String SETTINGS = "/etc/config/hybrid-gateway";
    private static final String RUNTIME = "hybrid-gateway-runtime";
    private static final String APPLICATION = "hybrid-gateway";
    private static final String UCI_DEFAULTS = "/etc/uci-defaults/50-hybrid-gateway";
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String OWNERS_SETTINGS = "# the owner's own words\n"
            + Gateway.configuration("on-demand")
                    .replace(
                            "option kind 'fixed'\n",
                            "option kind 'fixed'   # copper\n        option quota '20GB'\n        option billing_day '1'\n");

    @TempDir
    private static Path releases;

    private static House house;
    private static WebServer web;
    private static ConversionPoint conversionPoint;
    private static PackedReleases packages;

    @TempDir
    private Path root;

    private TestRouter router;
    private PackageManager manager;
    private Format format;

    /** OpenWrt's package managers. */
    enum Format {
        OPKG,
        APK;

        PackageManager on(TestRouter router) {
            return this == OPKG ? new Opkg(router) : new Apk(router);
        }

        Path[] files(String version) {
            return this == OPKG ? packages.ipk(version) : packages.apk(version);
        }

        String suffix() {
            return this == OPKG ? "-opkg" : ".apk-new";
        }
    }

    @BeforeAll
    static void build() throws IOException {
        for (String program : List.of("busybox", "setpriv", "nsenter", "unshare")) {
            assumeTrue(Requirements.find(program).isPresent(), program + " is missing");
        }
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        house = House.build(HousePlan.plain());
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        conversionPoint = ConversionPoint.start(house);
        packages = new PackedReleases(releases);
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            conversionPoint.close();
            web.close();
            house.close();
        }
    }

    private void start(Format with) throws IOException {
        format = with;
        router = TestRouter.start(
                house.gateway(),
                root,
                Requirements.find("busybox").orElseThrow(),
                House.LAN_DEVICE,
                Access.FIXED.device());
        manager = with.on(router);
        Path lib = Path.of(Distribution.program()).getParent().resolveSibling("lib");
        Path copy = Files.createDirectories(router.at("/stand-in/lib"));
        Files.setAttribute(Files.createDirectories(router.at("/stand-in/tmp")), "unix:mode", 01777);
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, copy.resolve(jar.getFileName()));
            }
        }
    }

    @AfterEach
    void stop() {
        if (router != null) {
            if (router.at("/etc/init.d/hybrid-gateway").toFile().exists()) {
                router.run("/etc/init.d/hybrid-gateway", "stop");
            }
            router.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAnInstallationTheServiceRunsAsItsUserAndTheDevicesAreTheRouters(Format with) throws IOException {
        start(with);
        String said = manager.install(format.files(PackedReleases.NEW));

        assertTrue(said.contains(SETTINGS + ": good"), said);
        assertTrue(router.text("/etc/passwd").contains("\nhybrid-gateway:x:8803:8803:"), router.text("/etc/passwd"));
        assertTrue(router.text("/etc/group").contains("\nhybrid-gateway:x:8803:"), router.text("/etc/group"));
        assertTrue(Files.isSymbolicLink(router.at("/etc/rc.d/S90hybrid-gateway")));
        assertTrue(!Files.exists(router.at(UCI_DEFAULTS)), "uci-defaults are for once");
        assertTrue(
                router.text(SETTINGS).contains("option device '" + Access.FIXED.device() + "'"), router.text(SETTINGS));
        assertEquals(
                Set.of("sysctl restart with", "rpcd reload with", "firewall reload with"), Set.copyOf(router.calls()));
        awaitAnswer();
        assertTrue(
                router.run("cat", "/proc/" + router.daemon() + "/status").contains("Uid:\t8803\t8803\t8803\t8803"),
                router::log);
    }

    @ParameterizedTest
    @EnumSource
    void anUpgradeStartsTheNewProgramAndLosesNothingOfTheOwners(Format with) throws IOException {
        start(with);
        installForOwner(PackedReleases.OLD);
        download();
        SortedMap<String, String> stateBefore = state();
        String daemonBefore = router.daemon();

        String said = manager.install(format.files(PackedReleases.NEW));

        assertTrue(said.contains(SETTINGS + ": good"), said);
        assertEquals(OWNERS_SETTINGS, router.text(SETTINGS), "comments and all");
        assertTrue(Files.exists(router.at(SETTINGS + format.suffix())), "the new one lies beside it");
        assertTrue(!Files.exists(router.at(PackedReleases.OBSOLETE)));
        assertTrue(!stateBefore.isEmpty());
        assertTrue(state().keySet().containsAll(stateBefore.keySet()), () -> state() + " " + stateBefore);
        awaitAnswer();
        assertNotEquals(daemonBefore, router.daemon(), "the old program must not run on");
        assertTrue(quotaUsed() > 0, "the new program has carried nothing yet: it knows what the old one did");
        assertTrue(Files.isSymbolicLink(router.at("/etc/rc.d/S90hybrid-gateway")));
    }

    @ParameterizedTest
    @EnumSource
    void settingsThatTheNewProgramDoesNotUnderstandStayAndTheReasonIsSaid(Format with) throws IOException {
        start(with);
        installForOwner(PackedReleases.OLD);
        String fromTheFuture =
                OWNERS_SETTINGS.replace("option enabled '1'", "option enabled '1'\n    option schema '7'");
        Files.writeString(router.at(SETTINGS), fromTheFuture);

        String said = manager.install(format.files(PackedReleases.NEW));

        assertTrue(said.contains("schema 7 is newer than this program"), said);
        assertTrue(said.contains(SETTINGS + " stays as it is"), said);
        assertEquals(fromTheFuture, router.text(SETTINGS));
        awaitAnswer();
        assertTrue(
                router.run("hybrid-gateway", "status").contains("schema 7 is newer"),
                "the last good ones are in effect");
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalLeavesNothing(Format with) throws IOException {
        start(with);
        SortedMap<String, String> treeBefore = router.tree();
        KernelTraces kernelBefore = KernelTraces.of(house.gateway());
        installForOwner(PackedReleases.NEW);
        download();
        assertNotEquals(kernelBefore, KernelTraces.of(house.gateway()), "else this test shows nothing");

        manager.remove(APPLICATION);
        manager.remove(RUNTIME);

        assertEquals(Set.of(), TestRouter.difference(treeBefore, router.tree()));
        assertEquals(kernelBefore, KernelTraces.of(house.gateway()));
        List<String> calls = router.calls();
        assertTrue(
                calls.subList(calls.size() - 2, calls.size())
                        .containsAll(List.of("rpcd reload without", "firewall reload without")),
                calls::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aSystemUpgradeKeepsSettingsAndStateAndTheyAreFoundByTheNextInstallation(Format with) throws IOException {
        start(with);
        SortedMap<String, String> treeBefore = router.tree();
        installForOwner(PackedReleases.NEW);
        download();
        Files.writeString(router.at("/etc/hybrid-gateway/cookie"), "the operator's\n");
        router.run("/etc/init.d/hybrid-gateway", "stop");

        List<String> kept = router.run("sysupgrade").lines().toList();

        assertTrue(state().keySet().stream().allMatch(kept::contains), () -> state() + " " + kept);
        assertTrue(kept.containsAll(List.of(SETTINGS, "/etc/hybrid-gateway/cookie", "/etc/passwd")), kept::toString);
        // OpenWrt keeps all of /etc/sysctl.d, whoever put it there.
        assertEquals(
                List.of(SETTINGS, "/etc/sysctl.d/50-hybrid-gateway.conf"),
                kept.stream()
                        .filter(path -> path.contains("hybrid-gateway"))
                        .filter(path -> !path.startsWith("/etc/hybrid-gateway/"))
                        .toList());

        // A flashed image: what is on the list, and nothing else that came after.
        for (String path : TestRouter.difference(treeBefore, router.tree())) {
            if (Files.exists(router.at(path)) && !kept.contains(path) && !Files.isDirectory(router.at(path))) {
                Files.delete(router.at(path));
            }
        }
        manager = format.on(router);
        manager.install(format.files(PackedReleases.NEWER));

        assertEquals(OWNERS_SETTINGS, router.text(SETTINGS));
        assertEquals("the operator's\n", router.text("/etc/hybrid-gateway/cookie"));
        awaitAnswer();
    }

    @Test
    void whatThePageSaysToTypeWorksOnARouter() throws IOException {
        Handbook page = Handbook.page("install.md");
        start(Format.OPKG);
        manager.install(format.files(PackedReleases.NEW));
        awaitAnswer();

        for (String line : page.example("uci set hybrid-gateway")) {
            router.run("sh", "-c", line);
        }
        awaitAnswer();
        assertTrue(router.text(SETTINGS).contains("option enabled '1'"), router.text(SETTINGS));
        for (String command : List.of("check", "status", "probe", "drill")) {
            assertTrue(page.calls().contains(command), command);
        }
        assertTrue(router.run("hybrid-gateway", "check").contains("good"));
        String status = router.run("sh", "-c", "hybrid-gateway status || true");
        assertTrue(status.contains("fixed"), () -> status + router.log());

        for (String line : page.example("tar -czf")) {
            router.run("sh", "-c", line);
        }
        String kept = router.run("tar", "-tzf", "/tmp/hybrid-gateway.tgz");
        assertTrue(kept.lines().anyMatch(SETTINGS.substring(1)::equals), kept);
    }

    /** Installs for an owner whose settings are there already, as after a system upgrade. */
    private void installForOwner(String version) throws IOException {
        router.write(SETTINGS, OWNERS_SETTINGS);
        manager.install(format.files(version));
        awaitAnswer();
    }

    /** Until the daemon would answer. */
    private void awaitAnswer() {
        assertTrue(
                Pause.until(SOON, () -> Files.exists(router.at("/var/run/hybrid-gateway/control.sock"))), router::log);
    }

    /** Bytes of the fixed line that count. */
    private long quotaUsed() {
        try {
            JsonObject status = JsonParser.object().from(router.run("hybrid-gateway", "status", "--json"));
            return status.getArray("uplinks").getObject(0).getObject("quota").getLong("usedBytes");
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    /** The files of the daemon's state, by their paths. */
    private SortedMap<String, String> state() {
        SortedMap<String, String> state =
                new TreeMap<>(router.tree().subMap("/etc/hybrid-gateway/", "/etc/hybrid-gateway0"));
        state.keySet().removeIf(path -> Files.isDirectory(router.at(path)));
        return state;
    }

    /** Over the conversion point, from the LAN; until it is carried, the kernel forwards. */
    private void download() {
        assertTrue(Pause.until(SOON, () -> answer().contains("Peer: " + House.conversionPointIpv4(0))), router::log);
    }

    private static String answer() {
        SocketChannel channel = house.lanHost(0).call(SocketChannel::open);
        try (Socket socket = channel.socket()) {
            socket.connect(new InetSocketAddress(House.webIpv4(), WEB_PORT), (int) SOON.toMillis());
            socket.setSoTimeout((int) SOON.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(QUESTION.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }
}
