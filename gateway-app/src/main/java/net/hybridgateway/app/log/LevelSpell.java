package net.hybridgateway.app.log;

import java.util.OptionalLong;

/** Another level for a while, after which the usual one comes back. Time is an argument; not thread-safe. */
final class LevelSpell {
    private final ProgramLog log;
    private final ProgramLog.Level usual;
    private OptionalLong endNanos = OptionalLong.empty();

    LevelSpell(ProgramLog log, ProgramLog.Level usual) {
        this.log = log;
        this.usual = usual;
    }

    /** Begins another spell, or ends the one there is if the level is the usual one. */
    void begin(ProgramLog.Level level, long forNanos, long nowNanos) {
        log.level(level);
        endNanos = level == usual ? OptionalLong.empty() : OptionalLong.of(nowNanos + forNanos);
    }

    /** To be called now and then. */
    void tick(long nowNanos) {
        if (endNanos.isPresent() && nowNanos - endNanos.getAsLong() >= 0) {
            log.level(usual);
            endNanos = OptionalLong.empty();
        }
    }
}
