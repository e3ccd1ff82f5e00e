package net.hybridgateway.app.log;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was logged of late, and from which level on. Thread-safe. */
public final class ProgramLog {
    /** How much is told, most first. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private static final int KEPT_LINES = 200;
    private static final int LONGEST_LINE = 500;

    /** The one of this program. The library makes its writer by name, so nothing could hand it over. */
    private static final ProgramLog OF_PROGRAM = new ProgramLog(System.err);

    private final PrintStream out;
    private final Deque<String> last = new ArrayDeque<>();
    private volatile Level level = Level.INFO;

    ProgramLog(PrintStream out) {
        this.out = out;
    }

    /** The log of this program. */
    public static ProgramLog ofProgram() {
        return OF_PROGRAM;
    }

    public Level level() {
        return level;
    }

    /** Tells from now on what is of this level or above. */
    public void level(Level from) {
        level = from;
    }

    boolean tells(Level of) {
        return of.compareTo(level) >= 0;
    }

    void write(Level of, String line) {
        if (!tells(of)) {
            return;
        }
        out.println(line);
        String kept = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
        synchronized (last) {
            last.addLast(kept);
            if (last.size() > KEPT_LINES) {
                last.removeFirst();
            }
        }
    }

    void flush() {
        out.flush();
    }

    /** The last lines, oldest first. */
    public List<String> lastLines() {
        synchronized (last) {
            return new ArrayList<>(last);
        }
    }
}
