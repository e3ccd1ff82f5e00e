package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The command {@code log-level}: more or less in the log, for a while. */
public final class LogCommands {
    /** The command. */
    public static final String LOG_LEVEL = "log-level";

    /** The argument that says from which level on. */
    public static final String LEVEL = "level";

    /** The argument that says for how long, in minutes. */
    public static final String MINUTES = "minutes";

    /** If the asker does not say. */
    public static final int USUAL_MINUTES = 60;

    /** A week. */
    public static final int MOST_MINUTES = 7 * 24 * 60;

    private LogCommands() {}

    public static List<ControlCommand> of(LogSwitch log) {
        return List.of(new ControlCommand(LOG_LEVEL, Set.of(LEVEL, MINUTES), arguments -> {
            String word = arguments.required(LEVEL);
            LogSwitch.Level level = Arrays.stream(LogSwitch.Level.values())
                    .filter(known -> word(known).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("argument '" + LEVEL + "' must be one of " + words()));
            int minutes = arguments.number(MINUTES, 1, MOST_MINUTES, USUAL_MINUTES);
            log.level(level, Duration.ofMinutes(minutes));
            JsonObject json = new JsonObject();
            json.put(LEVEL, word);
            json.put(MINUTES, minutes);
            return new CommandResult(json, () -> "log level " + word + " for " + minutes + " minutes\n");
        }));
    }

    /** All levels, for people. */
    public static String words() {
        return String.join(
                ", ",
                Arrays.stream(LogSwitch.Level.values()).map(LogCommands::word).toList());
    }

    private static String word(LogSwitch.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
