package net.hybridgateway.lab.openwrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts the program on the router, with a stand-in for Java that says how it was called. */
class LauncherTest {
    @TempDir
    private Path folder;

    private Path launcher;
    private Path settings;

    @BeforeEach
    void install() throws IOException {
        settings = folder.resolve("java.conf");
        launcher = folder.resolve("hybrid-gateway");
        String text = Files.readString(RouterFolder.SHIPPED.resolve("usr/bin/hybrid-gateway"));
        Files.writeString(launcher, with(with(text, "RUNTIME", folder.resolve("rt")), "SETTINGS", settings));
        Path java = folder.resolve("rt/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
    }

    private static String with(String text, String variable, Path value) {
        Matcher line =
                Pattern.compile("^" + variable + "=/.*$", Pattern.MULTILINE).matcher(text);
        assertTrue(line.find(), variable);
        return line.replaceFirst(Matcher.quoteReplacement(variable + "=" + value));
    }

    @Test
    void takesLittleMemoryIfNothingIsSaid() throws IOException {
        List<String> called = run("run");

        assertTrue(called.containsAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1")), called::toString);
        assertEquals("run", called.get(called.size() - 1));
        assertEquals("net.hybridgateway/net.hybridgateway.app.Main", called.get(called.size() - 2));
    }

    @Test
    void givesTheDaemonWhatTheOwnerWants() throws IOException {
        Files.writeString(settings, "# more than enough\nheap_mb 128\n\ncompiler full\n");

        List<String> called = run("run");

        assertTrue(called.contains("-Xmx128m"), called::toString);
        assertFalse(called.contains("-XX:TieredStopAtLevel=1"), called::toString);
        assertTrue(run("status").contains("-Xmx64m"), "questions take the defaults");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap_mb 31      | heap_mb is a number from 32 to 512, not 31",
                "heap_mb 513     | heap_mb is a number from 32 to 512, not 513",
                "heap_mb 64m     | heap_mb is a number from 32 to 512, not '64m'",
                "heap_mb 99999999999999999999 | heap_mb is a number from 32 to 512, not '99999999999999999999'",
                "heap_mb         | heap_mb is a number from 32 to 512, not ''",
                "compiler fast   | compiler is quick or full, not 'fast'",
                "Xmx 1g          | there is no setting 'Xmx', only heap_mb and compiler",
            })
    void saysWhatIsWrongAndStartsAllTheSame(String line, String complaint) throws IOException {
        Files.writeString(settings, line + "\n");

        List<String> called = run("run");

        assertEquals(settings + ": " + complaint + "; the default is taken", called.get(0));
        assertTrue(called.containsAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1")), called::toString);
    }

    /** What it printed: complaints, and then each word that Java was called with. */
    private List<String> run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("busybox", "ash", launcher.toString()));
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
