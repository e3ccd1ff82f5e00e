package net.hybridgateway.mgmt.config;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.scheduler.quota.WeeklyWindow;

/** Hours of the week as people write them: {@code mon-fri 08:00-18:00}, {@code sat,sun 00:00-24:00}, {@code 22:00-06:00}. */
final class WindowText {
    /** In the order of {@link DayOfWeek}. */
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final String DAY = "(?:" + String.join("|", DAYS) + ")";
    private static final String DAY_OR_DAYS = DAY + "(?:-" + DAY + ")?";
    private static final String TIME = "([01][0-9]|2[0-4]):([0-5][0-9])";
    private static final Pattern FORM =
            Pattern.compile("(?:(" + DAY_OR_DAYS + "(?:," + DAY_OR_DAYS + "){0,6}) +)?" + TIME + "-" + TIME);

    private WindowText() {}

    static Optional<WeeklyWindow> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int from = minute(matcher.group(2), matcher.group(3));
        int until = minute(matcher.group(4), matcher.group(5));
        if (from >= WeeklyWindow.MINUTES_A_DAY || until > WeeklyWindow.MINUTES_A_DAY) {
            return Optional.empty();
        }
        if (from == until || until == 0) {
            throw new BadValueException(
                    until == 0
                            ? "a window that ends at midnight is written with 24:00"
                            : "it opens and closes at the same time; a whole day is 00:00-24:00");
        }
        return Optional.of(new WeeklyWindow(days(matcher.group(1)), from, until));
    }

    private static int minute(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    private static Set<DayOfWeek> days(String text) {
        if (text == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            DayOfWeek last = day(part.substring(part.length() - 3));
            DayOfWeek day = day(part.substring(0, 3));
            // From friday to monday leads over the weekend.
            for (; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String word) {
        return DayOfWeek.of(DAYS.indexOf(word) + 1);
    }
}
