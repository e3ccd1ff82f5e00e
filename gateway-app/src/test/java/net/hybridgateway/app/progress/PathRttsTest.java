package net.hybridgateway.app.progress;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PathRttsTest {
    private static final InetSocketAddress POINT = at("198.51.100.7", 7000);
    private static final long MILLI = 1_000_000;

    private final PathRtts rtts = new PathRtts();

    @Test
    void takesTheFirstWordAsItIs() {
        rtts.measured("fixed", POINT, new PathRtt(20 * MILLI, 10 * MILLI, 1));

        assertEquals(40 * MILLI, rtts.of("fixed", POINT).orElseThrow().answerNanos());
    }

    @Test
    void learnsTheVarianceOfACalmPathFromOneHandshakeAfterTheOther() {
        for (int i = 0; i < 10; i++) {
            rtts.measured("fixed", POINT, new PathRtt(20 * MILLI, 10 * MILLI, i));
        }
        assertTrue(rtts.of("fixed", POINT).orElseThrow().varianceNanos() < MILLI);
    }

    @Test
    void growsThePatienceWhenTheRoundTripChanges() {
        for (int i = 0; i < 10; i++) {
            rtts.measured("fixed", POINT, new PathRtt(20 * MILLI, 10 * MILLI, i));
        }
        rtts.measured("fixed", POINT, new PathRtt(80 * MILLI, 40 * MILLI, 11));

        assertTrue(rtts.of("fixed", POINT).orElseThrow().answerNanos() > 105 * MILLI);
    }

    @Test
    void believesTheVarianceOfAConnectionThatHasMeasuredLong() {
        rtts.measured("fixed", POINT, new PathRtt(20 * MILLI, 10 * MILLI, 1));
        rtts.measured("fixed", POINT, new PathRtt(40 * MILLI, 3 * MILLI, 2));

        assertEquals(3 * MILLI, rtts.of("fixed", POINT).orElseThrow().varianceNanos());
    }
}
