package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.DrillStatus.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillFileTest {
    @TempDir
    private Path folder;

    private static DrillStatus drill(int number, Result result) {
        boolean worked = result == Result.WORKED;
        return new DrillStatus(
                "cellular",
                Instant.ofEpochSecond(1_764_386_400L + number),
                0,
                result,
                worked ? 1_412 : 0,
                worked ? OptionalLong.of(95) : OptionalLong.empty(),
                worked ? OptionalLong.of(180) : OptionalLong.empty(),
                "Number " + number + ".");
    }

    private DrillFile open() {
        return DrillFile.open(folder, Runnable::run, 0xfedc_ba98_7654_3210L);
    }

    @Test
    void keepsDrillsAndTheSeedOverARestart() throws IOException {
        open().add(drill(1, Result.FAILED));
        DrillFile second = DrillFile.open(folder, Runnable::run, 5);
        second.add(drill(2, Result.WORKED));

        DrillFile third = DrillFile.open(folder, Runnable::run, 6);
        assertEquals(List.of(drill(2, Result.WORKED), drill(1, Result.FAILED)), third.drills());
        assertEquals(0xfedc_ba98_7654_3210L, third.seed());
        assertTrue(Files.readString(folder.resolve(DrillFile.NAME)).startsWith("""
                hybrid-gateway drill 1
                seed fedcba9876543210
                cellular 1764386401 failed 0 - - Number 1.
                cellular 1764386402 worked 1412 95 180 Number 2.
                end\s"""), () -> folder.toString());
    }

    @Test
    void keepsTheLastTen() {
        DrillFile file = open();
        for (int i = 0; i < 25; i++) {
            file.add(drill(i, Result.WORKED));
        }
        assertEquals(10, open().drills().size());
        assertEquals(drill(24, Result.WORKED), open().drills().get(0));
    }

    @Test
    void beginsAnewWhereTheFileIsDamaged() throws IOException {
        open().add(drill(1, Result.WORKED));
        Path file = folder.resolve(DrillFile.NAME);
        Files.writeString(file, Files.readString(file).replace("1412", "1413"));

        DrillFile again = open();
        assertEquals(List.of(), again.drills());
        again.add(drill(2, Result.WORKED));
        assertEquals(List.of(drill(2, Result.WORKED)), open().drills());
    }

    @Test
    void goesOnWithoutAPlaceToWriteTo() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        DrillFile file = DrillFile.open(folder.resolve("file"), Runnable::run, 1);
        file.add(drill(1, Result.WORKED));
        assertEquals(List.of(drill(1, Result.WORKED)), file.drills());
    }
}
