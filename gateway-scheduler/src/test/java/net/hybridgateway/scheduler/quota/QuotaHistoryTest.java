package net.hybridgateway.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;
import org.junit.jupiter.api.Test;

/**
 * A year of a gateway that is rebooted, boots with all sorts of clocks, hears of time servers early or late, and has the
 * clock set wrong now and then. The test knows the true time, and what the operator bills. A failure names its seed.
 */
class QuotaHistoryTest {
    private static final int HISTORIES = 200;
    private static final int STEPS = 600;
    private static final Duration SHORT_GLITCH = Duration.ofMinutes(10);

    @Test
    void neverForgetsABilledByteAndCountsOnlyDoubtfulOnesTooMuch() {
        Long chosen = Long.getLong("scheduler.seed");
        for (long seed = chosen == null ? 0 : chosen; seed < (chosen == null ? HISTORIES : chosen + 1); seed++) {
            try {
                new History(new Random(seed)).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class History {
        private final Random random;
        private final BillingCycle cycle;
        private Instant truth = Instant.parse("2026-03-05T12:34:56Z");
        private long nanos;

        /** What the gateway's clock shows beyond the truth. */
        private Duration error = Duration.ZERO;

        private QuotaLedger ledger;
        private ClockWatch watch;
        private ClockTrust trust = ClockTrust.DOUBTED;

        /** A wrong clock was believed, and no right one since. */
        private boolean wronglyDated;

        private long billed;
        private long total;

        /** Carried while the clock was wrong or not believed, ever: these may count in the wrong period. */
        private long doubtful;

        private Duration glitchLeft = Duration.ZERO;
        private Duration errorBeforeGlitch = Duration.ZERO;

        History(Random random) {
            this.random = random;
            this.cycle = new BillingCycle(1 + random.nextInt(31), ZoneId.of("Europe/Berlin"));
            boot(LedgerState.EMPTY);
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(100);
                if (what < 2) {
                    reboot();
                } else if (what < 4 && glitchLeft.isZero()) {
                    glitch();
                } else if (what < 12 && glitchLeft.isZero()) {
                    timeServerAnswers();
                } else {
                    run(randomStretch());
                }
                check();
            }
        }

        private Duration randomStretch() {
            return switch (random.nextInt(4)) {
                case 0 -> Duration.ofSeconds(1 + random.nextInt(60));
                case 1 -> Duration.ofMinutes(1 + random.nextInt(30));
                default -> Duration.ofHours(1 + random.nextInt(12));
            };
        }

        private void run(Duration stretch) {
            Duration left = stretch;
            while (!left.isZero()) {
                Duration look = shortest(left, Duration.ofMinutes(20));
                if (!glitchLeft.isZero()) {
                    look = shortest(look, glitchLeft);
                }
                look(look, random.nextInt(3) == 0 ? random.nextInt(1_000_000) : 0);
                left = left.minus(look);
                if (!glitchLeft.isZero()) {
                    glitchLeft = glitchLeft.minus(look);
                    error = glitchLeft.isZero() ? errorBeforeGlitch : error;
                }
            }
        }

        private static Duration shortest(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }

        /** Time passes up to the next look; the bytes are carried at its end. */
        private void look(Duration passed, long bytes) {
            boolean closesByItself = cycle.startOf(wall()).isBefore(cycle.startOf(wall().plus(passed)));
            if (!error.isZero() && glitchLeft.isZero() && closesByItself) {
                // A wrong clock that nobody sets until it closes a period is right as far as anybody can know.
                error = Duration.ZERO;
            }
            Instant before = truth;
            truth = truth.plus(passed);
            nanos += passed.toNanos();
            if (cycle.startOf(before).isBefore(cycle.startOf(truth))) {
                billed = 0;
            }
            billed += bytes;
            ClockReading clock = watch.look(wall(), nanos);
            trust = clock.trust();
            if (trust == ClockTrust.DOUBTED || !error.isZero()) {
                doubtful += bytes;
            }
            if (trust != ClockTrust.DOUBTED) {
                wronglyDated = !error.isZero();
            }
            LedgerState was = ledger.state();
            ledger.count(bytes, clock);
            checkNothingIsLostOrDoubled(was, bytes);
            total += bytes;
        }

        private Instant wall() {
            return truth.plus(error);
        }

        /** The program is restarted with the clock as it is, or the gateway was off for a while. */
        private void reboot() {
            if (!glitchLeft.isZero() || wronglyDated) {
                // What a wrong clock has dated is taken back within the same run only.
                return;
            }
            Instant lastFile = wall();
            LedgerState kept = ledger.state();
            if (random.nextBoolean()) {
                Instant before = truth;
                truth = truth.plus(Duration.ofMinutes(random.nextInt(40 * 24 * 60)));
                if (cycle.startOf(before).isBefore(cycle.startOf(truth))) {
                    billed = 0;
                }
                error = switch (random.nextInt(3)) {
                    case 0 -> Duration.ZERO;
                    case 1 -> Duration.between(truth, Instant.EPOCH);
                    default -> Duration.between(truth, lastFile);
                };
            }
            boot(kept);
        }

        private void boot(LedgerState kept) {
            ledger = new QuotaLedger(cycle, kept);
            watch = new ClockWatch(kept.current().map(Dated::lastCounted).orElse(Instant.EPOCH));
            look(Duration.ZERO, 0);
        }

        private void glitch() {
            errorBeforeGlitch = error;
            error = error.plusDays(random.nextInt(8000) - 4000);
            glitchLeft = Duration.ofSeconds(1 + random.nextInt((int) SHORT_GLITCH.toSeconds()));
        }

        private void timeServerAnswers() {
            error = Duration.ZERO;
            look(Duration.ZERO, 0);
        }

        private void checkNothingIsLostOrDoubled(LedgerState was, long bytes) {
            long before = sum(was);
            long after = sum(ledger.state());
            long forgotten = before + bytes - after;
            boolean closed = forgotten != 0
                    && forgotten == was.previous().map(Dated::bytes).orElse(0L);
            assertTrue(forgotten == 0 || closed, "before " + was + ", " + bytes + " more, now " + ledger.state());
        }

        private static long sum(LedgerState state) {
            return state.current().map(Dated::bytes).orElse(0L)
                    + state.previous().map(Dated::bytes).orElse(0L)
                    + state.undatedBytes();
        }

        private void check() {
            long used = ledger.usedBytes(wall());
            assertTrue(used >= billed, "at " + truth + " the operator bills " + billed + ", counted are " + used);
            assertTrue(used <= total, "counted are " + used + " of " + total);
            if (trust != ClockTrust.DOUBTED && error.isZero()) {
                assertTrue(
                        used <= billed + doubtful,
                        "at " + truth + " the operator bills " + billed + ", counted are " + used + ", in doubt were "
                                + doubtful);
            }
        }
    }
}
