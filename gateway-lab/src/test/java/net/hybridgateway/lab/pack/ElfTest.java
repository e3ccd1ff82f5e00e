package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that is read is the java that runs this. */
class ElfTest {
    private static final Path JAVA = Path.of(JavaTools.path("java"));

    @TempDir
    private Path folder;

    private Path copy;

    @BeforeEach
    void copy() throws IOException {
        copy = folder.resolve("program");
        Files.copy(JAVA, copy);
    }

    @Test
    void aProgramNamesItsLoaderAndItsLibraries() throws IOException {
        Elf elf = Elf.read(JAVA);

        assertTrue(Elf.is(JAVA));
        assertTrue(elf.interpreter().orElseThrow().startsWith("/lib"), elf::toString);
        assertTrue(elf.needed().contains("libc.so.6"), elf::toString);
    }

    @Test
    void anotherLoaderTakesThePlaceOfTheOldOneAndNothingElseChanges() throws IOException {
        Elf before = Elf.read(copy);
        long size = Files.size(copy);

        Elf.setInterpreter(copy, "/lib/ld-new.so");

        assertEquals(
                new Elf(
                        copy,
                        before.machine(),
                        Optional.of("/lib/ld-new.so"),
                        before.needed(),
                        before.rpath(),
                        before.runpath()),
                Elf.read(copy));
        assertEquals(size, Files.size(copy));
        assertTrue(Files.isExecutable(copy));
    }

    @Test
    void aLoaderThatDoesNotFitIsRefused() {
        String tooLong = "/lib/" + "x".repeat(40);
        assertThrows(IOException.class, () -> Elf.setInterpreter(copy, tooLong));
    }

    @Test
    void whatIsNoProgramIsRefused() throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n".repeat(10));
        assertEquals(false, Elf.is(script));
        assertThrows(IOException.class, () -> Elf.read(script));
    }

    @Test
    void theCheckNamesEachThingThatThePackageLacks() throws IOException {
        List<String> problems = new ElfCheck(4711, "/lib/ld-new.so").problems(folder, folder);

        assertTrue(problems.contains("program needs libc.so.6, which is not there"), problems::toString);
        assertTrue(problems.stream().anyMatch(line -> line.startsWith("program is for another machine")));
        assertTrue(problems.stream().anyMatch(line -> line.startsWith("program is loaded by /lib")));
        assertEquals(1, ElfCheck.count(folder));
    }

    @Test
    void theCheckIsContentWithAProgramThatHasAll() throws IOException {
        Elf elf = Elf.read(copy);
        for (String name : elf.needed()) {
            Files.writeString(folder.resolve(name), "");
        }
        ElfCheck check = new ElfCheck(elf.machine(), elf.interpreter().orElseThrow());
        List<String> problems = check.problems(folder, folder).stream()
                // Where the path is for other machines' Java, this one's may have another.
                .filter(line -> !line.contains("path") && !line.contains("looks for"))
                .toList();
        assertEquals(List.of(), problems);
    }
}
