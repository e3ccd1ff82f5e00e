package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.LabException;
import org.junit.jupiter.api.Test;

class RelayJudgeTest {
    private static final List<String> GOOD = List.of(
            "@@ boot-millis 4000",
            "@@ available 160000",
            "@@ start-millis 12000",
            "@@ established 2",
            "@@ download-both abc 5000",
            "@@ carried-both 4000000 2000000",
            "@@ carried-before-the-cut 900000 700000",
            "@@ download-broken abc 14000",
            "@@ carried-broken 300000 4600000",
            "@@ mode backup",
            "@@ download-returned abc 5000",
            "@@ carried-returned 4000000 2000000",
            "@@ page HTTP/1.1 200 OK",
            "@@ broker 1",
            "@@ memory-idle 56000 25000",
            "@@ crowd 500",
            "@@ relayed 500",
            "@@ memory-crowd 80000 50000",
            "@@ available-crowd 78000",
            "@@ stop-millis 3000",
            "@@ processes 0",
            "@@ starts 1",
            "@@ daemon-errors 0");

    @Test
    void findsNothingWrongWithALifeThatKeepsToAllBounds() {
        assertEquals(List.of(), missed(GOOD, true));
    }

    @Test
    void findsEachThingThatIsWrong() {
        assertEquals(List.of("downloads with the right SHA-256"), missed(with("@@ download-broken abd 14000"), true));
        assertEquals(List.of("subflows of the first"), missed(with("@@ established 1"), true));
        assertEquals(List.of("both: over the fixed line"), missed(with("@@ carried-both 900000 5100000"), true));
        assertEquals(List.of("both: over the cellular line"), missed(with("@@ carried-both 5600000 400000"), true));
        assertEquals(List.of("after the cut, the mode is backup"), missed(with("@@ mode normal"), true));
        assertEquals(List.of("the page answers"), missed(with("@@ page "), true));
        assertEquals(List.of("connections to the broker"), missed(with("@@ broker 0"), true));
        assertEquals(List.of("of them relayed over Multipath TCP"), missed(with("@@ relayed 499"), true));
        assertEquals(List.of("with them: resident memory"), missed(with("@@ memory-crowd 80001 1"), true));
        assertEquals(List.of("starts of the daemon"), missed(with("@@ starts 2"), true));
        assertEquals(List.of("processes left"), missed(with("@@ processes 1"), true));
        assertEquals(List.of("errors in its log"), missed(with("@@ daemon-errors 1"), true));
    }

    @Test
    void countsWhatIsLeftBehind() {
        List<String> lines = Stream.concat(GOOD.stream(), Stream.of("@@ left +800: from all fwmark 0x8000000"))
                .toList();

        assertEquals(List.of("rules, routes, tables, endpoints, sysctls left or changed"), missed(lines, true));
    }

    @Test
    void boundsTheMemoryOnlyIfItIsToldTo() {
        List<String> lines = with("@@ memory-idle 56001 25001");

        assertEquals(List.of("idle: resident memory", "idle: anonymous memory"), missed(lines, true));
        assertEquals(List.of(), missed(lines, false));
    }

    @Test
    void refusesALifeThatDidNotTellAll() {
        List<String> lines =
                GOOD.stream().filter(line -> !line.contains("starts")).toList();

        assertThrows(LabException.class, () -> missed(lines, true));
    }

    private static List<String> with(String line) {
        String word = line.split(" ", -1)[1];
        return Stream.concat(GOOD.stream().filter(it -> !it.startsWith("@@ " + word + " ")), Stream.of(line))
                .toList();
    }

    private static List<String> missed(List<String> lines, boolean boundedMemory) {
        return RelayJudge.judge(GuestReport.of(lines), "abc", boundedMemory).stream()
                .filter(figure -> !figure.isGood())
                .map(Figure::name)
                .toList();
    }
}
