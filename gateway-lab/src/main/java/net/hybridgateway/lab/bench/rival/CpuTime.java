package net.hybridgateway.lab.bench.rival;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.hybridgateway.lab.net.LabException;

/**
 * What a process has used of processors, in user mode and in the kernel: the first number of /proc/PID/task/TID/schedstat,
 * summed over its threads. That is in nanoseconds, where /proc/PID/stat has hundredths of a second. What a thread used that has
 * ended is not in it; none of the measured programs ends threads while it is measured.
 */
public final class CpuTime {
    private CpuTime() {}

    /** Nanoseconds since the process began. */
    public static long nanos(long pid) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                sum += ofThread(thread);
            }
        } catch (IOException e) {
            throw new LabException("no process " + pid + " to measure", e);
        }
        return sum;
    }

    private static long ofThread(Path thread) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            // It ended between the listing and the reading.
            return 0;
        }
    }
}
