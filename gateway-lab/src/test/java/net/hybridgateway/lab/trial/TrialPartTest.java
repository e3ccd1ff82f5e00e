package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.hybridgateway.lab.measure.BenchPart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialPartTest {
    static List<BenchPart> parts() {
        return TrialPart.ALL;
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aWrongCommandLineIsToldBeforeAnythingIsBuilt(BenchPart part) {
        assertThrows(IllegalArgumentException.class, () -> part.run(List.of("--quick")));
        assertThrows(IllegalArgumentException.class, () -> part.run(List.of("--count", "none")));
        assertThrows(IllegalArgumentException.class, () -> part.run(List.of("--json")));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void helpNamesThePartAndItsOptions(BenchPart part) {
        String usage = part.usage();
        assertTrue(usage.startsWith("usage: sudo ./dev bench " + part.name() + " "), usage);
        assertTrue(usage.contains("--count N") && usage.contains("--json FILE"), usage);
    }
}
