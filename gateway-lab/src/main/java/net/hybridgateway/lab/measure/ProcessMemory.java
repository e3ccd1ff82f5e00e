package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.hybridgateway.lab.net.LabException;

/**
 * What a process holds of the machine's memory, as /proc/PID/status tells it (proc_pid_status(5)).
 *
 * @param residentKib VmRSS: everything, also the pages of files that it shares with others
 * @param anonymousKib RssAnon: what is its own and in no file
 */
public record ProcessMemory(long residentKib, long anonymousKib) {
    /** Now. */
    public static ProcessMemory of(long pid) {
        try {
            return parse(Files.readAllLines(Path.of("/proc/" + pid + "/status")));
        } catch (IOException e) {
            throw new LabException("no process " + pid + " to measure", e);
        }
    }

    static ProcessMemory parse(List<String> status) {
        return new ProcessMemory(kib(status, "VmRSS:"), kib(status, "RssAnon:"));
    }

    private static long kib(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new LabException("the kernel does not tell " + name));
    }

    /** What is in files: the kernel can drop it and read it again. */
    public long fileKib() {
        return residentKib - anonymousKib;
    }
}
