package net.hybridgateway.mgmt.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.files.AtomicFile;

/** Settings in files: the configuration where it is, the rest in the state folder. */
public final class SettingsFiles implements SettingsStore {
    /** Revision, and what a change on trial goes back to. */
    static final String STATE = "settings";

    /** The last configuration that worked. */
    static final String GOOD = "config.good";

    private final Path config;
    private final Path stateFolder;

    public SettingsFiles(Path config, Path stateFolder) {
        this.config = config;
        this.stateFolder = stateFolder;
    }

    /** Those that belong to a configuration, good or bad: what can be read of it says where the state folder is. */
    public static SettingsFiles of(Path config) {
        String text;
        try {
            text = ConfigReader.text(config);
        } catch (ConfigException e) {
            text = "";
        }
        return new SettingsFiles(config, ConfigReader.stateFolder(text));
    }

    @Override
    public Path file() {
        return config;
    }

    @Override
    public String read() throws IOException {
        try {
            return ConfigReader.text(config);
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void write(String text) throws IOException {
        AtomicFile.write(config, text);
    }

    @Override
    public Optional<SettingsState> state() {
        return kept(STATE).flatMap(SettingsState::parse);
    }

    @Override
    public void save(SettingsState state) throws IOException {
        if (!state().equals(Optional.of(state))) {
            AtomicFile.write(stateFolder.resolve(STATE), state.format());
        }
    }

    @Override
    public Optional<String> good() {
        return kept(GOOD);
    }

    @Override
    public void saveGood(String text) throws IOException {
        if (!kept(GOOD).equals(Optional.of(text))) {
            AtomicFile.write(stateFolder.resolve(GOOD), text);
        }
    }

    private Optional<String> kept(String name) {
        Path file = stateFolder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(ConfigReader.text(file)) : Optional.empty();
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }
}
