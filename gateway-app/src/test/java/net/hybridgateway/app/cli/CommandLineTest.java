package net.hybridgateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void listsItsCommandsOnStandardErrorWithoutAny() {
        assertEquals(2, run());
        assertEquals("", text(out));
        assertTrue(text(err).contains("\n  status "), text(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void listsItsCommandsWhenAsked(String word) {
        assertEquals(0, run(word));
        assertEquals("", text(err));
        for (String command : List.of(
                "run",
                "check",
                "status",
                "connections",
                "events",
                "settings",
                "reload",
                "probe",
                "drill",
                "uplink",
                "metrics",
                "report",
                "log-level",
                "cleanup",
                "mcp",
                "version")) {
            assertTrue(text(out).contains("\n  " + command + " "), text(out));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "check",
                "status",
                "connections",
                "events",
                "settings",
                "reload",
                "probe",
                "drill",
                "uplink",
                "metrics",
                "report",
                "log-level",
                "cleanup",
                "mcp",
                "version"
            })
    void explainsEachCommandAndDoesNothing(String command) {
        assertEquals(0, run(command, "--help"));
        assertEquals("", text(err));
        assertTrue(text(out).contains("hybrid-gateway " + command), text(out));
        assertTrue(text(out).contains("--help "), text(out));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "stauts                  ~ unknown command 'stauts'; see hybrid-gateway --help",
                "status --jason          ~ unknown option '--jason' for 'status'; see hybrid-gateway status --help",
                "connections --limit 0   ~ option --limit: '0' is not a number from 1 to 65536",
                "events --since -1       ~ option --since: '-1' is not a number from 0 to 2147483647",
                "events --follow=yes     ~ option --follow takes no value",
                "probe --limit 3         ~ unknown option '--limit' for 'probe'; see hybrid-gateway probe --help",
                "probe fixed cellular    ~ one UPLINK is enough for 'probe'",
                "drill a b               ~ one UPLINK is enough for 'drill'",
                "drill --limit 3         ~ unknown option '--limit' for 'drill'; see hybrid-gateway drill --help",
                "metrics fixed           ~ unknown argument 'fixed' for 'metrics'; see hybrid-gateway metrics --help",
                "report --json           ~ unknown option '--json' for 'report'; see hybrid-gateway report --help",
                "report --output         ~ option --output needs a value: --output FILE",
                "log-level               ~ LEVEL is missing",
                "log-level debug info    ~ one LEVEL is enough for 'log-level'",
                "log-level debug --minutes 0 ~ option --minutes: '0' is not a number from 1 to 10080",
                "uplink                  ~ UPLINK is missing",
                "uplink fixed            ~ on|off is missing",
                "uplink fixed of         ~ the state is neither on nor off: of",
                "uplink fixed off now    ~ one on|off is enough for 'uplink'",
                "uplink fixed --forced   ~ unknown option '--forced' for 'uplink'; see hybrid-gateway uplink --help",
                "run --config            ~ option --config needs a value: --config FILE",
                "mcp --listen here       ~ option --listen: 'here' is not an address and a port, such as"
                        + " 192.0.2.1:7000 or [::]:7000",
                "mcp --listen 1.2.3.4:0  ~ option --listen: '1.2.3.4:0' is not an address and a port, such as"
                        + " 192.0.2.1:7000 or [::]:7000",
                "mcp --announce router   ~ option --announce: 'router' is not an address",
                "mcp --max-connections 0 ~ option --max-connections: '0' is not a number from 1 to 1000000",
            })
    void answersBadUseWithOneLine(String words, String message) {
        assertEquals(2, run(words.split(" ")));
        assertEquals("", text(out));
        assertEquals("hybrid-gateway: " + message + "\n", text(err));
    }

    @Test
    void printsItsVersion() {
        assertEquals(0, run("version"));
        assertEquals("hybrid-gateway development\n", text(out));
    }

    @Test
    void listsAllProblemsOfAConfiguration() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, "config uplink 'a'\n\toption devise 'wan0'\n");

        assertEquals(1, run("check", "--config", file.toString()));

        assertEquals("", text(out));
        List<String> lines = text(err).lines().toList();
        assertTrue(lines.size() > 1, text(err));
        assertTrue(lines.stream().allMatch(line -> line.startsWith("hybrid-gateway: ")), text(err));
        assertTrue(text(err).contains(":2"), text(err));
    }

    @Test
    void saysThatTheConfigurationIsGood() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, """
                config gateway 'main'
                	list lan 'br-lan'
                config uplink 'fixed'
                	option device 'wan0'
                	option kind 'fixed'
                config conversion_point 'operator'
                	option address '192.0.2.1'
                	option port '7000'
                """);

        assertEquals(0, run("check", "--config=" + file), text(err));
        assertEquals(file + ": good, with 1 uplinks and 1 conversion points\n", text(out));
    }

    @Test
    void failsInOneLineWhereNoDaemonRuns() {
        assertEquals(1, run("status", "--run-dir", folder.toString()));
        assertEquals(1, text(err).lines().count(), text(err));
    }

    @Test
    void turnsFailuresOfTheSystemIntoOneLine() {
        assertEquals(1, run(() -> {
            throw new ErrnoException("bind", Errno.EADDRINUSE, "fd 4 to ::, port 7000");
        }));
        assertEquals(1, text(err).lines().count(), text(err));
        assertTrue(text(err).contains("EADDRINUSE"), text(err));
        err.reset();
        assertEquals(1, run(() -> {
            throw new UncheckedIOException(
                    "cannot set net.mptcp.pm_type to 1", new IOException("Read-only file system"));
        }));
        assertEquals("hybrid-gateway: cannot set net.mptcp.pm_type to 1: Read-only file system\n", text(err));
    }

    private int run(String... words) {
        return CommandLine.standard().run(List.of(words), print(out), print(err));
    }

    private int run(Runnable action) {
        return new CommandLine(List.of(new Acting(action))).run(List.of("act"), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private record Acting(Runnable action) implements Command {
        @Override
        public String name() {
            return "act";
        }

        @Override
        public String summary() {
            return "Acts.";
        }

        @Override
        public List<Option> options() {
            return List.of();
        }

        @Override
        public int run(Arguments arguments, PrintStream out, PrintStream err) {
            action.run();
            return CommandLine.DONE;
        }
    }
}
