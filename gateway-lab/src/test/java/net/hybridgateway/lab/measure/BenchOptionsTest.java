package net.hybridgateway.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.net.Cut;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void whatIsNotSaidHasADefault() {
        BenchOptions options = parse();
        assertEquals(30, options.count("--trials", 30));
        assertEquals(List.of(Cut.values()), options.several("--case", Cut.values()));
        assertFalse(options.has("--quick"));
    }

    @Test
    void whatIsSaidCounts() {
        BenchOptions options = parse("--trials", "5", "--quick", "--case", "silent-up,carrier");
        assertEquals(5, options.count("--trials", 30));
        assertEquals(List.of(Cut.SILENT_UP, Cut.CARRIER), options.several("--case", Cut.values()));
        assertTrue(options.has("--quick"));
    }

    @Test
    void mistakesAreNamed() {
        assertMistake("unknown option --trails", () -> parse("--trails", "5"));
        assertMistake("--trials needs a value", () -> parse("--trials"));
        assertMistake("--trials takes a number, not many", () -> parse("--trials", "many")
                .count("--trials", 1));
        assertMistake(
                "--trials is at least 1, not 0", () -> parse("--trials", "0").count("--trials", 1));
        assertMistake("not loud", () -> parse("--case", "carrier,loud").several("--case", Cut.values()));
    }

    @Test
    void takesOthersThanAllIfNothingIsNamed() {
        assertEquals(List.of(Cut.CARRIER), parse().several("--case", Cut.values(), List.of(Cut.CARRIER)));
        assertEquals(Cut.CARRIER, parse().one("--case", Cut.values(), Cut.CARRIER));
        assertEquals(Cut.SILENT_UP, parse("--case", "silent-up").one("--case", Cut.values(), Cut.CARRIER));
    }

    private static void assertMistake(String message, Runnable mistake) {
        String said = assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
        assertTrue(said.contains(message), said);
    }

    private static BenchOptions parse(String... words) {
        return BenchOptions.parse(List.of(words), Set.of("--trials", "--case"), Set.of("--quick"));
    }
}
