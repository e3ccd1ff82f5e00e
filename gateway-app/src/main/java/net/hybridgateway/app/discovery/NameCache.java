package net.hybridgateway.app.discovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The answers of the name service and when to ask again. Not thread-safe.
 *
 * <p>An answer stays in use until there is another: a name service that is down must not take the conversion points along.
 * Only the word that there is nothing of that name takes away what was learnt, but not what is configured, for which the
 * user stands.
 */
public final class NameCache {
    /** Where nobody says how long an address holds. */
    static final long UNTOLD_SECONDS = 300;

    /** Less is a load on the name server, and more would be for ever. */
    static final long LEAST_SECONDS = 30;

    static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final long NOTHING_SECONDS = 60;
    private static final long RETRY_SECONDS = 5;

    private record Entry(Optional<NameAnswer> inUse, long dueNanos) {}

    private final Map<NameQuestion, Entry> entries = new HashMap<>();

    /** What is in use; empty as long as there was no answer. */
    public Optional<NameAnswer> inUse(NameQuestion question) {
        return Optional.ofNullable(entries.get(question)).flatMap(Entry::inUse);
    }

    /** Forgets everything but these. */
    public void keepOnly(Collection<NameQuestion> questions) {
        entries.keySet().retainAll(new HashSet<>(questions));
    }

    /** Takes in what the name service said. */
    public void take(NameQuestion question, NameAnswer answer, long nowNanos) {
        Optional<NameAnswer> before = inUse(question);
        if (answer instanceof NameAnswer.Hosts hosts) {
            put(question, Optional.of(answer), bounded(hosts.seconds()), nowNanos);
        } else if (answer instanceof NameAnswer.Services services) {
            put(question, Optional.of(inStableOrder(before, services)), bounded(services.seconds()), nowNanos);
        } else if (answer instanceof NameAnswer.Nothing) {
            boolean configured = question.uplink().isEmpty();
            put(question, configured ? before : Optional.empty(), NOTHING_SECONDS, nowNanos);
        } else {
            put(question, before, RETRY_SECONDS, nowNanos);
        }
    }

    /** Chance orders those of one priority anew with each answer; connections need not wander because of that. */
    private static NameAnswer inStableOrder(Optional<NameAnswer> before, NameAnswer.Services now) {
        return before.isPresent()
                        && before.get() instanceof NameAnswer.Services old
                        && new HashSet<>(old.inOrder()).equals(new HashSet<>(now.inOrder()))
                ? old
                : now;
    }

    private static long bounded(long seconds) {
        return Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, seconds));
    }

    private void put(NameQuestion question, Optional<NameAnswer> inUse, long seconds, long nowNanos) {
        entries.put(question, new Entry(inUse, nowNanos + TimeUnit.SECONDS.toNanos(seconds)));
    }

    /** Whether it is time to ask. */
    public boolean isDue(NameQuestion question, long nowNanos) {
        Entry entry = entries.get(question);
        return entry == null || entry.dueNanos() - nowNanos <= 0;
    }

    /** How long until one of them is to be asked again; empty if none ever is. */
    public OptionalLong nanosUntilNext(long nowNanos) {
        return entries.values().stream()
                .mapToLong(entry -> Math.max(0, entry.dueNanos() - nowNanos))
                .min();
    }
}
