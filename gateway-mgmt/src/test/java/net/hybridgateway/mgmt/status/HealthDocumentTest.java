package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/operations.md lists the codes that there are, worst first. */
class HealthDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/operations.md");

    @Test
    void listsEachCodeWithItsSeverityAndWhetherItImpactsConnectivity() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| code | severity |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        String.join("|", Arrays.asList(line.split(" *\\| *")).subList(1, 4)))
                .toList();
        assertEquals(
                Arrays.stream(HealthCode.values())
                        .map(code -> "`" + code.word() + "`|" + Words.of(code.severity()) + "|"
                                + (code.impactsConnectivity() ? "yes" : "no"))
                        .toList(),
                documented);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatToDoInSentences(HealthCode code) {
        assertTrue(code.action().matches("[A-Z].*\\."), code.action());
        assertTrue(code.word().matches("[a-z]+(-[a-z]+)*"), code.word());
    }
}
