package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.status.DrillReport;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.DrillStatus.Result;
import net.hybridgateway.mgmt.status.DrillText;
import net.hybridgateway.mgmt.status.StatusSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillCommandsTest {
    private Optional<DrillReport> report = Optional.empty();

    private final ControlCommands commands = new ControlCommands(DrillCommands.of(new DrillSource() {
        @Override
        public DrillReport begin(Optional<String> uplink) throws CommandException {
            if (!uplink.orElse("cellular").equals("cellular")) {
                throw new CommandException("there is no backup '" + uplink.get() + "': known are cellular");
            }
            report = Optional.of(DrillReport.begun(3));
            return report.get();
        }

        @Override
        public Optional<DrillReport> report() {
            return report;
        }
    }));

    private static DrillReport finished(Result... results) {
        List<DrillStatus> drills = List.of(results).stream()
                .map(result -> StatusSamples.drill(result, "A sentence."))
                .toList();
        return new DrillReport(3, true, Optional.empty(), drills);
    }

    @Test
    void beginsAndTellsTheEndOfTheOneThatIsMeant() {
        assertEquals(
                "{\"ok\":true,\"result\":{\"number\":3,\"finished\":false,\"well\":false,\"drills\":[]}}",
                commands.answer("{\"command\":\"drill\",\"uplink\":\"cellular\"}"));
        report = Optional.of(finished(Result.WORKED));
        String answer = commands.answer("{\"command\":\"drill-report\",\"number\":3}");
        assertTrue(answer.contains("\"finished\":true,\"well\":true,\"drills\":[{\"uplink\":\"cellular\","), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"drill\",\"uplink\":\"fixde\"    | there is no backup 'fixde': known are cellular",
                "\"drill\",\"uplink\":7            | argument 'uplink' must be a string",
                "\"drill\",\"uplinks\":\"fixed\"   | command 'drill' takes no argument 'uplinks'",
                "\"drill-report\"                  | there was no drill so far",
            })
    void refusesAnythingElse(String command, String message) {
        assertEquals("{\"ok\":false,\"error\":\"" + message + "\"}", commands.answer("{\"command\":" + command + "}"));
    }

    @Test
    void refusesAnotherNumber() {
        report = Optional.of(finished(Result.WORKED));
        assertEquals(
                "{\"ok\":false,\"error\":\"the last drill is number 3, not 2\"}",
                commands.answer("{\"command\":\"drill-report\",\"number\":\"2\"}"));
    }

    @Test
    void isWellIfSomethingWorkedAndNothingFailed() {
        assertTrue(finished(Result.WORKED, Result.SKIPPED).well());
        assertEquals(false, finished(Result.WORKED, Result.FAILED).well());
        assertEquals(false, finished(Result.SKIPPED).well());
        assertEquals(false, finished().well());
    }

    @Test
    void tellsInWords() {
        assertEquals("""
                cellular: worked, 4.1k bytes, 95 ms to join, 180 ms to an answer
                  A sentence.
                cellular: failed, 4.1k bytes
                  A sentence.
                """, DrillText.of(finished(Result.WORKED, Result.FAILED)));
        assertEquals("nothing to rehearse: no uplink is a backup\n", DrillText.of(finished()));
        assertEquals("the drill goes on\n", DrillText.of(DrillReport.begun(1)));
    }
}
