package net.hybridgateway.app.cli;

import java.nio.file.Path;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigProblem;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.settings.SettingsFiles;
import net.hybridgateway.mgmt.settings.StartSettings;

/** Reads the configuration for a command. */
final class Configuration {
    private Configuration() {}

    /** The configuration in a file; a {@link CommandFailedException} has one line for each problem. */
    static GatewayConfig read(Path file) {
        try {
            return ConfigReader.read(file);
        } catch (ConfigException e) {
            throw failure(e);
        }
    }

    /** The same for a daemon: the last configuration that worked, if that in the file is bad. */
    static StartSettings toStartWith(SettingsFiles files) {
        try {
            return StartSettings.find(files);
        } catch (ConfigException e) {
            throw failure(e);
        }
    }

    private static CommandFailedException failure(ConfigException e) {
        return new CommandFailedException(
                e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")), e);
    }
}
