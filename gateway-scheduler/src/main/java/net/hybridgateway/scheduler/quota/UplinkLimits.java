package net.hybridgateway.scheduler.quota;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds an uplink back, as the user configured it.
 *
 * @param activationsPerHour how often it may be woken for more than to back up, at least 1; empty if as often as wanted
 */
public record UplinkLimits(Optional<Quota> quota, Schedule schedule, OptionalInt activationsPerHour) {
    /** Nothing holds it back. */
    public static final UplinkLimits NONE = new UplinkLimits(Optional.empty(), Schedule.ALWAYS, OptionalInt.empty());

    public UplinkLimits {
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(schedule, "schedule");
        if (activationsPerHour.orElse(1) < 1) {
            throw new IllegalArgumentException("activationsPerHour " + activationsPerHour);
        }
    }

    /** Whether quota or schedule ever take anything away. */
    public boolean restrict() {
        return quota.isPresent() || !schedule.equals(Schedule.ALWAYS);
    }
}
