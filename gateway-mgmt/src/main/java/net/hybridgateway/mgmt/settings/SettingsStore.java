package net.hybridgateway.mgmt.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where settings are kept. One thread uses it. */
interface SettingsStore {
    /** The configuration file, for messages. */
    Path file();

    /** What is in the configuration file; whatever it says. */
    String read() throws IOException;

    /** Replaces the configuration file, by the new text or not at all. */
    void write(String text) throws IOException;

    /** Empty if there is none that makes sense. */
    Optional<SettingsState> state();

    void save(SettingsState state) throws IOException;

    /** The last configuration that worked; empty if there is none. */
    Optional<String> good();

    void saveGood(String text) throws IOException;
}
