package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestScriptsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "initramfs",
                "lib.sh",
                "house.sh",
                "memory.sh",
                "writer.sh",
                "course-relay.sh",
                "course-crash.sh",
                "course-cut.sh"
            })
    void everyScriptIsUnderstoodByTheGuestsShell(String name) throws Exception {
        assertEquals("", check(name, List.of("busybox", "ash", "-n")));
    }

    @ParameterizedTest
    @ValueSource(strings = "crowd.bash")
    void theCrowdIsUnderstoodByBash(String name) throws Exception {
        assertEquals("", check(name, List.of("bash", "-n")));
    }

    private String check(String name, List<String> shell) throws IOException, InterruptedException {
        Path script = folder.resolve(name);
        GuestScripts.copy(name, script);
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(shell);
        words.add(script.toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int code = process.waitFor();
        return code == 0 ? Files.readString(out) : code + ": " + Files.readString(out);
    }
}
