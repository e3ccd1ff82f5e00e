package net.hybridgateway.app.log;

import java.util.Map;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.writers.AbstractFormatPatternWriter;

/** Puts what the library logs into {@link ProgramLog}. The library makes it. */
public final class ProgramLogWriter extends AbstractFormatPatternWriter {
    private final ProgramLog log;

    /**
     * As the library calls it.
     *
     * @param properties those that begin with "writer."
     */
    public ProgramLogWriter(Map<String, String> properties) {
        this(properties, ProgramLog.ofProgram());
    }

    ProgramLogWriter(Map<String, String> properties, ProgramLog log) {
        super(properties);
        this.log = log;
    }

    @Override
    public void write(LogEntry entry) {
        ProgramLog.Level level = level(entry.getLevel());
        if (log.tells(level)) {
            log.write(level, render(entry).stripTrailing());
        }
    }

    private static ProgramLog.Level level(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> ProgramLog.Level.DEBUG;
            case INFO -> ProgramLog.Level.INFO;
            case WARN -> ProgramLog.Level.WARN;
            case ERROR, OFF -> ProgramLog.Level.ERROR;
        };
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.flush();
    }
}
