package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import net.hybridgateway.mgmt.status.ConnectionList;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import net.hybridgateway.mgmt.status.StatusSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFollowerTest {
    @TempDir
    private Path folder;

    private volatile EventReport report = events("one", 1, 2);

    private final ControlCommands commands = new ControlCommands(StatusCommands.of(new StatusSource() {
        @Override
        public GatewayStatus status() {
            return StatusSamples.duringABreak();
        }

        @Override
        public ConnectionList connections(int most) {
            return StatusSamples.connections();
        }

        @Override
        public EventReport events() {
            return report;
        }
    }));

    private static EventReport events(String boot, long first, long last) {
        List<EventStatus> kept = LongStream.rangeClosed(first, last)
                .mapToObj(number -> new EventStatus(
                        number,
                        Instant.parse("2026-11-21T05:07:11Z"),
                        1,
                        number,
                        EventKind.UPLINK,
                        "fixed",
                        "Number " + number + ".",
                        1,
                        Optional.empty()))
                .toList();
        return EventReport.of(boot, kept, Map.of("fixed", 3L));
    }

    private Path socket() {
        return folder.resolve("run").resolve("control.sock");
    }

    private static List<String> numbers(String told) {
        return told.lines()
                .filter(line -> !line.contains("ago:"))
                .map(line -> line.replace("Number", "").strip())
                .toList();
    }

    @Test
    void tellsEachEventOnceAndWhatWasMissed() throws IOException {
        try (ControlServer server = ControlServer.open(socket(), commands)) {
            server.start();
            EventFollower follower = new EventFollower(socket(), 0, false);
            assertEquals(List.of("1.", "2."), numbers(follower.next()));
            assertEquals("", follower.next());
            report = events("one", 2, 4);
            assertEquals(List.of("3.", "4."), numbers(follower.next()));
            report = events("one", 8, 9);
            assertEquals(List.of("earlier ones that are no longer kept: 3", "8.", "9."), numbers(follower.next()));
        }
    }

    @Test
    void beginsAnewWithTheDaemonAndWaitsForIt() throws IOException {
        EventFollower follower = new EventFollower(socket(), 1, true);
        try (ControlServer server = ControlServer.open(socket(), commands)) {
            server.start();
            String told = follower.next();
            assertEquals(1, told.lines().count(), told);
            assertTrue(told.startsWith("{\"sequence\":2,\"at\":\"2026-11-21T05:07:11Z\",\"agoSeconds\":1,"), told);
        }
        assertThrows(ControlException.class, follower::next);
        report = events("two", 1, 1);
        try (ControlServer server = ControlServer.open(socket(), commands)) {
            server.start();
            assertTrue(follower.next().startsWith("{\"sequence\":1,"));
            assertEquals("", follower.next());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"since\":-1    | argument 'since' must be a whole number from 0 to 9223372036854775807",
                "\"since\":1.5   | argument 'since' must be a whole number from 0 to 9223372036854775807",
                "\"until\":\"x\" | argument 'until' must be a whole number from 0 to 9223372036854775807",
                "\"boot\":7      | argument 'boot' must be a string",
                "\"after\":7     | command 'events' takes no argument 'after'",
            })
    void refusesBadArguments(String argument, String message) {
        assertEquals(
                "{\"ok\":false,\"error\":\"" + message + "\"}",
                commands.answer("{\"command\":\"events\"," + argument + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                  | 2 | 1,2",
                "\"since\":1                       | 2 | 2",
                "\"since\":\"1\",\"boot\":\"one\"  | 2 | 2",
                "\"since\":1,\"boot\":\"zero\"     | 2 | 1,2",
                "\"since\":2                       | 2 | ``",
                "\"until\":1                       | 2 | 1",
            })
    void givesWhatWasAskedFor(String arguments, long last, String numbers) {
        String answer = commands.answer("{\"command\":\"events\"" + (arguments == null ? "" : "," + arguments) + "}");
        assertTrue(answer.contains("\"boot\":\"one\",\"lastSequence\":" + last + ",\"dropped\":0,"), answer);
        for (String number : List.of("1", "2")) {
            assertEquals(numbers.contains(number), answer.contains("\"sequence\":" + number + ","), answer);
        }
    }
}
