package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import net.hybridgateway.scheduler.quota.CounterReading;
import net.hybridgateway.scheduler.quota.LedgerState;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaFileTest {
    private static final Instant MAY = Instant.parse("2026-05-10T12:00:00Z");
    private static final Map<String, QuotaRecord> RECORDS = Map.of(
            "cellular",
            new QuotaRecord(
                    new LedgerState(
                            Optional.of(new Dated(MAY, 123_456_789_012L)),
                            Optional.of(new Dated(MAY.minusSeconds(2_000_000), 7)),
                            11),
                    new CounterReading("5f0d-b007", 12, 3_000, 400)),
            "second",
            new QuotaRecord(LedgerState.EMPTY, CounterReading.absent("5f0d-b007")));

    @TempDir
    private Path folder;

    @Test
    void beginsWithNothing() {
        QuotaFile file = QuotaFile.open(folder.resolve("not/yet/there"));
        assertEquals(Map.of(), file.saved());
        assertEquals(Optional.empty(), file.lost());
    }

    @Test
    void readsWhatItWroteAndMakesTheFolder() {
        QuotaFile file = QuotaFile.open(folder.resolve("not/yet/there"));
        file.save(RECORDS);

        QuotaFile again = QuotaFile.open(folder.resolve("not/yet/there"));
        assertEquals(RECORDS, again.saved());
        assertEquals(Optional.empty(), again.lost());
    }

    @Test
    void leavesTheFlashAloneWhileNothingChanges() throws IOException {
        QuotaFile file = QuotaFile.open(folder);
        file.save(RECORDS);
        FileTime old = FileTime.from(MAY);
        Files.setLastModifiedTime(folder.resolve(QuotaFile.NAME), old);

        file.save(RECORDS);
        QuotaFile.open(folder).save(RECORDS);

        assertEquals(old, Files.getLastModifiedTime(folder.resolve(QuotaFile.NAME)));
    }

    @Test
    void keepsTheOldFileIfItDiesBeforeTheNewOneHasItsName() throws IOException {
        QuotaFile.open(folder).save(RECORDS);
        Files.writeString(folder.resolve(".quota.new"), "hybrid-gateway quota 1\ncellu");

        QuotaFile file = QuotaFile.open(folder);
        assertEquals(RECORDS, file.saved());
        file.save(Map.of());

        assertEquals(Map.of(), QuotaFile.open(folder).saved());
        assertFalse(Files.exists(folder.resolve(".quota.new")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "end 00000000\n",
                "hybrid-gateway quota 1\n",
                "hybrid-gateway quota 2\nend 00000000\n",
                "hybrid-gateway quota 1\nend 00000000\n",
                "hybrid-gateway quota 1\nend 00000000",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            })
    void keepsAFileAsideThatItCannotUse(String content) throws IOException {
        Files.writeString(folder.resolve(QuotaFile.NAME), content);

        QuotaFile file = QuotaFile.open(folder);

        assertEquals(Map.of(), file.saved());
        String said = file.lost().orElseThrow();
        assertTrue(said.contains(folder.resolve(QuotaFile.NAME) + " cannot be used: it"), said);
        assertTrue(said.endsWith("it is kept as " + folder.resolve(QuotaFile.ASIDE)), said);
        assertEquals(content, Files.readString(folder.resolve(QuotaFile.ASIDE)));
        file.save(RECORDS);
        assertEquals(RECORDS, QuotaFile.open(folder).saved());
    }

    /** Each with the right checksum: nobody but a program, or somebody with intent, writes these. */
    @ParameterizedTest
    @CsvSource({
        "cellular, 2",
        "cellular b 1 2 3 - - - - 0 0, 2",
        "cellular b 1 2 3 - - - - -1, 2",
        "cellular b 1 2 3 - - - - 999999999999999999999, 2",
        "cellular b 1 2 3 - 5 - - 0, 2",
        "cellular b 1 2 3 253402300800 5 - - 0, 2",
        "cellular b 99999999999 2 3 - - - - 0, 2",
        "cellular b/ 1 2 3 - - - - 0, 2",
        "' b 1 2 3 - - - - 0', 2",
        "'a b 1 2 3 - - - - 0\nb 1 2 3 - - - - 0', 3",
    })
    void namesTheLineThatHasAnotherForm(String lines, int line) throws IOException {
        String body = "hybrid-gateway quota 1\n" + lines + "\n";
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve(QuotaFile.NAME), body + String.format("end %08x\n", sum.getValue()));

        String said = QuotaFile.open(folder).lost().orElseThrow();

        assertTrue(said.contains(": line " + line + " has another form"), said);
    }

    @Test
    void findsAnyDamage() throws IOException {
        QuotaFile.open(folder).save(RECORDS);
        byte[] good = Files.readAllBytes(folder.resolve(QuotaFile.NAME));
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(folder.resolve(QuotaFile.NAME), bad);
            QuotaFile file = QuotaFile.open(folder);
            assertTrue(file.lost().isPresent(), "seed " + seed);
            assertEquals(Map.of(), file.saved(), "seed " + seed);
        }
    }

    @Test
    void readsNoFileThatIsTooLargeOrNone() throws IOException {
        Files.write(folder.resolve(QuotaFile.NAME), new byte[256 * 1024 + 1]);
        assertTrue(QuotaFile.open(folder).lost().orElseThrow().contains("larger than 256 KiB"));

        Files.createDirectory(folder.resolve(QuotaFile.NAME));
        assertTrue(QuotaFile.open(folder).lost().orElseThrow().contains("it is not a file"));
    }

    @Test
    void overwritesNothingThatItCannotPutAside() throws IOException {
        Files.createDirectories(folder.resolve(QuotaFile.ASIDE).resolve("full"));
        Files.writeString(folder.resolve(QuotaFile.NAME), "precious");

        QuotaFile file = QuotaFile.open(folder);
        file.save(RECORDS);

        String said = file.lost().orElseThrow();
        assertTrue(said.contains("cannot be put aside") && said.endsWith("so nothing is saved"), said);
        assertEquals("precious", Files.readString(folder.resolve(QuotaFile.NAME)));
    }

    @Test
    void saysThatItCannotSaveUntilItCan() throws IOException {
        Path there = folder.resolve("there");
        Files.writeString(there, "a file where the folder should be");
        QuotaFile file = QuotaFile.open(there);
        file.save(RECORDS);
        assertTrue(file.failure().orElseThrow().startsWith("the counts of the quotas cannot be saved: "));

        Files.delete(there);
        file.save(RECORDS);
        assertEquals(Optional.empty(), file.failure());
        assertEquals(RECORDS, QuotaFile.open(there).saved());
    }
}
