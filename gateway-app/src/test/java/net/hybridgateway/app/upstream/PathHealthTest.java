package net.hybridgateway.app.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.app.upstream.PathHealth.Admission;
import net.hybridgateway.app.upstream.PathHealth.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathHealthTest {
    /** A clock that is about to overflow: times are only compared with each other. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private final PathHealth health = new PathHealth(Duration.ofSeconds(15));

    @Test
    void letsConnectionsTryWhatIsUnknown() {
        assertEquals(Admission.YES, health.admit(at(0)));
        assertEquals(State.UNTRIED, health.state());
    }

    @Test
    void asksAfterThePauseAndSendsNobodyThere() {
        health.failed(PointTrouble.SILENT, at(0));

        assertEquals(Admission.NO, health.admit(at(0.999)));
        assertEquals(Admission.NO_BUT_ASK, health.admit(at(1)));
        assertEquals(Admission.NO, health.admit(at(1)), "it is asked once");
        assertEquals(Optional.of(PointTrouble.SILENT), health.trouble());
    }

    @ParameterizedTest(name = "{0} questions without an answer: {1} s between the last one's end and the next")
    @CsvSource({"1, 2", "2, 4", "3, 8", "4, 15", "5, 15", "50, 15"})
    void asksLessAndLessOftenWithoutAnswer(int questions, int pause) {
        health.failed(PointTrouble.SILENT, at(0));
        double now = 1;
        for (int i = 0; i < questions; i++) {
            assertEquals(Admission.NO_BUT_ASK, health.admit(at(now)));
            now += 2;
            assertEquals(Admission.NO, health.admit(at(now)));
            now += i < questions - 1 ? Math.min(15, 1 << Math.min(i + 1, 6)) : 0;
        }

        assertEquals(Admission.NO, health.admit(at(now + pause - 0.001)));
        assertEquals(Admission.NO_BUT_ASK, health.admit(at(now + pause)));
    }

    @Test
    void doublesThePauseAtOnceWhenTheHostRefuses() {
        health.failed(PointTrouble.NOT_REACHED, at(0));
        assertTrue(health.takeQuestion(at(1)));
        health.refused(PointTrouble.NOT_REACHED, at(1.02));

        assertFalse(health.takeQuestion(at(3)));
        assertTrue(health.takeQuestion(at(3.02)));
    }

    @Test
    void comesBackWithOneConnectionAfterTheHoldDownAndThenWithAll() {
        comeDownAndAnswer(0);

        assertEquals(State.RETURNING, health.state());
        assertEquals(Admission.NO, health.admit(at(2.999)));
        assertEquals(Admission.YES, health.admit(at(3)));
        assertEquals(Admission.NO, health.admit(at(3)), "the trial is taken");
        health.reached(at(3.1));
        assertEquals(Admission.YES, health.admit(at(3.1)));
        assertEquals(Admission.YES, health.admit(at(3.1)));
        assertEquals(State.UP, health.state());
        assertEquals(Optional.empty(), health.trouble());
    }

    @Test
    void triesWithAnotherConnectionWhenTheFirstOneIsNotHeardOf() {
        comeDownAndAnswer(0);
        assertEquals(Admission.YES, health.admit(at(3)));
        assertEquals(Admission.NO, health.admit(at(12.999)));
        assertEquals(Admission.YES, health.admit(at(13)));
    }

    @Test
    void goesDownAgainWhenTheTrialFails() {
        comeDownAndAnswer(0);
        assertEquals(Admission.YES, health.admit(at(3)));
        health.failed(PointTrouble.BROKE_OFF, at(4));

        assertEquals(State.DOWN, health.state());
        assertFalse(health.takeQuestion(at(5.999)));
        assertTrue(health.takeQuestion(at(6)));
    }

    @Test
    void countsOneFailureForABreakThatEndsManyAttempts() {
        for (int i = 0; i < 50; i++) {
            health.failed(PointTrouble.NOT_REACHED, at(0));
        }
        assertTrue(health.takeQuestion(at(1)), "only the first failure made a pause, of one second");
        health.answered(at(1));
        health.failed(PointTrouble.NOT_REACHED, at(1.5));
        assertEquals(State.RETURNING, health.state(), "what began before says nothing of now");
    }

    @ParameterizedTest(name = "return {0} of a series: held down for {1} s")
    @CsvSource({"1, 2", "2, 4", "3, 8", "5, 32", "6, 60", "9, 60"})
    void holdsWhatFlapsDownForLongerAndLonger(int returns, int hold) {
        double now = 0;
        for (int i = 1; i < returns; i++) {
            comeDownAndAnswer(now);
            assertEquals(Admission.YES, health.admit(at(now + 62)));
            health.reached(at(now + 62));
            now += 63;
        }
        comeDownAndAnswer(now);

        assertEquals(Admission.NO, health.admit(at(now + 1 + hold - 0.001)));
        assertEquals(Admission.YES, health.admit(at(now + 1 + hold)));
    }

    @Test
    void forgetsTheSeriesAfterFiveCalmMinutes() {
        for (double now : new double[] {0, 400}) {
            comeDownAndAnswer(now);
            assertEquals(Admission.YES, health.admit(at(now + 3)));
            health.reached(at(now + 3));
        }
        assertEquals(State.UP, health.state());
    }

    @Test
    void takesAnAnswerToAnEarlierConnectionForASignOfLifeOnly() {
        health.failed(PointTrouble.SILENT, at(0));
        health.reached(at(0.5));

        assertEquals(Admission.NO, health.admit(at(2.4)));
        assertEquals(Admission.YES, health.admit(at(2.5)));
    }

    @Test
    void givesAHostThatSaysNothingOfConvertAChanceLater() {
        health.failed(PointTrouble.SILENT, at(0));
        assertTrue(health.takeQuestion(at(1)));
        health.hostAnswered(at(1));
        assertEquals(Admission.NO, health.admit(at(15.9)));
        assertEquals(Admission.YES, health.admit(at(16)));
    }

    @Test
    void waitsForTheHoldDownOnlyIfAConversionPointAnswersBehindItsHost() {
        health.failed(PointTrouble.SILENT, at(0));
        assertTrue(health.takeQuestion(at(1)));
        health.hostAnswered(at(1));
        health.answered(at(1.1));
        assertEquals(Admission.YES, health.admit(at(3.2)));
    }

    @Test
    void tellsSinceWhen() {
        health.failed(PointTrouble.SILENT, at(7));
        assertTrue(health.takeQuestion(at(8)));
        health.refused(PointTrouble.NOT_REACHED, at(9));
        assertEquals(at(7), health.sinceNanos());
        health.answered(at(20));
        assertEquals(at(20), health.sinceNanos());
    }

    @Test
    void isTriedAnewOverAnUplinkThatIsAnotherOneNow() {
        health.failed(PointTrouble.SILENT, at(0));
        health.forgive();
        assertEquals(Admission.YES, health.admit(at(0)));
        assertEquals(Admission.YES, health.admit(at(0)));
    }

    private void comeDownAndAnswer(double seconds) {
        health.failed(PointTrouble.SILENT, at(seconds));
        assertTrue(health.takeQuestion(at(seconds + 1)));
        health.answered(at(seconds + 1));
    }

    private static long at(double seconds) {
        return START + Math.round(seconds * 1000) * 1_000_000;
    }
}
