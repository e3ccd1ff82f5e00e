package net.hybridgateway.scheduler;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The next deadline of each connection, earliest first. Nanosecond times are compared as {@code System.nanoTime} asks. */
final class DeadlineQueue {
    private record Entry(long atNanos, int token) {}

    private final Map<Integer, Entry> byToken = new HashMap<>();
    private final TreeSet<Entry> byTime = new TreeSet<>((a, b) -> {
        int order = Long.compare(a.atNanos - b.atNanos, 0);
        return order != 0 ? order : Integer.compare(a.token, b.token);
    });

    void set(int token, OptionalLong atNanos) {
        remove(token);
        if (atNanos.isPresent()) {
            Entry entry = new Entry(atNanos.getAsLong(), token);
            byToken.put(token, entry);
            byTime.add(entry);
        }
    }

    void remove(int token) {
        Entry entry = byToken.remove(token);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    OptionalLong earliestNanos() {
        return byTime.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byTime.first().atNanos);
    }

    /** Removes and returns a token whose deadline has come. */
    OptionalInt pollDue(long nowNanos) {
        if (byTime.isEmpty() || byTime.first().atNanos - nowNanos > 0) {
            return OptionalInt.empty();
        }
        Entry due = byTime.first();
        remove(due.token);
        return OptionalInt.of(due.token);
    }
}
