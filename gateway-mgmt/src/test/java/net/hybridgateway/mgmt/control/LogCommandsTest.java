package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogCommandsTest {
    private final List<String> done = new ArrayList<>();
    private final ControlCommands commands =
            new ControlCommands(LogCommands.of((level, period) -> done.add(level + " " + period)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"level\":\"debug\"                      | DEBUG PT1H",
                "\"level\":\"error\",\"minutes\":1        | ERROR PT1M",
                "\"level\":\"info\",\"minutes\":\"10080\" | INFO PT168H",
            })
    void switchesForAWhile(String arguments, String expected) {
        String answer = commands.answer("{\"command\":\"log-level\"," + arguments + "}");
        assertEquals(true, answer.startsWith("{\"ok\":true,\"result\":{\"level\":\""), answer);
        assertEquals(List.of(expected), done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"minutes\":5                          | argument 'level' is missing",
                "\"level\":\"loud\"                     | argument 'level' must be one of debug, info, warn, error",
                "\"level\":\"DEBUG\"                    | argument 'level' must be one of debug, info, warn, error",
                "\"level\":1                            | argument 'level' must be a string",
                "\"level\":\"debug\",\"minutes\":0      | argument 'minutes' must be a whole number from 1 to 10080",
                "\"level\":\"debug\",\"minutes\":10081  | argument 'minutes' must be a whole number from 1 to 10080",
                "\"level\":\"debug\",\"minutes\":\"1h\" | argument 'minutes' must be a whole number from 1 to 10080",
                "\"level\":\"debug\",\"hours\":1        | command 'log-level' takes no argument 'hours'",
            })
    void refusesAnythingElse(String arguments, String message) {
        assertEquals(
                "{\"ok\":false,\"error\":\"" + message + "\"}",
                commands.answer("{\"command\":\"log-level\"," + arguments + "}"));
        assertEquals(List.of(), done);
    }
}
