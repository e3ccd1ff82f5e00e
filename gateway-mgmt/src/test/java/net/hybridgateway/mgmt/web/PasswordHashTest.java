package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Passwords that cannot be read back. */
class PasswordHashTest {
    private static final byte[] SALT = "saltSALTsaltSALT".getBytes(StandardCharsets.US_ASCII);

    @Test
    void isReadAsItWasWritten() {
        PasswordHash hash = PasswordHash.of("correct horse", SALT, 1000);
        PasswordHash read = PasswordHash.parse(hash.toText() + "\n").orElseThrow();
        assertEquals(1000, read.iterations());
        assertTrue(read.matches("correct horse"));
        assertFalse(read.matches("correct Horse"));
        assertFalse(read.matches(""));
        assertFalse(hash.toString().contains(hash.toText().substring(20)), "it may end up in a log");
    }

    @Test
    void isPbkdf2AsOthersComputeIt() {
        // hashlib.pbkdf2_hmac('sha256', b'correct horse', b'saltSALTsaltSALT', 1000)
        assertEquals(
                "pbkdf2-sha256:1000:c2FsdFNBTFRzYWx0U0FMVA==:ONduBdYXGiIs7ylpawCGi099TDVSLvG/wgo8IyN264Q=",
                PasswordHash.of("correct horse", SALT, 1000).toText());
    }

    @Test
    void takesAsManyIterationsAsFitIntoHalfASecondWithinBounds() {
        assertEquals(
                PasswordHash.MOST_ITERATIONS,
                PasswordHash.of("x", SALT, everyCallTakes(1)).iterations());
        assertEquals(
                200_000, PasswordHash.of("x", SALT, everyCallTakes(50_000_000L)).iterations());
        assertEquals(
                PasswordHash.LEAST_ITERATIONS,
                PasswordHash.of("x", SALT, everyCallTakes(10_000_000_000L)).iterations());
    }

    private static LongSupplier everyCallTakes(long nanos) {
        AtomicLong now = new AtomicLong();
        return () -> now.addAndGet(nanos);
    }

    @Test
    void refusesWhatIsNoHash() {
        for (String text :
                new String[] {"", "x", "pbkdf2-sha256:1:a:b", "pbkdf2-sha256:9999999:c2FsdFNBTFRzYWx0U0FMVA==:"}) {
            assertEquals(Optional.empty(), PasswordHash.parse(text), text);
        }
    }
}
