package net.hybridgateway.app.log;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import net.hybridgateway.mgmt.control.LogSwitch;
import org.tinylog.Logger;

/** Switches the level of the program's log for a while. */
public final class LogLevelSwitch implements LogSwitch {
    private final LevelSpell spell;
    private final LongSupplier nanoTime;

    public LogLevelSwitch(ProgramLog log, LongSupplier nanoTime) {
        this.spell = new LevelSpell(log, log.level());
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void level(Level level, Duration period) {
        spell.begin(ProgramLog.Level.valueOf(level.name()), period.toNanos(), nanoTime.getAsLong());
        Logger.info("log level {} for {} min", level.name().toLowerCase(Locale.ROOT), period.toMinutes());
    }

    /** To be called about once a minute. */
    public synchronized void tick() {
        spell.tick(nanoTime.getAsLong());
    }
}
