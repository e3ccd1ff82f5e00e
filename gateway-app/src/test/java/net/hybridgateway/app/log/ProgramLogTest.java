package net.hybridgateway.app.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinylog.Logger;

class ProgramLogTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ProgramLog log = new ProgramLog(new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void tellsWhatIsOfItsLevelOrAbove() {
        log.write(ProgramLog.Level.DEBUG, "hidden");
        log.write(ProgramLog.Level.INFO, "shown");
        log.level(ProgramLog.Level.DEBUG);
        log.write(ProgramLog.Level.DEBUG, "shown, too");
        log.level(ProgramLog.Level.ERROR);
        log.write(ProgramLog.Level.WARN, "hidden, too");

        assertEquals(List.of("shown", "shown, too"), log.lastLines());
        assertEquals("shown\nshown, too\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheLastTwoHundredAndNoLongLines() {
        for (int i = 0; i < 300; i++) {
            log.write(ProgramLog.Level.INFO, i + "x".repeat(10_000));
        }
        assertEquals(200, log.lastLines().size());
        assertTrue(log.lastLines().get(0).startsWith("100x"));
        assertEquals(503, log.lastLines().get(0).length());
    }

    @Test
    void goesBackByItself() {
        LevelSpell spell = new LevelSpell(log, ProgramLog.Level.INFO);
        spell.begin(ProgramLog.Level.DEBUG, HOUR, -7);
        spell.tick(HOUR - 8);
        assertEquals(ProgramLog.Level.DEBUG, log.level());
        spell.tick(HOUR - 7);
        assertEquals(ProgramLog.Level.INFO, log.level());
        spell.tick(5 * HOUR);
        assertEquals(ProgramLog.Level.INFO, log.level());
    }

    @Test
    void staysWhereItIsSwitchedBackByHand() {
        LevelSpell spell = new LevelSpell(log, ProgramLog.Level.INFO);
        spell.begin(ProgramLog.Level.DEBUG, HOUR, 0);
        spell.begin(ProgramLog.Level.INFO, HOUR, 1);
        log.level(ProgramLog.Level.WARN);
        spell.tick(2 * HOUR);
        assertEquals(ProgramLog.Level.WARN, log.level(), "no spell is left that could end");
    }

    @Test
    void takesWhatTheLibraryLogs() {
        Logger.warn("{} of {}", 1, "ProgramLogTest");
        assertTrue(ProgramLog.ofProgram().lastLines().contains("WARN: 1 of ProgramLogTest"));
    }
}
