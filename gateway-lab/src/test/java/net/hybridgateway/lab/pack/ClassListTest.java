package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassListTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        Files.createDirectory(folder.resolve("packaging"));
        ClassList list = new ClassList(List.of("@lambda-proxy a/B run", "a/B", "a/B$C"), List.of("d/E"));

        list.write(folder);

        assertEquals(list, ClassList.read(folder));
        assertEquals(List.of("a/B", "a/B$C", "d/E"), list.names());
        assertEquals(2, list.archivedClasses());
    }

    @Test
    void refusesAnotherFile() throws IOException {
        Files.createDirectory(folder.resolve("packaging"));
        Files.writeString(folder.resolve(ClassList.FILE), "a/B\n");

        assertThrows(IOException.class, () -> ClassList.read(folder));
    }

    @Test
    void theOneThatIsPackedKnowsTheDaemonAndWhatItManages() throws IOException {
        ClassList list = ClassList.read(Path.of(".."));

        assertTrue(list.archived().contains("net/hybridgateway/app/daemon/GatewayDaemon"), "one of the first");
        for (String name : List.of("app/relay/Relay", "mgmt/web/WebServer", "mgmt/mqtt/MqttSession")) {
            assertTrue(list.names().contains("net/hybridgateway/" + name), name);
        }
    }

    @Test
    void tellsHowMuchOfTheListIsInTheArchive() {
        assertEquals(
                "9 of 10 listed classes are in it",
                ClassArchive.told(10, "[1.0s][warning][cds] Preload Warning: Cannot find a/B\nother words\n"));
    }
}
