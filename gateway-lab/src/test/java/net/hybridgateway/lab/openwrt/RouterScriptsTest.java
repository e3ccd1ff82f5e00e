package net.hybridgateway.lab.openwrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped for the router, without a network. */
class RouterScriptsTest {
    @TempDir
    private Path folder;

    static Stream<Path> scripts() {
        return Stream.concat(
                RouterFolder.shipped().stream().filter(RouterScriptsTest::isScript), RouterFolder.packages().stream());
    }

    static Stream<Path> json() {
        return RouterFolder.shipped().stream().filter(file -> file.toString().endsWith(".json"));
    }

    private static boolean isScript(Path file) {
        // The hooks of the DHCP clients are sourced, and begin as they like.
        return file.getParent().toString().endsWith(".user.d") || text(file).startsWith("#!");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptIsUnderstoodByTheRoutersShell(Path script) throws IOException {
        assertEquals("", run("busybox", "ash", "-n", script.toString()));
    }

    @ParameterizedTest
    @MethodSource("json")
    void everyJsonFileIsAnObject(Path file) throws JsonParserException {
        assertTrue(JsonParser.object().from(text(file)).size() > 0);
    }

    @Test
    void whatIsRunIsExecutableAndNothingElseIs() {
        for (Path file : RouterFolder.shipped()) {
            String name = RouterFolder.SHIPPED.relativize(file).toString();
            boolean run =
                    name.startsWith("etc/init.d/") || name.startsWith("usr/libexec/") || name.startsWith("usr/bin/");
            assertEquals(run, Files.isExecutable(file), name);
        }
    }

    @Test
    void everyKernelSettingSaysWhyItIsThere() {
        for (String paragraph : text(RouterFolder.SHIPPED.resolve("etc/sysctl.d/50-hybrid-gateway.conf"))
                .split("\n\n", -1)) {
            List<String> lines = paragraph.strip().lines().toList();
            assertTrue(lines.get(0).startsWith("#"), paragraph);
            assertTrue(lines.stream().filter(line -> !line.startsWith("#")).count() <= 1, paragraph);
        }
    }

    @Test
    void devicesThatAreCalledOtherwiseAreTakenOver() throws IOException {
        assertEquals(
                List.of(
                        "delete hybrid-gateway.main.lan",
                        "add_list hybrid-gateway.main.lan=lan0",
                        "set hybrid-gateway.fixed.device=eth1",
                        "commit hybrid-gateway"),
                firstStart("""
                hybrid-gateway.main.enabled=0
                hybrid-gateway.main.lan=br-lan
                hybrid-gateway.fixed.device=wan
                network.lan.device=lan0
                network.wan.device=eth1
                """));
    }

    @Test
    void devicesThatAreCalledSoAlreadyAreLeftAloneAndSoAreTheCommentsInTheFile() throws IOException {
        assertEquals(List.of(), firstStart("""
                hybrid-gateway.main.enabled=0
                hybrid-gateway.main.lan=br-lan
                hybrid-gateway.fixed.device=wan
                network.lan.device=br-lan
                network.wan.device=wan
                """));
    }

    @Test
    void whatTheOwnerChoseIsLeftAlone() throws IOException {
        assertEquals(List.of(), firstStart("""
                hybrid-gateway.main.enabled=1
                hybrid-gateway.main.lan=br-lan
                hybrid-gateway.fixed.device=wan
                network.lan.device=lan0
                network.wan.device=eth1
                """));
        assertEquals(List.of(), firstStart("""
                hybrid-gateway.main.enabled=0
                hybrid-gateway.main.lan=br-home
                hybrid-gateway.fixed.device=dsl0
                network.lan.device=lan0
                network.wan.device=eth1
                """));
    }

    /** Runs the script of the first start, and gives what it asked of uci. */
    private List<String> firstStart(String values) throws IOException {
        Path root = Files.createTempDirectory(folder, "router");
        RouterFolder router = RouterFolder.in(root);
        router.standIn("uci", "/bin/uci");
        Path file = router.write("/values", values);
        String script = router.at("/etc/uci-defaults/50-hybrid-gateway").toString();
        String path = "PATH=" + router.at("/bin") + ":/usr/sbin:/usr/bin:/sbin:/bin";
        assertEquals("", run("env", path, "UCI_VALUES=" + file, "busybox", "ash", script));
        Path changes = Path.of(file + ".changes");
        return Files.exists(changes) ? Files.readAllLines(changes) : List.of();
    }

    private static String run(String... words) throws IOException {
        assumeTrue(Requirements.find("busybox").isPresent(), "busybox is missing");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
