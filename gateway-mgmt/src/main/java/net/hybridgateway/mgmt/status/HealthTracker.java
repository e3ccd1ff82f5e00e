package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers since when each problem lasts. The same problem is one of the same code about the same subject, whatever its
 * text; one that is missing from a look is over, and begins anew when it is found again.
 *
 * <p>Time is an argument; not thread-safe.
 */
public final class HealthTracker {
    /** Ages come in whole seconds: a beginning that moves by less has not moved. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Key(HealthCode code, String subject) {
        static Key of(HealthProblem problem) {
            return new Key(problem.code(), problem.subject());
        }
    }

    private final Map<Key, Long> beganNanos = new HashMap<>();

    /**
     * Takes in all problems that there are now.
     *
     * @param nowNanos on a monotonic clock
     * @param wall the same moment by the wall clock
     * @return with their beginnings, worst first, else in the order in which they came
     */
    public List<HealthEntry> look(List<HealthProblem> problems, long nowNanos, Instant wall) {
        beganNanos.keySet().retainAll(problems.stream().map(Key::of).toList());
        return problems.stream()
                .map(problem -> entry(problem, nowNanos, wall))
                .sorted(Comparator.comparing(HealthEntry::severity).reversed())
                .toList();
    }

    private HealthEntry entry(HealthProblem problem, long nowNanos, Instant wall) {
        long said = problem.forSeconds().isPresent()
                ? nowNanos - TimeUnit.SECONDS.toNanos(problem.forSeconds().getAsLong())
                : nowNanos;
        long began = beganNanos.merge(
                Key.of(problem),
                said,
                // Who knows the age may tell of another problem than at the last look.
                (known, now) -> problem.forSeconds().isPresent() && Math.abs(now - known) > SLACK_NANOS ? now : known);
        return new HealthEntry(
                problem,
                wall.minusNanos(nowNanos - began).truncatedTo(ChronoUnit.SECONDS),
                TimeUnit.NANOSECONDS.toSeconds(nowNanos - began));
    }
}
