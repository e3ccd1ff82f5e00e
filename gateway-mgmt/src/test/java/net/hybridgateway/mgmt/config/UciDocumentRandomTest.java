package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random documents and random changes: after each change the document says what it should, all else that it said it still
 * says, and of the lines that the change does not concern none differs in a single byte.
 */
class UciDocumentRandomTest {
    private static final Path FILE = Path.of("f");
    private static final int DOCUMENTS = 3_000;
    private static final List<String> TYPES = List.of("uplink", "rule", "gateway");
    private static final List<String> OPTIONS = List.of("device", "kind", "use", "dest_port");
    private static final List<String> VALUES = List.of(
            "a", "wan0", "two words", "it's", "say \"hi\"", "back\\slash", "#no comment", "a;b", "ü", "x".repeat(40));

    @Test
    void changesWhatItShouldAndNothingElse() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            String text = document(random);
            UciDocument document = UciDocument.parse(FILE, text);
            for (int change = 0; change < 6; change++) {
                document = changed(document, random, "seed " + seed + ", change " + change);
            }
        }
    }

    private static UciDocument changed(UciDocument before, Random random, String what) {
        if (before.sections().isEmpty() || random.nextInt(8) == 0) {
            UciDocument after = before.add("rule", "new" + before.sections().size() + random.nextInt(1_000_000));
            assertTrue(after.text().startsWith(before.text()), what);
            assertEquals(before.sections().size() + 1, after.sections().size(), what);
            return after;
        }
        UciDocument.Section section = any(before.sections(), random);
        if (random.nextInt(8) == 0) {
            UciDocument after = before.remove(section.type(), section.name());
            assertEquals(without(before, section), meaning(after), what + "\n" + before.text());
            assertLinesKept(before, after, section, what);
            return after;
        }
        String option = any(OPTIONS, random);
        boolean list = random.nextBoolean();
        List<String> values = new ArrayList<>();
        for (int count = random.nextInt(list ? 4 : 2); count > 0; count--) {
            values.add(any(VALUES, random));
        }
        UciDocument after = before.set(section.type(), section.name(), option, list, values);
        List<Map<String, List<String>>> wanted = meaning(before);
        Map<String, List<String>> changed = wanted.get(before.sections().indexOf(section));
        if (values.isEmpty()) {
            changed.remove(option);
        } else {
            changed.put(option, values);
        }
        assertEquals(
                sorted(wanted), sorted(meaning(UciDocument.parse(FILE, after.text()))), what + "\n" + before.text());
        assertLinesKept(before, after, section, what);
        return after;
    }

    /** All lines outside the section are there still, in their order. */
    private static void assertLinesKept(
            UciDocument before, UciDocument after, UciDocument.Section section, String what) {
        List<String> left = new ArrayList<>(after.text().lines().toList());
        List<String> lines = before.text().lines().toList();
        int from = section.line();
        int to = section.entries().stream()
                .mapToInt(UciDocument.Entry::line)
                .max()
                .orElse(from);
        int at = 0;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if ((number < from || number > to) && !line.isBlank() && line.indexOf(';') < 0) {
                int found = left.subList(at, left.size()).indexOf(line);
                assertTrue(found >= 0, what + ": line " + number + " was changed: " + line + "\n" + after.text());
                at += found + 1;
            }
        }
    }

    private static List<Map<String, List<String>>> without(UciDocument document, UciDocument.Section section) {
        List<Map<String, List<String>>> rest = meaning(document);
        rest.remove(document.sections().indexOf(section));
        return rest;
    }

    private static List<Map<String, List<String>>> meaning(UciDocument document) {
        List<Map<String, List<String>>> sections = new ArrayList<>();
        for (UciDocument.Section section : document.sections()) {
            Map<String, List<String>> options = new LinkedHashMap<>();
            section.options().forEach(option -> options.put(option.name(), option.values()));
            sections.add(options);
        }
        return sections;
    }

    private static List<Map<String, List<String>>> sorted(List<Map<String, List<String>>> sections) {
        return sections.stream()
                .<Map<String, List<String>>>map(java.util.TreeMap::new)
                .toList();
    }

    private static String document(Random random) {
        StringBuilder text = new StringBuilder();
        for (int sections = random.nextInt(6); sections > 0; sections--) {
            noise(text, random);
            text.append(any(List.of("config ", "config\t", "  config  "), random))
                    .append(any(TYPES, random));
            if (random.nextBoolean()) {
                text.append(" 's").append(sections).append('\'');
            }
            end(text, random);
            List<String> options = new ArrayList<>(OPTIONS);
            for (int lines = random.nextInt(4); lines > 0; lines--) {
                String name = options.remove(random.nextInt(options.size()));
                boolean list = random.nextInt(3) == 0;
                for (int values = list ? 1 + random.nextInt(3) : 1; values > 0; values--) {
                    noise(text, random);
                    text.append(any(List.of("\t", "    ", ""), random))
                            .append(list ? "list " : "option ")
                            .append(name)
                            .append(' ')
                            .append(written(any(VALUES, random), random));
                    end(text, random);
                }
            }
        }
        noise(text, random);
        return text.toString();
    }

    private static String written(String value, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "'" + value.replace("'", "'\\''") + "'";
            case 1 -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            default -> value.replaceAll("([^A-Za-z0-9])", "\\\\$1");
        };
    }

    private static void noise(StringBuilder text, Random random) {
        text.append(any(List.of("", "", "", "\n", "# a remark\n", "   # 'open \"\n", "\n\n"), random));
    }

    private static void end(StringBuilder text, Random random) {
        text.append(any(List.of("\n", "\n", "\n", " # why\n", "  \n", "\t#\n", "; \n", ";"), random));
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
