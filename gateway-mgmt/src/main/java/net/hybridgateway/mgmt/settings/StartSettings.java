package net.hybridgateway.mgmt.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;

/**
 * The configuration to start with.
 *
 * @param text what it was read from
 * @param refused why the file itself is not used but the last one that worked; empty if the file is good
 * @param reverted whether a change that nobody had confirmed is to be taken back
 */
public record StartSettings(GatewayConfig config, String text, Optional<String> refused, boolean reverted) {
    /**
     * Finds it, and writes nothing: reads the file, or what a change on trial is to be taken back to, and resorts to the last
     * configuration that worked.
     *
     * @throws ConfigException if the file is bad and there is nothing else
     */
    public static StartSettings find(SettingsFiles files) {
        Optional<String> before = beforeTrial(files);
        try {
            String text = before.isPresent() ? before.get() : ConfigReader.text(files.file());
            return new StartSettings(
                    ConfigReader.parse(files.file(), text), text, Optional.empty(), before.isPresent());
        } catch (ConfigException e) {
            return lastGood(files, e, before.isPresent()).orElseThrow(() -> e);
        }
    }

    private static Optional<StartSettings> lastGood(SettingsFiles files, ConfigException e, boolean reverted) {
        Optional<String> good = files.good();
        try {
            return good.map(text -> new StartSettings(
                    ConfigReader.parse(Path.of(SettingsFiles.GOOD), text),
                    text,
                    Optional.of(SettingsEditor.summary(e)),
                    reverted));
        } catch (ConfigException alsoBad) {
            return Optional.empty();
        }
    }

    /** A restart before the confirmation is a reason to go back: the change may be what made it necessary. */
    private static Optional<String> beforeTrial(SettingsStore store) {
        try {
            String text = store.read();
            // Whoever has changed the file since then has seen what he did.
            return store.state().filter(state -> state.isOf(text)).flatMap(SettingsState::before);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
