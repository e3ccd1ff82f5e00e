package net.hybridgateway.lab.bench.rival;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.hybridgateway.lab.net.LabException;

/**
 * What a process has used of processors, in user mode and in the kernel: the first number of /proc/PID/task/TID/schedstat,
 * summed over its threads. That is in nanoseconds, where /proc/PID/stat has hundredths of a second. Of threads that have ended, as
 * Java's compiler's do, the last number that was read counts.
 */
public final class CpuTime {
    private final Path threads;
    private final Map<Path, Long> nanosOf = new HashMap<>();

    /** Of the process with this number. */
    public CpuTime(long pid) {
        this.threads = Path.of("/proc", Long.toString(pid), "task");
    }

    /** Nanoseconds since the process began. */
    public long nanos() {
        try (DirectoryStream<Path> now = Files.newDirectoryStream(threads)) {
            for (Path thread : now) {
                read(thread);
            }
        } catch (IOException e) {
            throw new LabException("cannot measure " + threads.getParent(), e);
        }
        return nanosOf.values().stream().mapToLong(Long::longValue).sum();
    }

    private void read(Path thread) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            nanosOf.put(thread, Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (NoSuchFileException e) {
            // It ended between the listing and the reading.
            return;
        }
    }
}
