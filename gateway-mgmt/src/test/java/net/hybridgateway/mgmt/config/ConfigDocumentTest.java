package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md says what the code does. */
class ConfigDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final Pattern CELLS = Pattern.compile(" *\\| *");

    static List<SectionType> sectionTypes() {
        return ConfigSchema.SECTIONS;
    }

    @ParameterizedTest
    @MethodSource("sectionTypes")
    void listsTheOptionsOfTheCodeWithDefaultsAndAllowedValues(SectionType type) throws IOException {
        List<String> documented = chapter(type.name())
                .lines()
                .dropWhile(line -> !line.startsWith("| option |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(ConfigDocumentTest::withoutMeaning)
                .toList();

        assertEquals(type.options().stream().map(ConfigDocumentTest::row).toList(), documented);
    }

    @Test
    void hasAChapterForEachSectionType() throws IOException {
        List<String> chapters = document()
                .lines()
                .filter(line -> line.matches("## [a-z_]+"))
                .map(line -> line.substring(3))
                .toList();
        assertEquals(ConfigSchema.SECTIONS.stream().map(SectionType::name).toList(), chapters);
    }

    @Test
    void namesWhatIsForLaterVersions() throws IOException {
        String chapter = chapter("Not available in this version");
        for (SectionType type : ConfigSchema.SECTIONS) {
            type.laterOptions().keySet().forEach(option -> assertTrue(chapter.contains("`" + option + "`"), option));
        }
    }

    @Test
    void beginsWithAFileThatIsAccepted() throws IOException {
        String example = chapter("The smallest useful file")
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        GatewayConfig config = ConfigReader.parse(DOCUMENT, example);
        assertEquals(2, config.uplinks().size());
        assertEquals(1, config.conversionPoints().size());
    }

    private static String row(ConfigOption<?> option) {
        String fallback =
                switch (option.presence()) {
                    case REQUIRED -> "required";
                    case DEFAULTED ->
                        Stream.of(option.list() ? option.fallback().split(", ", -1) : new String[] {option.fallback()})
                                .map(value -> "`" + value + "`")
                                .collect(Collectors.joining(", "));
                    case DERIVED -> option.fallback();
                    case OPTIONAL -> "none";
                };
        return "`" + option.name() + "`" + (option.list() ? " (list)" : "") + " | " + fallback + " | "
                + option.type().allowed();
    }

    private static String withoutMeaning(String row) {
        String[] cells = CELLS.split(row, -1);
        assertEquals(6, cells.length, row);
        assertTrue(cells[4].length() > 10, "no meaning: " + row);
        return String.join(" | ", List.of(cells).subList(1, 4));
    }

    private static String chapter(String title) throws IOException {
        String document = document();
        int start = document.indexOf("\n## " + title + "\n");
        assertTrue(start >= 0, "no chapter " + title);
        int end = document.indexOf("\n## ", start + 1);
        return document.substring(start, end < 0 ? document.length() : end);
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }
}
