package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long who guesses has to wait. */
class LoginBackOffTest {
    private final LoginBackOff backOff = new LoginBackOff();
    private long now = -5;

    @Test
    void doublesUpToFiveMinutes() {
        long[] seconds = new long[14];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = attempt(host(1));
            now += TimeUnit.SECONDS.toNanos(seconds[i]);
        }
        assertEquals("0 0 1 2 4 8 16 32 64 128 256 300 300 300", join(seconds));
    }

    @Test
    void leavesOthersAloneUntilThereAreManyFailures() {
        for (int i = 0; i < 10; i++) {
            attempt(host(1));
        }
        assertEquals(0, backOff.waitNanos(host(2), now));
    }

    @Test
    void slowsDownWhoComesFromManyAddresses() {
        for (int i = 0; i < 40; i++) {
            attempt(host(i));
        }
        long wait = backOff.waitNanos(host(200), now);
        assertEquals(TimeUnit.SECONDS.toNanos(10), wait, "and the owner waits no longer than that");
    }

    @Test
    void forgetsTypingErrorsOnceThePasswordWasRight() {
        attempt(host(1));
        attempt(host(1));
        backOff.begins(host(1), now);
        backOff.succeeded(host(1));
        assertEquals(0, attempt(host(1)));
        assertEquals(0, attempt(host(1)));
        assertTrue(attempt(host(1)) > 0);
    }

    @Test
    void forgetsAfterAQuarterOfAnHour() {
        for (int i = 0; i < 30; i++) {
            attempt(host(1));
        }
        now += TimeUnit.MINUTES.toNanos(15);
        assertEquals(0, backOff.waitNanos(host(1), now));
        assertEquals(0, attempt(host(1)));
    }

    /** Seconds to wait after it. */
    private long attempt(InetAddress host) {
        backOff.begins(host, now);
        return TimeUnit.NANOSECONDS.toSeconds(backOff.waitNanos(host, now));
    }

    private static String join(long[] seconds) {
        StringBuilder text = new StringBuilder();
        for (long second : seconds) {
            text.append(text.length() == 0 ? "" : " ").append(second);
        }
        return text.toString();
    }

    private static InetAddress host(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, (byte) 168, 1, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
