package net.hybridgateway.mgmt.status;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a drill found.
 *
 * @param number counts the drills since the start, from 1
 * @param finished false while it goes on; nothing is told until then
 * @param failure why it came to no end; empty if it did, or may
 * @param drills one for each backup
 */
public record DrillReport(long number, boolean finished, Optional<String> failure, List<DrillStatus> drills) {
    public DrillReport {
        Objects.requireNonNull(failure, "failure");
        drills = List.copyOf(drills);
    }

    /** One that has just begun. */
    public static DrillReport begun(long number) {
        return new DrillReport(number, false, Optional.empty(), List.of());
    }

    /** Whether a backup worked, and none failed. */
    public boolean well() {
        return finished
                && failure.isEmpty()
                && drills.stream().anyMatch(drill -> drill.result() == DrillStatus.Result.WORKED)
                && drills.stream().noneMatch(drill -> drill.result() == DrillStatus.Result.FAILED);
    }
}
