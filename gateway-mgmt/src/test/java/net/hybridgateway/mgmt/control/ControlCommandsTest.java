package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlCommandsTest {
    static final ControlCommands COMMANDS = new ControlCommands(List.of(
            new ControlCommand(
                    "greet",
                    Set.of("name"),
                    arguments -> greeting(arguments.text("name").orElse("world"))),
            new ControlCommand("fail", Set.of(), arguments -> {
                throw new CommandException("it can't be done");
            }),
            new ControlCommand("form", Set.of("size", "list"), arguments -> {
                arguments.number("size", 1, 9);
                arguments.objects("list", 2);
                throw new CommandException(
                        "2 fields are wrong",
                        List.of(
                                new FieldProblem(Optional.of("uplink"), Optional.of("a"), Optional.of("use"), "not so"),
                                new FieldProblem(Optional.empty(), Optional.empty(), Optional.empty(), "nor so")));
            }),
            new ControlCommand("crash", Set.of(), arguments -> {
                throw new IllegalStateException("a bug");
            }),
            new ControlCommand("shout", Set.of(), arguments -> greeting("A".repeat(2_000_000)))));

    private static CommandResult greeting(String name) {
        JsonObject json = new JsonObject();
        json.put("hello", name);
        return new CommandResult(json, () -> "Hello, " + name + ".\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"command\":\"greet\"}|{\"ok\":true,\"result\":{\"hello\":\"world\"}}",
                "{\"name\":\"A\",\"command\":\"greet\"}|{\"ok\":true,\"result\":{\"hello\":\"A\"}}",
                "{\"command\":\"greet\",\"format\":\"json\"}|{\"ok\":true,\"result\":{\"hello\":\"world\"}}",
                "{\"command\":\"greet\",\"format\":\"text\"}|{\"ok\":true,\"result\":\"Hello, world.\\n\"}",
                "{\"command\":\"greet\",\"format\":7}|{\"ok\":false,\"error\":\"\\\"format\\\" is \\\"json\\\" or \\\"text\\\"\"}",
                "{\"command\":\"greet\",\"name\":7}|{\"ok\":false,\"error\":\"argument 'name' must be a string\"}",
                "{\"command\":\"greet\",\"nam\":\"A\"}|{\"ok\":false,\"error\":\"command 'greet' takes no argument 'nam'\"}",
                "{\"command\":\"gret\"}|{\"ok\":false,\"error\":\"unknown command 'gret': known are crash, fail, form, greet, shout\"}",
                "{\"command\":\"fail\"}|{\"ok\":false,\"error\":\"it can't be done\"}",
                "{\"command\":\"crash\"}|{\"ok\":false,\"error\":\"internal error: java.lang.IllegalStateException: a bug\"}",
                "{\"command\":\"form\"}|{\"ok\":false,\"error\":\"2 fields are wrong\",\"fields\":[{\"type\":\"uplink\",\"name\":\"a\",\"option\":\"use\",\"message\":\"not so\"},{\"message\":\"nor so\"}]}",
                "{\"command\":\"form\",\"size\":10}|{\"ok\":false,\"error\":\"argument 'size' must be a whole number from 1 to 9\"}",
                "{\"command\":\"form\",\"size\":\"0\"}|{\"ok\":false,\"error\":\"argument 'size' must be a whole number from 1 to 9\"}",
                "{\"command\":\"form\",\"size\":1.5}|{\"ok\":false,\"error\":\"argument 'size' must be a whole number from 1 to 9\"}",
                "{\"command\":\"form\",\"size\":1e99}|{\"ok\":false,\"error\":\"argument 'size' must be a whole number from 1 to 9\"}",
                "{\"command\":\"form\",\"size\":[1]}|{\"ok\":false,\"error\":\"argument 'size' must be a whole number from 1 to 9\"}",
                "{\"command\":\"form\",\"list\":{}}|{\"ok\":false,\"error\":\"argument 'list' must be a list of objects\"}",
                "{\"command\":\"form\",\"list\":[{},null]}|{\"ok\":false,\"error\":\"argument 'list' must be a list of objects\"}",
                "{\"command\":\"form\",\"list\":[{},{},{}]}|{\"ok\":false,\"error\":\"argument 'list' has more than 2 entries\"}",
                "{\"command\":null}|{\"ok\":false,\"error\":\"a request needs a member \\\"command\\\" with a string\"}",
                "{}|{\"ok\":false,\"error\":\"a request needs a member \\\"command\\\" with a string\"}",
            })
    void answersEachRequestWithOneLine(String request, String response) {
        assertEquals(response, COMMANDS.answer(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "status", "[]", "\"greet\"", "{\"command\"", "{\"command\":\"greet\"} x", "\0"})
    void refusesWhatIsNoObject(String request) {
        String response = COMMANDS.answer(request);
        assertTrue(
                response.startsWith("{\"ok\":false,\"error\":\"a request is one JSON object on one line: "), response);
    }

    @Test
    void refusesDeepNesting() {
        String request = "{\"command\":" + "[".repeat(ControlSession.MAX_REQUEST_BYTES);
        assertEquals("{\"ok\":false,\"error\":\"a request is nested at most 16 deep\"}", COMMANDS.answer(request));
    }

    @Test
    void isNotDeceivedAboutTheNestingByTexts() {
        assertEquals(1, JsonDepth.of("{\"a\":\"[[[\\\"[[\"}"));
        assertEquals(3, JsonDepth.of("[\"]\",[\"]\",[\"]\"]]]"));
        assertEquals(2, JsonDepth.of("[[],[],[]]"));
    }

    @Test
    void refusesTwoCommandsOfOneName() {
        ControlCommand command = new ControlCommand("a", Set.of(), arguments -> greeting("a"));
        assertThrows(IllegalArgumentException.class, () -> new ControlCommands(List.of(command, command)));
    }

    @Test
    void answersRandomDamageWithOneLine() {
        String good = "{\"command\":\"greet\",\"name\":\"A\\u00e4\",\"format\":\"text\",\"x\":[1,2.5e7,{\"y\":null}]}";
        String pieces = "{}[]\",:\\u0e-.\0 \u00ff";
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (long seed = 0; seed < 20_000; seed++) {
                Random random = new Random(seed);
                StringBuilder request = new StringBuilder(good);
                for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
                    int at = random.nextInt(request.length());
                    char piece = pieces.charAt(random.nextInt(pieces.length()));
                    if (random.nextBoolean()) {
                        request.setCharAt(at, piece);
                    } else {
                        request.insert(at, piece);
                    }
                }
                String response = COMMANDS.answer(request.toString());
                assertTrue(response.startsWith("{\"ok\":"), "seed " + seed + ": " + response);
                assertFalse(response.contains("\n"), "seed " + seed);
                assertFalse(response.contains("internal error"), "seed " + seed + ": " + response);
            }
        });
    }
}
