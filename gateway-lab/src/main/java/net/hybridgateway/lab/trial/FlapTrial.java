package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;

/**
 * The fixed line's carrier comes and goes every other second, under {@link MixedTraffic}, with the hold-down that users have.
 * The trial counts the gateway's transitions, as its status shows them ten times a second.
 *
 * @param duration how long it flaps
 */
public record FlapTrial(Duration duration) implements Trial {
    private static final LineShape FIXED = LineShape.of(20, 20);
    private static final LineShape CELLULAR = LineShape.of(10, 50);
    private static final Duration HALF_PERIOD = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    /** The break; four quick returns a minute, each with a break of its own; the return that lasts, in two steps. */
    private static final int MOST_IN_A_MINUTE = 11;

    /** One transition, as it was seen. */
    private record Seen(long nanos, String from, String to) {}

    @Override
    public TrialResult run() throws IOException {
        try (Ground ground = Ground.lay(
                        HousePlan.shaped(FIXED, CELLULAR),
                        GroundConfig.of("on-demand").text());
                MixedTraffic traffic = MixedTraffic.start(ground)) {
            long start = System.nanoTime();
            List<Seen> transitions = new ArrayList<>();
            String state = ground.view().state(Access.FIXED);
            int flaps = 0;
            long next = start;
            while (System.nanoTime() - start < duration.toNanos()) {
                if (System.nanoTime() - next >= 0) {
                    flap(ground, flaps++);
                    next += HALF_PERIOD.toNanos();
                }
                Pause.of(LOOK);
                String now = ground.view().state(Access.FIXED);
                if (!now.equals(state)) {
                    transitions.add(new Seen(System.nanoTime() - start, state, now));
                    state = now;
                }
            }
            BreakCase.mend(ground.house());
            List<String> said = whatItSays(ground);
            traffic.replaceDead("while the line flapped");
            MixedTraffic.Outcome outcome = traffic.finish();
            ground.checkAlive();
            return result(ground, flaps, transitions, outcome, said);
        }
    }

    private static void flap(Ground ground, int number) {
        if (number % 2 == 0) {
            BreakCase.CARRIER.happen(ground.house());
        } else {
            BreakCase.mend(ground.house());
        }
    }

    private static List<String> whatItSays(Ground ground) {
        List<String> lines = new ArrayList<>();
        lines.add("the gateway's status:");
        ground.view().text("status").forEach(line -> lines.add("  " + line));
        lines.add("its events:");
        ground.view().text("events").forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static TrialResult result(
            Ground ground, int flaps, List<Seen> transitions, MixedTraffic.Outcome outcome, List<String> said) {
        List<String> remarks = new ArrayList<>(outcome.losses());
        for (Seen seen : transitions) {
            remarks.add(String.format(Locale.ROOT, "%6.1f s: %s to %s", seen.nanos() / 1e9, seen.from(), seen.to()));
        }
        remarks.addAll(said);
        return new TrialResult(
                "flap",
                List.of(
                        Figure.told("changes of the carrier", flaps, ""),
                        Figure.told("transitions of the fixed line", transitions.size(), ""),
                        Figure.atMost("most transitions in a minute", mostInAMinute(transitions), "", MOST_IN_A_MINUTE),
                        Figure.told("connections", outcome.connections(), ""),
                        Figure.atMost("connections lost", outcome.losses().size(), "", 0),
                        Figure.atMost("wrong bytes", outcome.wrongBytes(), "", 0),
                        Figure.told("slowest page", outcome.slowestPageSeconds(), "s")),
                remarks,
                ground.house().run().logs());
    }

    private static int mostInAMinute(List<Seen> transitions) {
        return transitions.stream()
                .mapToInt(first -> (int) transitions.stream()
                        .filter(other -> other.nanos() >= first.nanos() && other.nanos() - first.nanos() < MINUTE_NANOS)
                        .count())
                .max()
                .orElse(0);
    }
}
