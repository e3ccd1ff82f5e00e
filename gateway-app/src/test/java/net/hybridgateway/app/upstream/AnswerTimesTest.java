package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static net.hybridgateway.app.testing.Addresses.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.app.progress.PathRtts;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.UplinkKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTimesTest {
    private final PathRtts rtts = new PathRtts();
    private final AnswerTimes answers = new AnswerTimes(rtts);

    @ParameterizedTest(name = "{0} ms, give or take {1} ms: {2} ms")
    @CsvSource({"0, 0, 60", "10, 2, 60", "20, 5, 80", "50, 25, 250", "150, 20, 500", "600, 300, 500"})
    void waitsForThreeRoundTripsAndFourVariancesWithinBounds(long smoothed, long variance, long expected) {
        Route way = way(UplinkKind.FIXED);
        rtts.measured("uplink", way.conversionPoint().address(), new PathRtt(nanos(smoothed), nanos(variance), 0));

        assertEquals(Duration.ofMillis(expected), answers.patience(way));
    }

    @Test
    void givesAModemOfWhichNothingIsKnownTimeToWakeUp() {
        assertEquals(Duration.ofMillis(150), answers.patience(way(UplinkKind.FIXED)));
        assertEquals(Duration.ofMillis(500), answers.patience(way(UplinkKind.CELLULAR)));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Route way(UplinkKind kind) {
        return new Route(
                new ConversionPoint("operator", at("203.0.113.1", 7000), Optional.empty()),
                with(path("uplink", 2, "192.0.2.2"), Set.of(), Allowance.FREE, kind),
                ip("192.0.2.2"),
                HandshakeMode.ZERO_RTT,
                new PathMemory());
    }
}
