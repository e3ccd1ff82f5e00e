package net.hybridgateway.app.cli;

import java.nio.file.Path;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigProblem;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;

/** Reads the configuration for a command. */
final class Configuration {
    private Configuration() {}

    /** The configuration in a file; a {@link CommandFailedException} has one line for each problem. */
    static GatewayConfig read(Path file) {
        try {
            return ConfigReader.read(file);
        } catch (ConfigException e) {
            throw new CommandFailedException(
                    e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")), e);
        }
    }
}
