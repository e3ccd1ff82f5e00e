package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Says for every connection what it should have on the uplinks with the use {@code overflow}.
 *
 * <p>Whether help pays is not guessed but tried: of the transfers that seem to be held up by a full line ({@link
 * Transfer}, {@link Line}), the biggest is joined and raised, and keeps the help only if all uplinks together carry a tenth
 * more 3 s later. A transfer that its server limits does not grow, nor does one that a worse second path holds up. Then it
 * is let alone for 30 s, twice as long each time, 32 min at most: the first hour of such a transfer costs 7 trials of 3 s,
 * every later one 2. One trial at a time, or nobody could tell who gained; no second one as long as the overflow uplinks are full themselves.
 *
 * <p>Help ends when the transfer is over, when everything together would fit into four fifths of the preferred lines for
 * 1.5 s, or when everything together is less than 1.05 times what they carried alone, as a mean of 3 s. The steps between
 * 0.8, 0.85 (where a line counts as full), 1.05 and 1.1 keep it from swinging, and so does a pause of 5 s, doubled each
 * time that help was of use for less than 10 s: a film that is fetched in bursts is not worth a modem's while. At most
 * four connections have help at a time, and at most six are joined within a minute.
 *
 * <p>Not thread-safe, like the engine that owns it. Times are nanoseconds of any monotonic clock. Samples come about twice
 * a second while something moves; without one for 1.5 s the need is over.
 */
public final class OverflowJudge {
    private static final double GAIN = 1.1;
    private static final double NO_GAIN = 1.05;
    private static final double FITS = 0.8;
    private static final int MOST_HELPED = 4;
    private static final int MOST_JOINS_A_MINUTE = 6;

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long STALE_NANOS = Duration.ofMillis(1500).toNanos();
    private static final long JOIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long TRIAL_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long ONE_SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TWO_SECONDS_NANOS = Duration.ofSeconds(2).toNanos();

    private Lines lines;
    private final IntPredicate allowed;
    private final Map<Integer, Transfer> transfers = new LinkedHashMap<>();
    private final Deque<Long> joins = new ArrayDeque<>();
    private boolean measured;
    private long measuredNanos;

    /**
     * @param lines all uplinks that are configured
     * @param allowed whether the connection of a token may be helped at present, as rules, quotas, schedules and the
     *     overflow uplinks' states have it; asked again with each sample
     */
    public OverflowJudge(List<LineConfig> lines, IntPredicate allowed) {
        this.lines = new Lines(lines);
        this.allowed = allowed;
    }

    /**
     * The configuration is another one; {@link #reconsider} comes after. What was learnt of lines that are as before, and are
     * used as before, stays.
     */
    public void configure(List<LineConfig> configs, long nowNanos) {
        if (lines.areAs(configs)) {
            return;
        }
        transfers.values().forEach(transfer -> takeAway(transfer.help(), OverflowCause.NOT_ALLOWED, nowNanos));
        lines = new Lines(configs, lines);
    }

    /**
     * Takes in how busy the house is.
     *
     * @return the connections whose wish changed
     */
    public Set<Integer> measure(LoadSample sample, long nowNanos) {
        Map<Integer, OverflowWish> before = wishes();
        if (isStale(nowNanos)) {
            lines.forgetLoad();
            transfers.values().forEach(Transfer::forgetLoad);
        }
        measured = true;
        measuredNanos = nowNanos;
        measureTransfers(sample.transfers(), nowNanos);
        lines.measured(sample.uplinks(), transfers.values(), nowNanos);
        transfers.forEach((token, transfer) -> step(token, transfer, nowNanos));
        helpTheBiggest(nowNanos);
        return changesSince(before);
    }

    private void measureTransfers(List<LoadSample.TransferLoad> loads, long nowNanos) {
        Map<Integer, LoadSample.TransferLoad> byToken = new LinkedHashMap<>();
        loads.forEach(load -> byToken.put(load.token(), load));
        transfers
                .entrySet()
                .removeIf(entry -> !byToken.containsKey(entry.getKey())
                        && entry.getValue().help().stage() == Help.Stage.NONE
                        && !entry.getValue().help().isPausing(nowNanos));
        transfers.forEach((token, transfer) -> {
            if (!byToken.containsKey(token)) {
                transfer.silent(nowNanos);
            }
        });
        byToken.forEach((token, load) ->
                transfers.computeIfAbsent(token, fresh -> new Transfer()).measured(load, nowNanos));
    }

    /**
     * Does what has become due.
     *
     * @return the connections whose wish changed
     */
    public Set<Integer> handleDeadline(long nowNanos) {
        Map<Integer, OverflowWish> before = wishes();
        for (Transfer transfer : transfers.values()) {
            if (isStale(nowNanos)) {
                takeAway(transfer.help(), OverflowCause.NEED_ENDED, nowNanos);
            }
            closeIfDue(transfer.help(), nowNanos);
        }
        return changesSince(before);
    }

    /**
     * What is allowed has changed: takes help back at once where it is not any more.
     *
     * @return the connections whose wish changed
     */
    public Set<Integer> reconsider(long nowNanos) {
        Map<Integer, OverflowWish> before = wishes();
        transfers.forEach((token, transfer) -> {
            if (transfer.help().isOn() && !allowed.test(token)) {
                takeAway(transfer.help(), OverflowCause.NOT_ALLOWED, nowNanos);
            }
        });
        return changesSince(before);
    }

    /** When to call {@link #handleDeadline}; empty if only a sample can change anything. */
    public OptionalLong nextDeadlineNanos() {
        OptionalLong next = OptionalLong.empty();
        for (Transfer transfer : transfers.values()) {
            OptionalLong own = deadlineNanos(transfer.help());
            if (own.isPresent() && (next.isEmpty() || own.getAsLong() - next.getAsLong() < 0)) {
                next = own;
            }
        }
        return next;
    }

    private OptionalLong deadlineNanos(Help help) {
        if (help.isOn()) {
            return OptionalLong.of(measuredNanos + STALE_NANOS);
        }
        return help.stage() == Help.Stage.LOWERED
                ? OptionalLong.of(help.sinceNanos() + LINGER_NANOS)
                : OptionalLong.empty();
    }

    /** What the connection should have on the overflow uplinks. */
    public OverflowWish wish(int token) {
        Transfer transfer = transfers.get(token);
        return transfer == null ? OverflowWish.NONE : transfer.help().stage().wish();
    }

    /** Why the wish is what it is; empty if the connection was never helped, or not lately. */
    public Optional<OverflowCause> cause(int token) {
        return Optional.ofNullable(transfers.get(token))
                .flatMap(transfer -> transfer.help().cause());
    }

    /** The connection is over. */
    public void forget(int token) {
        transfers.remove(token);
    }

    // ---- one connection ---------------------------------------------------------------------------------------------

    private void step(int token, Transfer transfer, long nowNanos) {
        Help help = transfer.help();
        if (help.isOn() && !allowed.test(token)) {
            takeAway(help, OverflowCause.NOT_ALLOWED, nowNanos);
            return;
        }
        switch (help.stage()) {
            case NONE -> {
                // The biggest of all is looked for when everybody else has been served.
            }
            case JOINING -> raiseIfJoined(transfer, nowNanos);
            case TRIAL, HELPING -> review(transfer, nowNanos);
            case LOWERED -> closeIfDue(help, nowNanos);
        }
    }

    private void raiseIfJoined(Transfer transfer, long nowNanos) {
        Help help = transfer.help();
        Map<String, Line> preferred = lines.preferred(transfer.direction());
        if (!transfer.wouldGain(preferred, nowNanos)) {
            help.drop(OverflowCause.NEED_ENDED, nowNanos);
        } else if (transfer.hasSubflowOn(lines.overflow())) {
            Direction direction = transfer.direction();
            help.raise(
                    transfer.carrying(preferred.keySet(), nowNanos),
                    lines.sum(direction, TWO_SECONDS_NANOS, nowNanos),
                    bestLeg(direction).orElse(lines.preferredSum(direction, TWO_SECONDS_NANOS, nowNanos)),
                    nowNanos);
        } else if (nowNanos - help.sinceNanos() >= JOIN_NANOS) {
            help.drop(OverflowCause.JOIN_OVERDUE, nowNanos);
        }
    }

    /** What the preferred uplinks carried before the first of those that have help now was raised. */
    private Optional<Double> bestLeg(Direction direction) {
        return transfers.values().stream()
                .filter(other -> other.direction() == direction && other.help().isRaised())
                .map(other -> other.help().bestLeg())
                .findFirst();
    }

    private void review(Transfer transfer, long nowNanos) {
        Help help = transfer.help();
        Map<String, Line> preferred = lines.preferred(transfer.direction());
        preferred.keySet().retainAll(help.preferred());
        if (preferred.isEmpty() || !transfer.hasSubflowOn(preferred.keySet())) {
            help.drop(OverflowCause.PREFERRED_BROKE, nowNanos);
        } else if (help.needIsOver(isNeeded(transfer, preferred, nowNanos), nowNanos)) {
            help.lower(OverflowCause.NEED_ENDED, nowNanos);
        } else if (help.stage() == Help.Stage.HELPING) {
            if (!help.seemsUnneeded()
                    && lines.sum(transfer.direction(), TRIAL_NANOS, nowNanos) < NO_GAIN * help.bestLeg()) {
                help.lower(OverflowCause.NO_GAIN, nowNanos);
            }
        } else if (nowNanos - help.sinceNanos() >= TRIAL_NANOS) {
            if (lines.sum(transfer.direction(), TWO_SECONDS_NANOS, nowNanos) >= GAIN * help.sumBefore()) {
                help.keep(nowNanos);
            } else {
                help.lower(OverflowCause.NO_GAIN, nowNanos);
            }
        }
    }

    private boolean isNeeded(Transfer transfer, Map<String, Line> preferred, long nowNanos) {
        double room =
                preferred.values().stream().mapToDouble(Line::bytesPerSecond).sum();
        double used = Lines.carried(preferred, ONE_SECOND_NANOS, nowNanos)
                + Lines.carried(lines.overflow(transfer.direction()), ONE_SECOND_NANOS, nowNanos);
        return transfer.bytesPerSecond(ONE_SECOND_NANOS, nowNanos) >= Transfer.LEAST_BYTES_PER_SECOND
                && used > FITS * room;
    }

    private static void takeAway(Help help, OverflowCause why, long nowNanos) {
        if (help.isRaised()) {
            help.lower(why, nowNanos);
        } else if (help.isOn()) {
            help.drop(why, nowNanos);
        }
    }

    private static void closeIfDue(Help help, long nowNanos) {
        if (help.stage() == Help.Stage.LOWERED && nowNanos - help.sinceNanos() >= LINGER_NANOS) {
            help.close(nowNanos);
        }
    }

    // ---- all connections --------------------------------------------------------------------------------------------

    private void helpTheBiggest(long nowNanos) {
        joins.removeIf(at -> nowNanos - at >= MINUTE_NANOS);
        List<Help> helped = transfers.values().stream()
                .map(Transfer::help)
                .filter(Help::isOn)
                .toList();
        boolean trying = helped.stream().anyMatch(help -> help.stage() != Help.Stage.HELPING);
        if (trying || helped.size() >= MOST_HELPED || joins.size() >= MOST_JOINS_A_MINUTE) {
            return;
        }
        transfers.entrySet().stream()
                .filter(entry -> isEligible(entry.getKey(), entry.getValue(), nowNanos))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingDouble(transfer -> transfer.bytesPerSecond(TWO_SECONDS_NANOS, nowNanos)))
                .ifPresent(biggest -> {
                    joins.addLast(nowNanos);
                    biggest.help().join(nowNanos);
                });
    }

    private boolean isEligible(int token, Transfer transfer, long nowNanos) {
        Map<String, Line> overflow = lines.overflow(transfer.direction());
        return transfer.help().stage() == Help.Stage.NONE
                && !transfer.help().isPausing(nowNanos)
                && !overflow.values().stream().allMatch(line -> line.isFull(nowNanos))
                && transfer.wouldGain(lines.preferred(transfer.direction()), nowNanos)
                && allowed.test(token);
    }

    private boolean isStale(long nowNanos) {
        return measured && nowNanos - measuredNanos >= STALE_NANOS;
    }

    private Map<Integer, OverflowWish> wishes() {
        Map<Integer, OverflowWish> wishes = new HashMap<>();
        transfers.keySet().forEach(token -> wishes.put(token, wish(token)));
        return wishes;
    }

    private Set<Integer> changesSince(Map<Integer, OverflowWish> before) {
        return transfers.keySet().stream()
                .filter(token -> wish(token) != before.getOrDefault(token, OverflowWish.NONE))
                .collect(Collectors.toUnmodifiableSet());
    }
}
