package net.hybridgateway.lab.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.LabException;

/**
 * What a guest reported: words with what belongs to them, in the order in which they came. Other lines of the console are passed
 * over.
 */
final class GuestReport {
    /** What a line of the report begins with. The kernel may have written half a line before it. */
    static final String SIGN = "@@ ";

    /** A line of it. */
    record Entry(String word, String value) {
        /** Reads a line of the console; empty if it is none of the report. */
        static Optional<Entry> parse(String line) {
            int sign = line.indexOf(SIGN);
            if (sign < 0) {
                return Optional.empty();
            }
            String text = line.substring(sign + SIGN.length()).strip();
            int blank = text.indexOf(' ');
            return Optional.of(
                    blank < 0
                            ? new Entry(text, "")
                            : new Entry(
                                    text.substring(0, blank),
                                    text.substring(blank + 1).strip()));
        }
    }

    private final List<Entry> entries;

    GuestReport(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    static GuestReport of(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        lines.forEach(line -> Entry.parse(line).ifPresent(entries::add));
        return new GuestReport(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    boolean has(String word) {
        return entries.stream().anyMatch(entry -> entry.word().equals(word));
    }

    /** What was said with this word, each time. */
    List<String> all(String word) {
        return entries.stream()
                .filter(entry -> entry.word().equals(word))
                .map(Entry::value)
                .toList();
    }

    /**
     * What was said with a word that comes once.
     *
     * @throws LabException if it came never, or more than once
     */
    String text(String word) {
        List<String> values = all(word);
        if (values.size() != 1) {
            throw new LabException("the guest reported \"" + word + "\" " + values.size() + " times");
        }
        return values.get(0);
    }

    /**
     * The numbers behind a word.
     *
     * @throws LabException if it does not come once, or with another count of numbers, or with something else
     */
    List<Long> numbers(String word, int count) {
        return numbers(word, text(word), count);
    }

    /**
     * The numbers in what was said with a word.
     *
     * @throws LabException if it is another count of numbers, or something else
     */
    static List<Long> numbers(String word, String value, int count) {
        try {
            List<Long> numbers =
                    Arrays.stream(value.split(" +", -1)).map(Long::valueOf).toList();
            if (numbers.size() == count) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new LabException("the guest reported \"" + word + " " + value + "\"", e);
        }
        throw new LabException("the guest reported \"" + word + " " + value + "\": not " + count + " numbers");
    }

    long number(String word) {
        return numbers(word, 1).get(0);
    }
}
