package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Who owns a run: a process id and, because ids are used again, the process's start time.
 *
 * @param pid process id
 * @param startTicks clock ticks from boot to the process's start (proc_pid_stat(5), field 22)
 */
record OwnerMark(long pid, String startTicks) {
    private static final int FIELDS_BEFORE_START = 19;

    static OwnerMark ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new OwnerMark(pid, startTicks(pid));
    }

    static OwnerMark read(Path file) throws IOException {
        String[] words = Files.readString(file).strip().split(" ", 2);
        try {
            return new OwnerMark(Long.parseLong(words[0]), words.length > 1 ? words[1] : "");
        } catch (NumberFormatException e) {
            throw new IOException("no owner in " + file, e);
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + startTicks + "\n");
    }

    boolean isAlive() {
        return !startTicks.isEmpty() && startTicks.equals(startTicks(pid));
    }

    /** Empty if there is no such process. */
    private static String startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The program's name stands in parentheses and may contain anything, so count from the last one.
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", FIELDS_BEFORE_START + 2)[FIELDS_BEFORE_START];
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            // The process ended between opening and reading.
            return "";
        }
    }
}
