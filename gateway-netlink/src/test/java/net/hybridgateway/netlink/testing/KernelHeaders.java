package net.hybridgateway.netlink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Compares numbers with the kernel headers of this machine, by a C program that prints them. A name that the headers are
 * too old for is skipped, as is everything without compiler ({@code cc}) or headers ({@code linux-libc-dev}).
 */
public final class KernelHeaders {
    private static final Pattern UNKNOWN_NAME =
            Pattern.compile("['‘](\\w+)['’][^'‘]*undeclared|undeclared[^'‘]*['‘](\\w+)");

    private KernelHeaders() {}

    /**
     * A test for each {@code static final int} of {@code numbers}, whose names are the kernel's.
     *
     * @param headers such as {@code linux/rtnetlink.h}; those that are missing are left out
     */
    public static Stream<DynamicTest> compare(Class<?> numbers, String... headers) {
        Map<String, Integer> ours = constants(numbers);
        Map<String, Integer> theirs;
        try {
            theirs = values(List.of(headers), ours);
        } catch (IOException e) {
            return Stream.of(DynamicTest.dynamicTest("compiler", () -> {
                throw new TestAbortedException("no C compiler here: " + e.getMessage(), e);
            }));
        }
        return ours.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Integer value = theirs.get(entry.getKey());
                    if (value == null) {
                        throw new TestAbortedException("the kernel headers here have no " + entry.getKey());
                    }
                    Assertions.assertEquals(value, entry.getValue(), entry.getKey());
                }));
    }

    private static Map<String, Integer> constants(Class<?> numbers) {
        Map<String, Integer> constants = new LinkedHashMap<>();
        for (Field field : numbers.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                field.setAccessible(true);
                try {
                    constants.put(field.getName(), field.getInt(null));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(field + " was made accessible", e);
                }
            }
        }
        return constants;
    }

    private static Map<String, Integer> values(List<String> headers, Map<String, Integer> wanted) throws IOException {
        Path folder = Files.createTempDirectory("headers");
        try {
            Map<String, Integer> names = new LinkedHashMap<>(wanted);
            Path program = folder.resolve("numbers");
            String errors = compile(folder, headers, names.keySet().stream());
            Matcher unknown = UNKNOWN_NAME.matcher(errors);
            while (unknown.find()) {
                names.remove(unknown.group(1) == null ? unknown.group(2) : unknown.group(1));
            }
            String remaining = errors.isEmpty() ? "" : compile(folder, headers, names.keySet().stream());
            if (!Files.exists(program)) {
                throw new AssertionError("cannot compile the kernel headers: " + remaining);
            }
            return run(List.of(program.toString()))
                    .lines()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
        } finally {
            delete(folder);
        }
    }

    /** Returns what the compiler complained about. */
    private static String compile(Path folder, List<String> headers, Stream<String> names) throws IOException {
        String includes = headers.stream()
                .map(header -> String.format("#if __has_include(<%s>)%n#include <%s>%n#endif%n", header, header))
                .collect(Collectors.joining());
        String prints = names.map(name -> String.format("  printf(\"%s %%d\\n\", (int) (%s));%n", name, name))
                .collect(Collectors.joining());
        Path source = folder.resolve("numbers.c");
        Files.writeString(source, "#include <stdio.h>\n" + includes + "int main(void) {\n" + prints + "}\n");
        return run(List.of("cc", "-o", folder.resolve("numbers").toString(), source.toString()));
    }

    private static String run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
        return output;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toArray(Path[]::new)) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "delete " + Arrays.toString(folder.toFile().list()), e);
        }
    }
}
