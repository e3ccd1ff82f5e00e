package net.hybridgateway.app.probe;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.mgmt.config.DrillConfig;
import net.hybridgateway.mgmt.config.DrillPeriod;

/**
 * When backups are rehearsed by themselves. What failed is tried again on the next day, whatever the period. A time that
 * passed while nobody was there to keep it is not made up for.
 *
 * @param delay how much later than configured this home begins, so that an operator's homes do not all begin at once
 */
public record DrillSchedule(DrillConfig config, ZoneId zone, Duration delay) {
    /** The homes of an operator are spread over so long. */
    static final Duration SPREAD = Duration.ofHours(2);

    /** A week, a day that daylight saving took the time from, and one to begin with. */
    private static final int DAYS = 9;

    public DrillSchedule {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(delay, "delay");
    }

    /**
     * The schedule of one home.
     *
     * @param seed drawn once for each
     */
    public static DrillSchedule of(DrillConfig config, ZoneId zone, long seed) {
        return new DrillSchedule(config, zone, Duration.ofSeconds(Math.floorMod(seed, SPREAD.toSeconds())));
    }

    /** The first time after a moment; empty for never. */
    public Optional<Instant> next(Instant after, boolean lastFailed) {
        if (config.period() == DrillPeriod.OFF) {
            return Optional.empty();
        }
        LocalDate first = after.minus(delay).atZone(zone).toLocalDate();
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = first.plusDays(i);
            Instant time = day.atTime(config.at()).atZone(zone).toInstant().plus(delay);
            boolean ofThePeriod = config.period() == DrillPeriod.DAILY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (time.isAfter(after) && (ofThePeriod || lastFailed)) {
                return Optional.of(time);
            }
        }
        throw new AssertionError("a week without a Sunday after " + after);
    }

    /** Whether a time came after one look at the clock and not after the next. */
    public boolean due(Instant lastLook, Instant now, boolean lastFailed) {
        return next(lastLook, lastFailed).filter(time -> !time.isAfter(now)).isPresent();
    }
}
