package net.hybridgateway.app.daemon;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.quota.CounterReading;
import net.hybridgateway.scheduler.quota.LedgerState;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;

/**
 * What is kept of one uplink over a restart. As a line:
 *
 * <pre>
 * boot device in out  counted-at bytes  counted-at bytes  undated-bytes
 *                     (this period)     (the one before)
 * </pre>
 *
 * <p>Times are seconds since 1970; a period that there is not is {@code - -}.
 *
 * @param counters the device's counters when the ledger was brought up to date
 */
record QuotaRecord(LedgerState ledger, CounterReading counters) {
    private static final int WORDS = 9;

    /** So few digits that sums of all numbers stay far from the end of a long. */
    private static final String NUMBER = "[0-9]{1,17}";

    private static final String BOOT = "[0-9A-Za-z-]{1,64}";

    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    QuotaRecord {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(counters, "counters");
    }

    String format() {
        return String.join(
                " ",
                counters.boot(),
                String.valueOf(counters.deviceIndex()),
                String.valueOf(counters.inBytes()),
                String.valueOf(counters.outBytes()),
                format(ledger.current()),
                format(ledger.previous()),
                String.valueOf(ledger.undatedBytes()));
    }

    private static String format(Optional<Dated> dated) {
        return dated.map(present -> present.lastCounted().getEpochSecond() + " " + present.bytes())
                .orElse("- -");
    }

    /** Reads what {@link #format} has written; empty if it is something else. */
    static Optional<QuotaRecord> parse(String text) {
        List<String> words = List.of(text.split(" ", -1));
        if (words.size() != WORDS || !words.get(0).matches(BOOT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuotaRecord(
                    new LedgerState(
                            dated(words.get(4), words.get(5)), dated(words.get(6), words.get(7)), number(words.get(8))),
                    new CounterReading(
                            words.get(0),
                            Math.toIntExact(number(words.get(1))),
                            number(words.get(2)),
                            number(words.get(3)))));
        } catch (ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Dated> dated(String second, String bytes) {
        if (second.equals("-") && bytes.equals("-")) {
            return Optional.empty();
        }
        if (number(second) > LAST_SECOND) {
            throw new IllegalArgumentException("second " + second);
        }
        return Optional.of(new Dated(Instant.ofEpochSecond(number(second)), number(bytes)));
    }

    private static long number(String digits) {
        if (!digits.matches(NUMBER)) {
            throw new IllegalArgumentException("number " + digits);
        }
        return Long.parseLong(digits);
    }
}
