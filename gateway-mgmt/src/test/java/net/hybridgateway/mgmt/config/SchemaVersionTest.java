package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a chain of two steps that there never was. */
class SchemaVersionTest {
    private static final Path FILE = Path.of("f");

    private static final SchemaVersion THIRD =
            new SchemaVersion(List.of(SchemaVersionTest::writesQuic, SchemaVersionTest::changesWhatTheFirstStepWrote));

    private static UciDocument writesQuic(UciDocument document) {
        return document.set("gateway", "main", "quic", false, List.of("reject"));
    }

    private static UciDocument changesWhatTheFirstStepWrote(UciDocument document) {
        UciDocument.Section section = document.section("gateway", "main").orElseThrow();
        String before = section.option("quic").orElseThrow().values().get(0);
        return document.set("gateway", "main", "quic", false, List.of(before + "-2"));
    }

    private static String migrated(String options) {
        return THIRD.migrate(FILE, document(options)).text().substring("config gateway main\n".length());
    }

    private static UciDocument document(String options) {
        return UciDocument.parse(FILE, "config gateway main\n" + options);
    }

    @Test
    void takesAllStepsFromTheFirstVersion() {
        String third = "\toption quic 'reject-2'\n\toption schema '3'\n";
        assertEquals(third, migrated(""));
        assertEquals("\toption schema '3'\n\toption quic 'reject-2'\n", migrated("\toption schema '1'\n"));
    }

    @Test
    void takesTheLastStepFromTheSecond() {
        assertEquals("option quic old-2\noption schema 3\n", migrated("option quic old\noption schema 2\n"));
    }

    @Test
    void leavesTheCurrentVersionAlone() {
        UciDocument current = document("option schema 3\n");
        assertSame(current, THIRD.migrate(FILE, current));
    }

    @Test
    void refusesANewerOne() {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> THIRD.migrate(FILE, document("option schema 4\n")));
        assertEquals(
                "f:2: schema 4 is newer than this program, which knows up to 3: update the program, or restore a"
                        + " configuration of its own time",
                refused.getMessage());
    }

    @Test
    void leavesWhatIsNoNumberToTheReaderOfTheSection() {
        for (String bad : List.of("0", "-1", "one", "99999999999")) {
            UciDocument document = document("option schema " + bad + "\n");
            assertSame(document, THIRD.migrate(FILE, document), bad);
        }
    }
}
