package net.hybridgateway.mgmt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may use what inside this module. */
class ModuleRulesTest {
    private static final Path SOURCES = Path.of("src/main/java/net/hybridgateway/mgmt");

    /** The native library costs time and memory at the start, and may be replaced: it stays behind two classes. */
    @Test
    void onlyTheControlSocketUsesTheNativeLibrary() throws IOException {
        assertEquals(Set.of("ControlServer.java", "ControlClient.java"), filesThatImport(SOURCES, "jnr."));
    }

    @Test
    void configurationAndStatusDoNotKnowEachOtherNorTheControlSocket() throws IOException {
        assertEquals(Set.of(), filesThatImport(SOURCES.resolve("config"), "net.hybridgateway.mgmt."));
        assertEquals(Set.of(), filesThatImport(SOURCES.resolve("status"), "net.hybridgateway.mgmt."));
    }

    private static Set<String> filesThatImport(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return sources.stream()
                    .filter(file -> imports(file, prefix))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static boolean imports(Path file, String prefix) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith("import " + prefix));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
