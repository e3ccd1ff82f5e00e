package net.hybridgateway.app.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMemoryTest {
    /** A clock that is about to overflow: times are only compared with each other. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private final PathMemory memory = new PathMemory();

    /**
     * A history has one letter for each accepted connection: Z and z for data in the SYN, O and o for data after it; capital
     * if Multipath TCP was in use. An x is a SYN with data that got no answer, while the one without data behind it did.
     */
    @ParameterizedTest(name = "after \"{0}\": {1}, next {2}")
    @CsvSource({
        "'',     UNKNOWN,         ZERO_RTT",
        "Z,      WORKS,           ZERO_RTT",
        "z,      UNKNOWN,         ZERO_RTT",
        "zZz,    WORKS,           ZERO_RTT",
        "zz,     COSTS_MULTIPATH, ONE_RTT",
        "Zzz,    COSTS_MULTIPATH, ONE_RTT",
        "zzO,    COSTS_MULTIPATH, ONE_RTT",
        "zzo,    COSTS_MULTIPATH, ONE_RTT",
        "zzoOo,  COSTS_MULTIPATH, ONE_RTT",
        "zzoo,   PLAIN_TCP_ONLY,  ZERO_RTT",
        "zzoozz, PLAIN_TCP_ONLY,  ZERO_RTT",
        "zzooZ,  WORKS,           ZERO_RTT",
        "zzooO,  UNKNOWN,         ZERO_RTT",
        "zzooZz, WORKS,           ZERO_RTT",
        "OO,     UNKNOWN,         ZERO_RTT",
        "oo,     PLAIN_TCP_ONLY,  ZERO_RTT",
        "xO,     UNKNOWN,         ZERO_RTT",
        "xOxO,   COSTS_MULTIPATH, ONE_RTT",
        "xOZxO,  WORKS,           ZERO_RTT",
        "ooxoxo, PLAIN_TCP_ONLY,  ZERO_RTT",
    })
    void learnsFromWhatBecameOfConnections(String history, PathMemory.FastOpen fastOpen, HandshakeMode next) {
        accept(history);

        assertEquals(fastOpen, memory.fastOpen());
        assertEquals(next, memory.mode(START));
    }

    @Test
    void forgetsConclusionsAfterTenMinutes() {
        accept("zz");

        assertEquals(HandshakeMode.ONE_RTT, memory.mode(after(599)));
        assertEquals(HandshakeMode.ZERO_RTT, memory.mode(after(600)));
        assertEquals(PathMemory.FastOpen.UNKNOWN, memory.fastOpen());
    }

    @Test
    void believesForeverThatFastOpenWorksUntilItDoesNot() {
        accept("Z");

        assertEquals(HandshakeMode.ZERO_RTT, memory.mode(after(100_000)));
        assertEquals(PathMemory.FastOpen.WORKS, memory.fastOpen());
    }

    @ParameterizedTest(name = "failure {0} keeps away for {1} s")
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 60", "8, 60", "50, 60"})
    void doublesTheBackOffUpToAMinute(int failures, int seconds) {
        long now = START;
        for (int i = 0; i < failures; i++) {
            assertTrue(memory.tryNow(now));
            memory.failed(now);
            if (i < failures - 1) {
                now += Duration.ofSeconds(60).toNanos();
            }
        }

        assertFalse(memory.tryNow(now + Duration.ofSeconds(seconds).toNanos() - 1));
        assertTrue(memory.tryNow(now + Duration.ofSeconds(seconds).toNanos()));
    }

    @Test
    void countsOneFailureForABreakThatEndsManyAttempts() {
        for (int i = 0; i < 50; i++) {
            memory.failed(after(0));
        }
        memory.failed(after(3));

        assertTrue(memory.tryNow(after(1)), "only the first failure made a back-off, of one second");
    }

    @Test
    void triesWithOneConnectionAfterTheBackOff() {
        memory.failed(after(0));

        assertTrue(memory.tryNow(after(1)));
        assertFalse(memory.tryNow(after(1)), "the trial is taken");
        assertFalse(memory.tryNow(after(10)));
        assertTrue(memory.tryNow(after(11)), "the trial has not come back: another one");
        assertTrue(memory.isFailing());
    }

    @Test
    void letsAllConnectionsComeBackWhenTheTrialSucceeds() {
        memory.failed(after(0));
        assertTrue(memory.tryNow(after(1)));

        memory.accepted(HandshakeMode.ZERO_RTT, true, after(1));

        assertTrue(memory.tryNow(after(1)));
        assertTrue(memory.tryNow(after(1)));
        assertFalse(memory.isFailing());
        memory.failed(after(2));
        assertTrue(memory.tryNow(after(3)), "the back-off begins anew with one second");
    }

    @Test
    void takesTheWordOfAServerForAnAnswerOfTheConversionPoint() {
        memory.failed(after(0));

        memory.reached();

        assertTrue(memory.tryNow(after(0)));
        assertFalse(memory.isFailing());
    }

    @Test
    void keepsAwayForAsLongAsTheConversionPointAsksFor() {
        memory.pause(Duration.ofSeconds(5), after(0));

        assertFalse(memory.tryNow(after(4)));
        assertTrue(memory.tryNow(after(5)));
    }

    @Test
    void failsOnTheSecondDoubtInARowOnly() {
        memory.doubted(after(0));
        assertTrue(memory.tryNow(after(0)));
        memory.reached();
        memory.doubted(after(0));
        assertTrue(memory.tryNow(after(0)));
        memory.doubted(after(0));
        assertFalse(memory.tryNow(after(0)));
    }

    @Test
    void tellsAnUntriedPathFromAGoodOne() {
        assertFalse(memory.wasTried());
        memory.reached();
        assertTrue(memory.wasTried());
    }

    private void accept(String history) {
        history.chars().forEach(letter -> {
            switch (letter) {
                case 'x' -> memory.synWithDataLost(START);
                case 'z', 'Z' -> memory.accepted(HandshakeMode.ZERO_RTT, letter == 'Z', START);
                case 'o', 'O' -> memory.accepted(HandshakeMode.ONE_RTT, letter == 'O', START);
                default -> throw new IllegalArgumentException(history);
            }
        });
    }

    private static long after(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
