package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthTrackerTest {
    private static final Instant START = Instant.parse("2026-11-21T05:00:00Z");

    private final HealthTracker tracker = new HealthTracker();

    private List<HealthEntry> lookAfter(long seconds, HealthProblem... problems) {
        // A monotonic clock may be below zero.
        return tracker.look(
                List.of(problems), TimeUnit.SECONDS.toNanos(seconds) - Long.MAX_VALUE / 2, START.plusSeconds(seconds));
    }

    private static HealthProblem single(String text) {
        return new HealthProblem(HealthCode.SINGLE_PATH, "", text);
    }

    private static HealthProblem down(String uplink, long forSeconds) {
        return new HealthProblem(HealthCode.UPLINK_DOWN, uplink, "Down.", OptionalLong.of(forSeconds));
    }

    @Test
    void keepsTheBeginningWhileTheTextChanges() {
        assertEquals(0, lookAfter(10, single("12 of 15")).get(0).sinceSeconds());
        HealthEntry later = lookAfter(70, single("13 of 15")).get(0);
        assertEquals(60, later.sinceSeconds());
        assertEquals(START.plusSeconds(10), later.since());
        assertEquals("13 of 15", later.text());
    }

    @Test
    void beginsAnewWhatWasOverBetween() {
        lookAfter(10, single("a"));
        assertEquals(List.of(), lookAfter(20));
        assertEquals(START.plusSeconds(30), lookAfter(30, single("a")).get(0).since());
    }

    @Test
    void believesWhoeverKnowsTheAge() {
        assertEquals(
                START.plusSeconds(5), lookAfter(10, down("fixed", 5)).get(0).since());
        // Rounded the other way: still the same beginning.
        assertEquals(
                START.plusSeconds(5), lookAfter(20, down("fixed", 14)).get(0).since());
        // Up and down again between two looks.
        assertEquals(
                START.plusSeconds(27), lookAfter(30, down("fixed", 3)).get(0).since());
    }

    @Test
    void tellsProblemsOfTwoSubjectsApart() {
        lookAfter(10, down("fixed", 0));
        List<HealthEntry> both = lookAfter(20, down("fixed", 10), down("cellular", 1));
        assertEquals(10, both.get(0).sinceSeconds());
        assertEquals(1, both.get(1).sinceSeconds());
    }

    @Test
    void putsTheWorstFirstAndKeepsTheOrderOfTheOthers() {
        List<HealthEntry> all = lookAfter(
                1,
                new HealthProblem(HealthCode.UPLINK_SWITCHED_OFF, "lte", "Off."),
                down("fixed", 0),
                down("cellular", 0),
                new HealthProblem(HealthCode.NO_UPLINK, "", "None."));
        assertEquals(
                List.of("no-uplink", "uplink-down fixed", "uplink-down cellular", "uplink-switched-off lte"),
                all.stream()
                        .map(entry -> (entry.code() + " " + entry.subject()).strip())
                        .toList());
    }

    @Test
    void followsTheWallClockWhenItIsSet() {
        lookAfter(10, single("a"));
        HealthEntry told = tracker.look(
                        List.of(single("a")),
                        TimeUnit.SECONDS.toNanos(40) - Long.MAX_VALUE / 2,
                        Instant.parse("2027-01-01T00:00:00Z"))
                .get(0);
        assertEquals(Instant.parse("2026-12-31T23:59:30Z"), told.since());
        assertEquals(30, told.sinceSeconds());
    }
}
