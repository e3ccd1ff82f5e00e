package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the page. */
class AssetsTest {
    private static final Path FOLDER = Path.of("src/main/resources/net/hybridgateway/mgmt/web/page");
    private static final Pattern IMPORT = Pattern.compile("from \"\\./([a-z]+\\.js)\"");

    private final Assets assets = Assets.ofJar();

    @Test
    void listsEachFileAndNoOther() throws IOException {
        Set<String> listed = new TreeSet<>(Assets.paths());
        for (String page : List.of("/first.html", "/login.html", "/gateway.html")) {
            listed.add(page);
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(
                    files.map(file -> "/" + file.getFileName()).collect(Collectors.toCollection(TreeSet::new)), listed);
        }
        Assets.paths().forEach(path -> assertFalse(assets.file(path).text().isEmpty(), path));
    }

    @Test
    void showsWhoIsNotLoggedInNothingThatNeedsMore() throws IOException {
        for (String path : Assets.paths()) {
            if (assets.audience(path).orElseThrow() == Assets.Audience.EVERYBODY) {
                Matcher imports = IMPORT.matcher(assets.file(path).text());
                while (imports.find()) {
                    assertEquals(
                            Assets.Audience.EVERYBODY,
                            assets.audience("/" + imports.group(1)).orElseThrow(),
                            path + " imports " + imports.group(1));
                }
            }
        }
    }

    @Test
    void fetchesNothingFromElsewhereAndHasNothingInline() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
                assertFalse(text.contains("http://") || text.contains("https://"), file + " names another host");
                assertFalse(text.contains("innerHTML") || text.contains("insertAdjacentHTML"), file + " parses HTML");
                if (file.toString().endsWith(".html")) {
                    assertFalse(text.contains("style=") || text.contains("<style"), file + " has inline style");
                    assertTrue(text.contains("lang=\"en\""), file + " does not say its language");
                    assertFalse(
                            Pattern.compile("<script(?![^>]* src=)")
                                    .matcher(text)
                                    .find(),
                            file + " has inline script");
                }
            }
        }
    }
}
