package net.hybridgateway.lab.trial;

import java.time.Duration;
import net.hybridgateway.lab.product.Gateway;

/** The gateway's usual configuration, with changes. */
final class GroundConfig {
    private static final String ENABLED = "    option enabled '1'\n";
    private static final String PREFERENCE = "    option preference '%d'\n";
    private static final int FIXED = 10;
    private static final int CELLULAR = 20;

    private final String text;

    private GroundConfig(String text) {
        this.text = text;
    }

    /** No budget for waking the modem: trials do in an hour what a home does in a year. */
    static GroundConfig of(String cellularUse) {
        return new GroundConfig(Gateway.configuration(cellularUse)).after(CELLULAR, "activations_per_hour", "3600");
    }

    /** A hold-down that does not grow. */
    GroundConfig holdDown(Duration span) {
        String seconds = "'" + span.toSeconds() + "s'\n";
        return new GroundConfig(text.replace(
                ENABLED, ENABLED + "    option hold_down " + seconds + "    option hold_down_max " + seconds));
    }

    /** Line rates that the user has configured. */
    GroundConfig rates(long fixedMegabits, long cellularMegabits) {
        return after(FIXED, "rate_down", fixedMegabits + "mbit")
                .after(CELLULAR, "rate_down", cellularMegabits + "mbit");
    }

    private GroundConfig after(int preference, String option, String value) {
        String line = PREFERENCE.formatted(preference);
        return new GroundConfig(text.replace(line, line + "    option " + option + " '" + value + "'\n"));
    }

    String text() {
        return text;
    }
}
