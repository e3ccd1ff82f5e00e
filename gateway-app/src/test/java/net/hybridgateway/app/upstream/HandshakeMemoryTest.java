package net.hybridgateway.app.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeMemoryTest {
    /** A clock that is about to overflow: times are only compared with each other. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private final HandshakeMemory memory = new HandshakeMemory(0);

    /**
     * A history has one letter for each accepted connection: Z and z for data in the SYN, O and o for data after it; capital
     * if Multipath TCP was in use. An x is a SYN with data that got no answer, while the one without data behind it did; a p is
     * a connection that lost its options, and was carried by plain TCP.
     */
    @ParameterizedTest(name = "after \"{0}\": {1}, next {2}")
    @CsvSource({
        "'',   UNKNOWN,        ZERO_RTT",
        "Z,    FAST_OPEN,      ZERO_RTT",
        "z,    MULTIPATH,      ONE_RTT",
        "ZzZ,  FAST_OPEN,      ZERO_RTT",
        "zO,   MULTIPATH,      ONE_RTT",
        "zo,   ANSWERED_PLAIN, ZERO_RTT",
        "zoz,  ANSWERED_PLAIN, ZERO_RTT",
        "zoZ,  FAST_OPEN,      ZERO_RTT",
        "zoO,  MULTIPATH,      ONE_RTT",
        "xo,   ANSWERED_PLAIN, ONE_RTT",
        "O,    UNKNOWN,        ZERO_RTT",
        "xO,   MULTIPATH,      ONE_RTT",
        "xOZ,  FAST_OPEN,      ZERO_RTT",
        "p,    PLAIN_ONLY,     ZERO_RTT",
        "xp,   PLAIN_ONLY,     ONE_RTT",
        "pzo,  PLAIN_ONLY,     ZERO_RTT",
        "pZ,   FAST_OPEN,      ZERO_RTT",
    })
    void learnsFromWhatBecameOfConnections(String history, PathHandshake handshake, HandshakeMode next) {
        history.chars().forEach(letter -> {
            switch (letter) {
                case 'x' -> memory.synDataLost(START);
                case 'p' -> memory.optionsLost(START);
                case 'z', 'Z' -> memory.accepted(HandshakeMode.ZERO_RTT, letter == 'Z', START);
                case 'o', 'O' -> memory.accepted(HandshakeMode.ONE_RTT, letter == 'O', START);
                default -> throw new IllegalArgumentException(history);
            }
        });

        assertEquals(handshake, memory.handshake());
        assertEquals(next, memory.mode(START));
    }

    @Test
    void asksAtOnceAndIsCarefulUntilTheAnswer() {
        assertTrue(memory.takeQuestion(START));
        assertFalse(memory.takeQuestion(after(59)), "it is under way");
        assertEquals(HandshakeMode.ONE_RTT, memory.mode(after(1)));

        learn(PathHandshake.FAST_OPEN, 2);

        assertEquals(HandshakeMode.ZERO_RTT, memory.mode(after(2)));
        assertEquals(Optional.empty(), memory.untilQuestionNanos(after(2)));
        assertFalse(memory.takeQuestion(after(100_000)));
    }

    @Test
    void asksForWhatIsLostEverMoreSeldom() {
        int asked = 0;
        for (int pause : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            assertTrue(memory.takeQuestion(after(asked)));
            learn(PathHandshake.MULTIPATH, asked);
            assertFalse(memory.takeQuestion(after(asked + pause - 1)));
            asked += pause;
        }
    }

    @Test
    void givesBackByAQuestionOnlyWhatAConnectionLost() {
        memory.takeQuestion(START);
        learn(PathHandshake.FAST_OPEN, 0);

        memory.optionsLost(after(100));
        assertEquals(PathHandshake.PLAIN_ONLY, memory.handshake());
        assertTrue(memory.takeQuestion(after(100)), "the last was long ago");
        memory.learn(Optional.empty(), after(110));
        assertEquals(PathHandshake.PLAIN_ONLY, memory.handshake(), "silence says nothing");

        assertTrue(memory.takeQuestion(after(1000)));
        learn(PathHandshake.FAST_OPEN, 1000);
        assertEquals(PathHandshake.FAST_OPEN, memory.handshake());
    }

    @Test
    void asksEverMoreSeldomAlsoForWhatComesAndGoes() {
        int asked = 0;
        for (int pause : new int[] {20, 40, 80, 160, 320, 600}) {
            assertTrue(memory.takeQuestion(after(asked)));
            learn(PathHandshake.FAST_OPEN, asked);
            memory.optionsLost(after(asked));
            assertFalse(memory.takeQuestion(after(asked + pause - 1)));
            asked += pause;
        }
        assertTrue(memory.takeQuestion(after(asked)));
        learn(PathHandshake.FAST_OPEN, asked);
        memory.optionsLost(after(asked + 600));
        assertTrue(memory.takeQuestion(after(asked + 600)), "it was well for long enough");
    }

    @Test
    void asksAnewOverAnUplinkThatHasComeButNotEachTimeThatItFlaps() {
        memory.takeQuestion(START);
        learn(PathHandshake.FAST_OPEN, 0);

        memory.arrived();

        assertEquals(PathHandshake.UNKNOWN, memory.handshake(), "it may be another network");
        assertFalse(memory.takeQuestion(after(9)));
        assertTrue(memory.takeQuestion(after(10)));
    }

    @Test
    void believesTheWorstOfAnUplinkThatHasComeUntilThereIsAnAnswer() {
        memory.optionsLost(START);
        memory.arrived();
        assertTrue(memory.takeQuestion(START));
        assertEquals(PathHandshake.PLAIN_ONLY, memory.handshake());
    }

    @Test
    void spreadsTheQuestionsOfManyHomes() {
        HandshakeMemory last = new HandshakeMemory(1);
        last.takeQuestion(START);
        last.learn(Optional.of(lesson(PathHandshake.PLAIN_ONLY)), START);

        assertFalse(last.takeQuestion(after(12)));
        assertTrue(last.takeQuestion(after(13)));
    }

    @Test
    void trustsTheOptionsOnDataOnlyOnceTheyWereSeenThere() {
        assertTrue(memory.mayLoseOptions());
        memory.learn(Optional.of(new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.empty(), false)), START);
        assertTrue(memory.mayLoseOptions(), "the conversion point said nothing");
        memory.accepted(HandshakeMode.ONE_RTT, true, START);
        assertFalse(memory.mayLoseOptions());
        memory.arrived();
        assertTrue(memory.mayLoseOptions());
        memory.optionsLost(START);
        assertFalse(memory.mayLoseOptions(), "plain TCP has none");
    }

    private void learn(PathHandshake handshake, int seconds) {
        memory.learn(Optional.of(lesson(handshake)), after(seconds));
    }

    private static HandshakeLesson lesson(PathHandshake handshake) {
        return new HandshakeLesson(handshake, Optional.empty(), true);
    }

    private static long after(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
