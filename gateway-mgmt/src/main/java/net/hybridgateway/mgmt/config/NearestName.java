package net.hybridgateway.mgmt.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a mistyped one was probably meant to be. */
final class NearestName {
    private static final int MAX_NAME_CHARS = 64;

    private NearestName() {}

    /** The candidate with the fewest typing errors against {@code name}, if these are few enough to be typing errors. */
    static Optional<String> of(String name, Collection<String> candidates) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            return Optional.empty();
        }
        String typed = normalized(name);
        String nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int errors = distance(typed, normalized(candidate));
            boolean plausible = errors <= Math.max(1, Math.max(name.length(), candidate.length()) / 3);
            if (plausible && errors < fewest && errors < candidate.length()) {
                nearest = candidate;
                fewest = errors;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, substitutions and swaps of neighbours: the optimal string alignment distance. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
