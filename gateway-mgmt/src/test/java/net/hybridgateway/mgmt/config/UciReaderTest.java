package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UciReaderTest {
    /** What libuci makes of the text behind {@code option x}; "-" for an option that counts as not written. */
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("bare", "bare"),
                Arguments.of("'single quoted'", "single quoted"),
                Arguments.of("\"double quoted\"", "double quoted"),
                Arguments.of("'it'\\''s'", "it's"),
                Arguments.of("'a'\"b\"c", "abc"),
                Arguments.of("'a \"b\" c'", "a \"b\" c"),
                Arguments.of("\"a 'b' c\"", "a 'b' c"),
                Arguments.of("\"a \\\"b\\\" c\"", "a \"b\" c"),
                Arguments.of("'back\\slash'", "back\\slash"),
                Arguments.of("\"back\\\\slash\"", "back\\slash"),
                Arguments.of("a\\ b", "a b"),
                Arguments.of("a\\nb", "anb"),
                Arguments.of("a\\\nb", "ab"),
                Arguments.of("\"a\\\r\nb\"", "ab"),
                Arguments.of("'#no comment'", "#no comment"),
                Arguments.of("a#comment", "a"),
                Arguments.of("a # comment 'with quote", "a"),
                Arguments.of("a\\#b", "a#b"),
                Arguments.of("';'", ";"),
                Arguments.of("a\r", "a"),
                Arguments.of("a\f", "a"),
                Arguments.of("\t a \t", "a"),
                Arguments.of("'ÄÖ'", "ÄÖ"),
                Arguments.of("''", "-"),
                Arguments.of("\"\"", "-"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsValuesAsLibuciDoes(String written, String value) {
        List<UciSection> sections = good("config s\noption x " + written + "\noption after 1\n");

        assertEquals(
                value,
                sections.get(0)
                        .option("x")
                        .map(option -> option.values().get(0).text())
                        .orElse("-"));
        assertEquals(
                "1",
                sections.get(0).option("after").orElseThrow().values().get(0).text());
    }

    @Test
    void keepsLinesNamesAndOrder() {
        List<UciSection> sections = good("""
                        package hybrid-gateway

                        config uplink 'a'   # named
                        \toption device \\
                        'wan0'
                        \tlist dns 1
                        \toption kind fixed
                        \tlist dns 2
                        config uplink
                        config "uplink" ''
                        c type name; o short 1; l shorter 2
                        """);

        assertEquals(
                List.of(
                        new UciSection(
                                "uplink",
                                Optional.of("a"),
                                3,
                                List.of(
                                        new UciOption("device", false, List.of(new UciValue("wan0", 4))),
                                        new UciOption("dns", true, List.of(new UciValue("1", 6), new UciValue("2", 8))),
                                        new UciOption("kind", false, List.of(new UciValue("fixed", 7))))),
                        new UciSection("uplink", Optional.empty(), 9, List.of()),
                        new UciSection("uplink", Optional.empty(), 10, List.of()),
                        new UciSection(
                                "type",
                                Optional.of("name"),
                                11,
                                List.of(
                                        new UciOption("short", false, List.of(new UciValue("1", 11))),
                                        new UciOption("shorter", true, List.of(new UciValue("2", 11)))))),
                sections);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("option x 'a\n", "f:2: the quote ' is not closed on this line"),
                Arguments.of("option x \"a\n", "f:2: the quote \" is not closed on this line"),
                Arguments.of("option x \"a\\", "f:2: the quote \" is not closed on this line"),
                Arguments.of("option 'x", "f:2: the quote ' is not closed on this line"),
                Arguments.of("option x a\u0007b\n", "f:2: control character 0x07"),
                Arguments.of("option x '\0'\n", "f:2: control character 0x00"),
                Arguments.of("\0\n", "f:2: control character 0x00"),
                Arguments.of("option\n", "f:2: 'option' needs a name and a value"),
                Arguments.of("list\n", "f:2: 'list' needs a name and a value"),
                Arguments.of("option x\n", "f:2: option 'x' has no value"),
                Arguments.of("list x # y\n", "f:2: list 'x' has no value"),
                Arguments.of(
                        "option x a b\n", "f:2: too many words after option 'x': a value with blanks stands in quotes"),
                Arguments.of("option a-b 1\n", "f:2: bad option name 'a-b': allowed are letters, digits and '_'"),
                Arguments.of("option '' 1\n", "f:2: bad option name '': allowed are letters, digits and '_'"),
                Arguments.of("option x 1\noption x 2\n", "f:3: option 'x' is given twice, first on line 2"),
                Arguments.of("option x 1\nlist x 2\n", "f:3: option 'x' is given twice, first on line 2"),
                Arguments.of("list x 1\noption x 2\n", "f:3: option 'x' is given twice, first on line 2"),
                Arguments.of("config\noption y 1\n", "f:2: 'config' needs a section type"),
                Arguments.of("config ''\n", "f:2: bad section type ''"),
                Arguments.of("config 'a b'\n", "f:2: bad section type 'a b'"),
                Arguments.of("config a 'b c'\n", "f:2: bad section name 'b c': allowed are letters, digits and '_'"),
                Arguments.of("config a b c\n", "f:2: too many words: 'config' takes a section type and a name"),
                Arguments.of(
                        "optoin x 1\n",
                        "f:2: unknown word 'optoin', a line starts with config, option or list;"
                                + " did you mean 'option'?"),
                Arguments.of(
                        "{\"json\": 1}\n", "f:2: unknown word '{json:', a line starts with config, option or list"),
                Arguments.of(
                        "x".repeat(100) + "\n",
                        "f:2: unknown word '" + "x".repeat(60) + "...', a line starts with config, option or list"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void reportsWhatIsMalformedAndWhere(String text, String problem) {
        assertEquals(problem, problems("config s\n" + text));
    }

    @Test
    void goesOnBehindAnOpenQuote() {
        assertEquals(
                "f:2: the quote ' is not closed on this line\nf:4: 'list' needs a name and a value",
                problems("config s\noption x 'a\noption y 'b'\nlist\n"));
    }

    @Test
    void wantsASectionBeforeOptions() {
        assertEquals("f:1: 'option' stands before the first 'config'", problems("option x 1\n"));
    }

    @Test
    void boundsTheNumberOfSections() {
        String sections = "config s\n".repeat(UciReader.MAX_SECTIONS);
        assertEquals(UciReader.MAX_SECTIONS, good(sections).size());
        assertEquals("f:1001: more than 1000 sections", problems(sections + "config s\n" + "junk\n"));
    }

    private static List<UciSection> good(String text) {
        Problems problems = new Problems(Path.of("f"));
        List<UciSection> sections = UciReader.read(text, problems);
        problems.throwIfAny();
        return sections;
    }

    private static String problems(String text) {
        Problems problems = new Problems(Path.of("f"));
        UciReader.read(text, problems);
        return assertThrows(ConfigException.class, problems::throwIfAny).problems().stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n"));
    }
}
