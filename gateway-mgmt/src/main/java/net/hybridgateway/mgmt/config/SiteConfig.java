package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.HoldDownConfig;

/**
 * Where and how the gateway stands, of the section {@code gateway}.
 *
 * @param stateFolder where it keeps what must outlive a reboot; absolute
 * @param timeZone of billing days and schedules; empty for that of the system
 * @param holdDown how long an uplink that came back has to stay up before it is trusted
 */
public record SiteConfig(Path stateFolder, Optional<ZoneId> timeZone, HoldDownConfig holdDown) {
    public SiteConfig {
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(holdDown, "holdDown");
        if (!stateFolder.isAbsolute()) {
            throw new IllegalArgumentException("stateFolder " + stateFolder);
        }
    }
}
