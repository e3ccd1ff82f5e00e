package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.LabException;
import org.junit.jupiter.api.Test;

class CrashJudgeTest {
    @Test
    void isContentWithDeathsThatLostNothing() {
        assertEquals(
                List.of(),
                missed(deaths(
                        "kill 9000 5000000 7000000 1004 1005 1005 0", "oom 12000 9000000 9000000 1010 1010 1011 0")));
    }

    @Test
    void findsADeathFromWhichItDidNotComeBack() {
        assertEquals(
                List.of("OOM kills from which it came back"),
                missed(deaths(
                        "kill 9000 5000000 7000000 1004 1005 1005 0", "kill 9000 7000000 7000000 1006 1006 1006 0")));
    }

    @Test
    void findsSettingsThatWereLostOrWereNeverAskedForOrAreComplainedAbout() {
        for (String kill : List.of("1004 1003 1005 0", "1004 1006 1005 0", "1004 1004 1005 1")) {
            assertEquals(
                    List.of("times that settings were not as before"),
                    missed(deaths("kill 9000 5000000 7000000 " + kill, "oom 12000 9000000 9000000 1010 1010 1011 0")),
                    kill);
        }
    }

    @Test
    void findsCountsThatWentBack() {
        assertEquals(
                List.of("times that the quota had counted less"),
                missed(deaths(
                        "kill 9000 5000000 4999999 1004 1005 1005 0", "oom 12000 9000000 9000000 1010 1010 1011 0")));
    }

    @Test
    void isNotContentIfThereWasNothingToLose() {
        assertEquals(
                List.of("bytes that the quota had counted at last", "changes of settings meanwhile"),
                missed(deaths("kill 9000 0 0 1000 1000 1000 0", "oom 12000 0 0 1000 1000 1000 0")));
        assertEquals(
                List.of("changes of settings meanwhile", "bytes that were saved before the first cut"),
                missed(CrashJudge.judgeCuts(
                        List.of(life(1000, 0, 0, 1000, 1000), life(1000, 0, 0, 1000, 1000)), 0, 1)));
    }

    @Test
    void refusesARoundInWhichTheDaemonDidNotAnswer() {
        assertThrows(LabException.class, () -> deaths("kill 9000 500  1004  1005 0"));
        assertThrows(LabException.class, () -> deaths("kill 9000 500 1004 1005 0"));
    }

    @Test
    void takesWhatALifeSaidUntilThePowerWent() {
        CrashJudge.Life life = CrashJudge.Life.of(GuestReport.of(List.of(
                "@@ found 1000 300000 0 0", "@@ asked 1001", "@@ acknowledged 1001", "@@ asked 1002", "@@ acknowl")));

        assertEquals(new CrashJudge.Life(1000, 300_000, 0, 1001, 1002), life);
    }

    @Test
    void isContentWithCutsAfterWhichTheLastChangeOrTheOneUnderWayIsInEffect() {
        assertEquals(
                List.of(),
                missed(cuts(
                        life(1000, 500_000, 0, 1001, 1002),
                        life(1001, 500_000, 0, 1003, 1004),
                        life(1004, 500_000, 0, 1004, 1004))));
    }

    @Test
    void findsCutsThatLostAChangeOrACountOrWereComplainedAbout() {
        assertEquals(
                List.of("times that settings were not as before"),
                missed(cuts(
                        life(1000, 500_000, 0, 1001, 1002),
                        life(1000, 500_000, 0, 1003, 1004),
                        life(1004, 500_000, 0, 1004, 1004))));
        assertEquals(
                List.of("times that the quota had counted less than was saved"),
                missed(cuts(
                        life(1000, 500_000, 0, 1001, 1002),
                        life(1001, 499_999, 0, 1001, 1001),
                        life(1001, 500_000, 0, 1004, 1004))));
        assertEquals(
                List.of("times that it told of something lost"),
                missed(cuts(
                        life(1000, 500_000, 0, 1001, 1002),
                        life(1001, 500_000, 1, 1001, 1001),
                        life(1001, 500_000, 0, 1004, 1004))));
        assertEquals(
                List.of("power cuts from which it came back"),
                missed(cuts(life(1000, 500_000, 0, 1001, 1002), life(1001, 500_000, 0, 1001, 1001))));
    }

    private static List<Figure> deaths(String... rounds) {
        List<String> lines = new ArrayList<>(List.of("@@ oom-kills 1"));
        Arrays.stream(rounds).map(round -> "@@ round " + round).forEach(lines::add);
        return CrashJudge.judgeDeaths(GuestReport.of(lines), 1, 1);
    }

    private static CrashJudge.Life life(long inEffect, long used, long problems, long acknowledged, long asked) {
        return new CrashJudge.Life(inEffect, used, problems, acknowledged, asked);
    }

    private static List<Figure> cuts(CrashJudge.Life... lives) {
        return CrashJudge.judgeCuts(List.of(lives), 500_000, 2);
    }

    private static List<String> missed(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> !figure.isGood())
                .map(Figure::name)
                .toList();
    }
}
