package net.hybridgateway.mgmt.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One rehearsal of a backup: what became of a connection that was moved there.
 *
 * @param at when it began, by the wall clock
 * @param agoSeconds the same as an age, at least 0
 * @param bytes what the uplink's device carried meanwhile, both ways; everybody's
 * @param joinMillis from the first packet over it until the connection had joined it; empty if it came to nothing
 * @param answerMillis from a question over it to the conversion point's answer; empty if there was none
 * @param text what happened: one or two sentences
 */
public record DrillStatus(
        String uplink,
        Instant at,
        long agoSeconds,
        Result result,
        long bytes,
        OptionalLong joinMillis,
        OptionalLong answerMillis,
        String text) {
    /** How it ended. */
    public enum Result {
        /** The connection went on over it. */
        WORKED,
        /** It did not: a break would not be survived. */
        FAILED,
        /** Nothing was tried, or nothing can be concluded. */
        SKIPPED
    }

    public DrillStatus {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(joinMillis, "joinMillis");
        Objects.requireNonNull(answerMillis, "answerMillis");
        Objects.requireNonNull(text, "text");
    }

    /** The same, told at another moment. */
    public DrillStatus toldAt(Instant now) {
        long ago = Math.max(0, Duration.between(at, now).toSeconds());
        return new DrillStatus(uplink, at, ago, result, bytes, joinMillis, answerMillis, text);
    }
}
