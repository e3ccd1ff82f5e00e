package net.hybridgateway.scheduler.quota;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The same hours on some days of each week, in local time. Where clocks change, so does the window: it follows them.
 *
 * @param days on which it opens, at least one
 * @param fromMinute of the day, 0 to 1439
 * @param untilMinute of the day, exclusive, 1 to 1440; below {@code fromMinute} if it closes on the next day
 */
public record WeeklyWindow(Set<DayOfWeek> days, int fromMinute, int untilMinute) {
    public static final int MINUTES_A_DAY = 24 * 60;

    public WeeklyWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window needs a day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        boolean ofTheDay =
                0 <= fromMinute && fromMinute < MINUTES_A_DAY && 1 <= untilMinute && untilMinute <= MINUTES_A_DAY;
        if (!ofTheDay || fromMinute == untilMinute) {
            throw new IllegalArgumentException("from minute " + fromMinute + " until " + untilMinute);
        }
    }

    /** Whether it is open at this time. */
    public boolean contains(LocalDateTime local) {
        int minute = local.getHour() * 60 + local.getMinute();
        DayOfWeek day = local.getDayOfWeek();
        if (fromMinute < untilMinute) {
            return days.contains(day) && fromMinute <= minute && minute < untilMinute;
        }
        return (days.contains(day) && minute >= fromMinute) || (days.contains(day.minus(1)) && minute < untilMinute);
    }
}
