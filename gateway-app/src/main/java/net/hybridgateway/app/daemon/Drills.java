package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.app.probe.DrillRunner;
import net.hybridgateway.app.probe.DrillSchedule;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.scheduler.quota.ClockReading;
import net.hybridgateway.scheduler.quota.ClockTrust;
import net.hybridgateway.scheduler.quota.ClockWatch;
import org.tinylog.Logger;

/** Begins drills when they are due, and tells of the last ones. A clock that is not believed begins nothing. */
final class Drills {
    /** So often the clock is looked at. */
    static final Duration LOOK = Duration.ofMinutes(1);

    /**
     * What there is to show.
     *
     * @param last newest first
     * @param next when the next one is due; empty if none is planned, or the clock is not believed
     */
    record View(List<DrillStatus> last, Optional<Instant> next, List<HealthProblem> problems) {
        /** There was none, and none is planned. */
        static final View NONE = new View(List.of(), Optional.empty(), List.of());

        View {
            last = List.copyOf(last);
            problems = List.copyOf(problems);
        }
    }

    private final DrillFile file;
    private final DrillRunner runner;
    private final ClockWatch clock;
    private DrillSchedule schedule;
    private Optional<Instant> lastLook = Optional.empty();

    Drills(DrillSchedule schedule, DrillFile file, DrillRunner runner) {
        this.schedule = schedule;
        this.file = file;
        this.runner = runner;
        this.clock = new ClockWatch(file.drills().stream()
                .map(DrillStatus::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH));
    }

    /** From now on, they are due by another schedule. */
    synchronized void configure(DrillSchedule now) {
        schedule = now;
    }

    /** To be called about every {@link #LOOK}. */
    synchronized void tick(Now now) {
        ClockReading reading = clock.look(now.wall(), now.nanos());
        if (reading.trust() == ClockTrust.DOUBTED) {
            lastLook = Optional.empty();
            return;
        }
        boolean due = lastLook.isPresent() && schedule.due(lastLook.get(), now.wall(), !failed().isEmpty());
        lastLook = Optional.of(now.wall());
        if (due) {
            try {
                runner.begin(Optional.empty());
            } catch (CommandException e) {
                Logger.info("the drill that is due: {}", e.getMessage());
            }
        }
    }

    /** What the last drill with each uplink says, if that is something. */
    private List<DrillStatus> failed() {
        Set<String> seen = new HashSet<>();
        return file.drills().stream()
                .filter(drill -> drill.result() != DrillStatus.Result.SKIPPED && seen.add(drill.uplink()))
                .filter(drill -> drill.result() == DrillStatus.Result.FAILED)
                .toList();
    }

    synchronized View view(Instant wall) {
        List<DrillStatus> failed = failed();
        return new View(
                file.drills().stream().map(drill -> drill.toldAt(wall)).toList(),
                lastLook.flatMap(look -> schedule.next(look, !failed.isEmpty())),
                failed.stream()
                        .map(drill -> new HealthProblem(
                                HealthCode.BACKUP_DRILL_FAILED,
                                drill.uplink(),
                                "Uplink " + drill.uplink() + " would be of no use in a break. " + drill.text()))
                        .toList());
    }
}
