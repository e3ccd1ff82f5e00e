package net.hybridgateway.lab.measure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What followed a part's name: {@code --name VALUE} and flags. Whatever is wrong is an {@link IllegalArgumentException}. */
public final class BenchOptions {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private BenchOptions() {}

    /**
     * Sorts the words.
     *
     * @param named the options that take a value
     * @param bare the options that take none
     */
    public static BenchOptions parse(List<String> words, Set<String> named, Set<String> bare) {
        BenchOptions options = new BenchOptions();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            if (bare.contains(option)) {
                options.flags.add(option);
            } else if (!named.contains(option)) {
                throw new IllegalArgumentException("unknown option " + option + " (see --help)");
            } else if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value (see --help)");
            } else {
                options.values.put(option, rest.next());
            }
        }
        return options;
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    public Path file(String option, Path otherwise) {
        return value(option).map(Path::of).orElse(otherwise);
    }

    /** A whole number from 1 on. */
    public int count(String option, int otherwise) {
        return count(option, values.getOrDefault(option, Integer.toString(otherwise)));
    }

    /** Several whole numbers from 1 to {@code most}, with commas between. */
    public List<Integer> counts(String option, List<Integer> otherwise, int most) {
        if (!values.containsKey(option)) {
            return otherwise;
        }
        List<Integer> numbers = Arrays.stream(values.get(option).split(",", -1))
                .map(word -> count(option, word))
                .distinct()
                .collect(Collectors.toList());
        if (numbers.stream().anyMatch(number -> number > most)) {
            throw new IllegalArgumentException(option + " is at most " + most + ", not " + values.get(option));
        }
        return numbers;
    }

    private static int count(String option, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a number, not " + text, e);
        }
        throw new IllegalArgumentException(option + " is at least 1, not " + text);
    }

    /** Several of a kind, with commas between; all of them if the option is not there. */
    public <E extends Enum<E>> List<E> several(String option, E[] all) {
        return several(option, all, List.of(all));
    }

    /** The first of those that are named; that one if the option is not there. */
    public <E extends Enum<E>> E one(String option, E[] all, E otherwise) {
        return several(option, all, List.of(otherwise)).get(0);
    }

    /** Several of a kind, with commas between; those if the option is not there. */
    public <E extends Enum<E>> List<E> several(String option, E[] all, List<E> otherwise) {
        if (!values.containsKey(option)) {
            return otherwise;
        }
        Map<String, E> byName = Arrays.stream(all).collect(Collectors.toMap(BenchOptions::word, Function.identity()));
        return Arrays.stream(values.get(option).split(",", -1))
                .map(word -> Optional.ofNullable(byName.get(word))
                        .orElseThrow(() -> new IllegalArgumentException(option + " takes "
                                + Arrays.stream(all).map(BenchOptions::word).collect(Collectors.joining(", "))
                                + "; not "
                                + word)))
                .distinct()
                .collect(Collectors.toList());
    }

    /** How a constant is called on the command line and in results: {@code SILENT_DOWN} is {@code silent-down}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
