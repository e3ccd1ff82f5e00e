package net.hybridgateway.mgmt.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30s}, {@code 5m}, {@code 2h4m}, {@code 1d}; whole seconds. */
final class DurationText {
    /** At most six digits each, so that no sum overflows. */
    private static final Pattern FORM =
            Pattern.compile("(?=.)(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    private DurationText() {}

    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)))
                .plusSeconds(number(matcher.group(4))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The shortest text that {@link #parse} reads as {@code duration}; parts of a second are left out. */
    static String of(Duration duration) {
        String text = part(duration.toDays(), 'd')
                + part(duration.toHoursPart(), 'h')
                + part(duration.toMinutesPart(), 'm')
                + part(duration.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, char unit) {
        return number == 0 ? "" : String.valueOf(number) + unit;
    }
}
