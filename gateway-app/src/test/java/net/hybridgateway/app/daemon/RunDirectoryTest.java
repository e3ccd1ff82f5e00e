package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void makesAFolderForItsOwnerAlone() throws IOException {
        Path path = folder.resolve("run/gateway");
        try (RunDirectory directory = RunDirectory.claim(path)) {
            assertEquals(path, directory.path());
            assertEquals("rwx------", mode(path));
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(path.resolve("lock")));
        }
    }

    @Test
    void leavesTheModeOfAnExistingFolderAlone() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        RunDirectory.claim(folder).close();
        assertEquals("rwxr-xr-x", mode(folder));
    }

    @Test
    void refusesASecondClaimAndNamesTheOwner() {
        try (RunDirectory first = RunDirectory.claim(folder)) {
            DaemonException refused = assertThrows(DaemonException.class, () -> RunDirectory.claim(first.path()));
            assertEquals(
                    "another hybrid-gateway (process " + ProcessHandle.current().pid() + ") runs on " + folder,
                    refused.getMessage());
        }
    }

    @Test
    void refusesWhatAnotherProcessHas() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals('+', other.getInputStream().read());

            DaemonException refused = assertThrows(DaemonException.class, () -> RunDirectory.claim(folder));

            assertEquals(
                    "another hybrid-gateway (process " + other.pid() + ") runs on " + folder, refused.getMessage());
        } finally {
            other.destroyForcibly().waitFor();
        }
        RunDirectory.claim(folder).close();
    }

    @Test
    void isFreeAgainAfterClosing() {
        RunDirectory.claim(folder).close();
        RunDirectory.claim(folder).close();
        assertTrue(Files.exists(folder.resolve("lock")));
    }

    @Test
    void saysWhyAFolderCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals("cannot use the run directory " + file + ": it is a file", refusal(file));
        Path below = file.resolve("run");
        assertEquals("cannot use the run directory " + below + ": Not a directory", refusal(below));
        // Even root may not write there.
        Path proc = Path.of("/proc/sys/hybrid-gateway");
        assertTrue(refusal(proc).startsWith("cannot use the run directory /proc/sys/hybrid-gateway: "), refusal(proc));
        assertTrue(!refusal(proc).contains("Exception"), refusal(proc));
    }

    private static String refusal(Path path) {
        return assertThrows(DaemonException.class, () -> RunDirectory.claim(path))
                .getMessage();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Another process that claims a folder, says so, and keeps it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws InterruptedException {
            try (RunDirectory held = RunDirectory.claim(Path.of(args[0]))) {
                if (held.path().isAbsolute()) {
                    System.out.print('+');
                    System.out.flush();
                }
                Thread.sleep(60_000);
            }
        }
    }
}
