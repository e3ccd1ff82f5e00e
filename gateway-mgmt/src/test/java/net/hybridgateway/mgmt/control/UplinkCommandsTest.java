package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UplinkCommandsTest {
    private final List<String> done = new ArrayList<>();
    private final ControlCommands commands = new ControlCommands(UplinkCommands.of((uplink, on, forced) -> {
        if (!uplink.equals("fixed")) {
            throw new CommandException("there is no uplink '" + uplink + "': known are fixed");
        }
        done.add(uplink + " " + on + " " + forced);
    }));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\":\"fixed\",\"state\":\"off\"                     | off | fixed false false",
                "\"name\":\"fixed\",\"state\":\"on\"                      | on  | fixed true false",
                "\"name\":\"fixed\",\"state\":\"off\",\"force\":true      | off | fixed false true",
                "\"name\":\"fixed\",\"state\":\"off\",\"force\":\"true\"  | off | fixed false true",
                "\"name\":\"fixed\",\"state\":\"off\",\"force\":\"false\" | off | fixed false false",
            })
    void switchesTheUplinkThatIsNamed(String arguments, String state, String expected) {
        assertEquals(
                "{\"ok\":true,\"result\":{\"name\":\"fixed\",\"state\":\"" + state + "\"}}",
                commands.answer("{\"command\":\"uplink\"," + arguments + "}"));
        assertEquals(List.of(expected), done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"state\":\"off\"                                  | argument 'name' is missing",
                "\"name\":\"fixed\"                                 | argument 'state' is missing",
                "\"name\":7,\"state\":\"off\"                       | argument 'name' must be a string",
                "\"name\":\"fixed\",\"state\":\"of\"                | argument 'state' must be 'on' or 'off'",
                "\"name\":\"fixed\",\"state\":true                  | argument 'state' must be a string",
                "\"name\":\"fixed\",\"state\":\"off\",\"force\":1   | argument 'force' must be true or false",
                "\"name\":\"fixed\",\"state\":\"off\",\"force\":null | argument 'force' must be true or false",
                "\"name\":\"fixde\",\"state\":\"off\"               | there is no uplink 'fixde': known are fixed",
                "\"name\":\"fixed\",\"state\":\"off\",\"x\":\"y\"   | command 'uplink' takes no argument 'x'",
            })
    void refusesAnythingElse(String arguments, String message) {
        assertEquals(
                "{\"ok\":false,\"error\":\"" + message + "\"}",
                commands.answer("{\"command\":\"uplink\"," + arguments + "}"));
        assertEquals(List.of(), done);
    }
}
