package net.hybridgateway.mgmt.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is wrong with the settings, as long as it is.
 *
 * @param refused why the configuration file was refused, so that the one before, or the last one that worked, is in effect
 * @param restart what of the configuration waits for a restart
 * @param unsaved why revision and last good configuration could not be saved
 */
public record SettingsHealth(Optional<String> refused, List<String> restart, Optional<String> unsaved) {
    /** Nothing is. */
    public static final SettingsHealth GOOD = new SettingsHealth(Optional.empty(), List.of(), Optional.empty());

    public SettingsHealth {
        Objects.requireNonNull(refused, "refused");
        Objects.requireNonNull(unsaved, "unsaved");
        restart = List.copyOf(restart);
    }
}
