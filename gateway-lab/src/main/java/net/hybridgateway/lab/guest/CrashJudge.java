package net.hybridgateway.lab.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.LabException;

/** Whether the product came back each time, with settings and counts, from what the machine reported. Pure. */
final class CrashJudge {
    /** Of bytes and of changes: with fewer, there was nothing to lose, and the rounds proved nothing. */
    private static final long LEAST_COUNTED = 1_000_000;

    private static final long LEAST_SAVED = 200_000;
    private static final int LEAST_CHANGES = 1;

    /**
     * One death of the daemon.
     *
     * @param how {@code kill} or {@code oom}
     * @param millis from then until a new connection was intercepted
     * @param usedBefore bytes that the quota had counted; {@code usedAfter} as well
     * @param acknowledged the last change that was made for sure; changes count up from one to the next
     * @param inEffect the change that is in effect now
     * @param asked the last change that was asked for
     * @param problems with settings or counts that the daemon tells
     */
    record Round(
            String how,
            long millis,
            long usedBefore,
            long usedAfter,
            long acknowledged,
            long inEffect,
            long asked,
            long problems) {
        /**
         * Reads what the course {@code crash} says of it.
         *
         * @throws LabException if a part is missing or no number: the daemon did not answer
         */
        static Round parse(String value) {
            int blank = value.indexOf(' ');
            String how = value.substring(0, Math.max(0, blank));
            List<Long> numbers = GuestReport.numbers("round " + how, value.substring(blank + 1), 7);
            return new Round(
                    how,
                    numbers.get(0),
                    numbers.get(1),
                    numbers.get(2),
                    numbers.get(3),
                    numbers.get(4),
                    numbers.get(5),
                    numbers.get(6));
        }

        boolean keptSettings() {
            return problems == 0 && acknowledged <= inEffect && inEffect <= asked;
        }

        boolean keptCounts() {
            return usedAfter >= usedBefore;
        }
    }

    /**
     * One life that ended with a power cut.
     *
     * @param inEffect the change that was in effect after its start
     * @param used bytes that the quota had counted
     * @param problems with settings or counts that the daemon tells, and files that were put aside as bad
     * @param acknowledged the last change made for sure before the end; {@code inEffect} if there was none
     * @param asked the last change that was asked for
     */
    record Life(long inEffect, long used, long problems, long acknowledged, long asked) {
        /**
         * Reads what the course {@code cut} said until it went off.
         *
         * @throws LabException if it went off before the daemon answered
         */
        static Life of(GuestReport report) {
            List<Long> found = report.numbers("found", 4);
            return new Life(
                    found.get(0),
                    found.get(1),
                    found.get(2) + found.get(3),
                    last(report.all("acknowledged"), found.get(0)),
                    last(report.all("asked"), found.get(0)));
        }

        /** The console may have stopped within a line: a number that is cut short is smaller, and no news. */
        private static long last(List<String> numbers, long otherwise) {
            return numbers.stream()
                    .filter(number -> number.matches("[0-9]{1,18}"))
                    .mapToLong(Long::parseLong)
                    .reduce(otherwise, Math::max);
        }

        boolean continues(Life before) {
            return before.acknowledged() <= inEffect && inEffect <= before.asked();
        }
    }

    private CrashJudge() {}

    /** The figures of the course {@code crash}. */
    static List<Figure> judgeDeaths(GuestReport report, int kills, int oomKills) {
        List<Round> rounds = report.all("round").stream().map(Round::parse).toList();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atLeast(
                "kills -9 from which it came back", count(rounds, it -> it.how().equals("kill")), "", kills));
        figures.add(Figure.atLeast(
                "OOM kills from which it came back",
                count(rounds, it -> it.how().equals("oom")),
                "",
                oomKills));
        figures.add(
                Figure.atLeast("OOM kills that the kernel tells", (double) report.number("oom-kills"), "", oomKills));
        figures.add(Figure.atMost(
                "times that settings were not as before", count(rounds, it -> !it.keptSettings()), "", 0));
        figures.add(
                Figure.atMost("times that the quota had counted less", count(rounds, it -> !it.keptCounts()), "", 0));
        figures.add(Figure.atLeast(
                "bytes that the quota had counted at last",
                rounds.stream().mapToLong(Round::usedAfter).max().orElse(0) / 1e6,
                "MB",
                LEAST_COUNTED / 1e6));
        figures.add(Figure.atLeast(
                "changes of settings meanwhile",
                (double) (rounds.stream().mapToLong(Round::asked).max().orElse(0)
                        - rounds.stream().mapToLong(Round::asked).min().orElse(0)),
                "",
                LEAST_CHANGES));
        figures.add(Figure.told(
                "longest from the death to an intercepted connection",
                rounds.stream().mapToLong(Round::millis).max().orElse(0) / 1e3,
                "s"));
        return figures;
    }

    /**
     * The figures of lives that were ended by power cuts, in their order; the last one only tells what it found.
     *
     * @param saved bytes that the quota had counted at the clean stop in the first life
     */
    static List<Figure> judgeCuts(List<Life> lives, long saved, int cuts) {
        int unlike = 0;
        for (int i = 1; i < lives.size(); i++) {
            unlike += lives.get(i).continues(lives.get(i - 1)) ? 0 : 1;
        }
        return List.of(
                Figure.atLeast("power cuts from which it came back", lives.size() - 1, "", cuts),
                Figure.atMost("times that settings were not as before", unlike, "", 0),
                Figure.atMost("times that it told of something lost", count(lives, it -> it.problems() > 0), "", 0),
                Figure.atMost(
                        "times that the quota had counted less than was saved",
                        count(lives, it -> it.used() < saved),
                        "",
                        0),
                Figure.atLeast(
                        "changes of settings meanwhile",
                        (double) (lives.get(lives.size() - 1).inEffect()
                                - lives.get(0).inEffect()),
                        "",
                        LEAST_CHANGES),
                Figure.atLeast("bytes that were saved before the first cut", saved / 1e6, "MB", LEAST_SAVED / 1e6));
    }

    private static <T> int count(List<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }
}
