package net.hybridgateway.scheduler;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One uplink as the user configured it.
 *
 * @param name unique, not blank
 * @param preference lowest is best; uplinks of equal preference rank in the order of the configuration
 * @param community uplinks with the same community share their fate (one DSLAM, one modem, one bottleneck), so a
 *     connection that one of them carries is not joined over a less preferred one as well
 * @param rate as far as it is known; only {@link UplinkUse#OVERFLOW} needs it, and learns what is missing
 * @param activationsPerHour how often a silent line may be woken for help, at least 1; a break always may
 * @param reach what its network leads to
 */
public record UplinkConfig(
        String name,
        UplinkKind kind,
        int preference,
        UplinkUse use,
        Optional<String> community,
        LineRate rate,
        OptionalInt activationsPerHour,
        UplinkReach reach) {
    /** An uplink to the internet that may be woken as often as wanted. */
    public UplinkConfig(
            String name, UplinkKind kind, int preference, UplinkUse use, Optional<String> community, LineRate rate) {
        this(name, kind, preference, use, community, rate, OptionalInt.empty(), UplinkReach.INTERNET);
    }

    public UplinkConfig {
        if (activationsPerHour.orElse(1) < 1) {
            throw new IllegalArgumentException("activations per hour: " + activationsPerHour.getAsInt());
        }
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(community, "community");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(reach, "reach");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an uplink needs a name");
        }
    }
}
