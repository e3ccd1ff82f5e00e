package net.hybridgateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final Option COUNT = new Option("--count", "N", "how many");
    private static final Option QUIET = new Option("--quiet", "", "say nothing");

    @Test
    void readsAValueInTheNextWordAndBehindAnEqualsSign() {
        assertEquals(Optional.of("3"), parse("--count", "3").value(COUNT));
        assertEquals(Optional.of("3"), parse("--count=3").value(COUNT));
        assertEquals(Optional.of("a=b"), parse("--count=a=b").value(COUNT));
        assertEquals(Optional.of(""), parse("--count=").value(COUNT));
        assertEquals(Optional.of("--quiet"), parse("--count", "--quiet").value(COUNT));
    }

    @Test
    void keepsAllValuesAndTakesTheLastOne() {
        Arguments arguments = parse("--count", "1", "--count=2");

        assertEquals(List.of("1", "2"), arguments.all(COUNT));
        assertEquals(Optional.of("2"), arguments.value(COUNT));
    }

    @Test
    void knowsWhatWasNotGiven() {
        Arguments arguments = parse();

        assertFalse(arguments.has(QUIET));
        assertEquals(Optional.empty(), arguments.value(COUNT));
        assertEquals(List.of(), arguments.all(COUNT));
        assertEquals(7, arguments.number(COUNT, 1, 10, 7));
        assertEquals(Path.of("/etc/config/hybrid-gateway"), arguments.configFile());
        assertEquals(Path.of("/var/run/hybrid-gateway"), arguments.runDir());
    }

    @Test
    void knowsSwitchesAndHelp() {
        assertTrue(parse("--quiet").has(QUIET));
        assertTrue(parse("--help").has(Option.HELP));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--cuont 3      | unknown option '--cuont' for 'try'; see hybrid-gateway try --help",
                "now            | unknown argument 'now' for 'try'; see hybrid-gateway try --help",
                "--count        | option --count needs a value: --count N",
                "--quiet=yes    | option --quiet takes no value",
            })
    void saysWhatIsWrong(String words, String message) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(words.split(" ")));
        assertEquals(message, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "", "many", "3.5", "99999999999999999999"})
    void refusesWhatIsNoNumberInRange(String text) {
        UsageException refused = assertThrows(
                UsageException.class, () -> parse("--count=" + text).number(COUNT, 1, 10, 7));
        assertEquals("option --count: '" + text + "' is not a number from 1 to 10", refused.getMessage());
    }

    @Test
    void takesTheNumbersAtTheEndsOfTheRange() {
        assertEquals(1, parse("--count=1").number(COUNT, 1, 10, 7));
        assertEquals(10, parse("--count=10").number(COUNT, 1, 10, 7));
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(new Try(), List.of(words));
    }

    private static final class Try implements Command {
        @Override
        public String name() {
            return "try";
        }

        @Override
        public String summary() {
            return "Does nothing.";
        }

        @Override
        public List<Option> options() {
            return List.of(COUNT, QUIET);
        }

        @Override
        public int run(Arguments arguments, PrintStream out, PrintStream err) {
            return CommandLine.DONE;
        }
    }
}
