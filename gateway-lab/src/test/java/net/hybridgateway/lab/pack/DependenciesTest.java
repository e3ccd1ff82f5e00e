package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    @Test
    void eachIsExplainedToPackagersAndNamedToOwners() throws IOException {
        String packagers = Files.readString(Path.of("../packaging/README.md"));
        String owners = Files.readString(Path.of("../docs/install.md"));
        for (String name : RouterPackages.DEPENDS) {
            assertTrue(packagers.contains("| `" + name + "` | "), name);
            assertTrue(owners.contains("`" + name + "`"), name);
        }
    }
}
