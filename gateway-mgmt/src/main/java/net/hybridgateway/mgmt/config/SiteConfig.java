package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Where and how the gateway stands, of the section {@code gateway}.
 *
 * @param stateFolder where it keeps what must outlive a reboot; absolute
 * @param timeZone of billing days and schedules; empty for that of the system
 */
public record SiteConfig(Path stateFolder, Optional<ZoneId> timeZone) {
    public SiteConfig {
        Objects.requireNonNull(timeZone, "timeZone");
        if (!stateFolder.isAbsolute()) {
            throw new IllegalArgumentException("stateFolder " + stateFolder);
        }
    }
}
