package net.hybridgateway.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.LineShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {
    @Test
    void hasTheDefaultsThatItsHelpNames() {
        DemoOptions options = DemoOptions.parse(List.of());
        assertEquals(LineShape.parse("40mbit,20ms"), options.fixed());
        assertEquals(LineShape.parse("20mbit,50ms"), options.cellular());
        assertEquals(Cut.CARRIER, options.cut());
        assertEquals(Path.of("gateway-lab/target/demo/demo.svg"), options.figure());
        assertEquals(Optional.empty(), options.json());
    }

    @Test
    void takesEveryOption() {
        DemoOptions options = DemoOptions.parse(List.of(
                "--fixed",
                "50mbit/10mbit,30ms",
                "--loss",
                "0.5",
                "--cellular",
                "10mbit,60ms",
                "--cut",
                "silent",
                "--report",
                "a/r.html",
                "--json",
                "f.json",
                "--keep"));
        assertEquals(10_000_000, options.fixed().upBitsPerSecond());
        assertEquals(0.5, options.cellular().lossPercent());
        assertEquals(Cut.SILENT, options.cut());
        assertEquals(Path.of("a/demo.svg"), options.figure());
        assertEquals(Optional.of(Path.of("f.json")), options.json());
        assertTrue(options.keep());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--fixed", "--fixed 3", "--cut both", "--loss much", "--loss 101", "--json"})
    void refusesWhatItDoesNotKnow(String words) {
        assertThrows(IllegalArgumentException.class, () -> DemoOptions.parse(List.of(words.split(" ", 2))));
    }
}
