package net.hybridgateway.mgmt.mqtt.paho;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.Secret;

/** User name and password, read anew for each connection. */
record Credentials(String clientId, Optional<String> username, Optional<Secret> password) {
    private static final int MOST_BYTES = 4096;

    static Credentials read(String clientId, MqttConfig.Credentials config) throws IOException {
        Optional<Secret> password = config.password();
        if (config.passwordFile().isPresent()) {
            password = Optional.of(firstLine(config.passwordFile().get()));
        }
        return new Credentials(clientId, config.username(), password);
    }

    private static Secret firstLine(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String line = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty()) {
                throw new IOException("password_file " + file + " has no password in its first line");
            }
            return new Secret(line);
        } catch (NoSuchFileException e) {
            throw new IOException("password_file " + file + " is not there", e);
        }
    }
}
