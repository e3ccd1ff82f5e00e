package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/benchmarks.md}: one section for each part, between comments with the part's name, replaced as a whole. */
public final class BenchmarkPage {
    private static final Path FILE = Path.of("docs/benchmarks.md");
    private static final String HEAD = """
            # Benchmarks

            Measured by `sudo ./dev bench`, each section by its own command; `sudo ./dev bench NAME --write-docs` writes it anew.
            Figures are of one machine on one day; what lasts is the comparison within a run.
            """;

    private BenchmarkPage() {}

    /** Puts a part's section into the page; the page is made if it is not there. */
    public static void write(String part, String section) throws IOException {
        String page = Files.exists(FILE) ? Files.readString(FILE) : HEAD;
        Files.writeString(FILE, withSection(page, part, section));
    }

    static String withSection(String page, String part, String section) {
        String begin = "<!-- " + part + " -->\n";
        String end = "<!-- end of " + part + " -->\n";
        String whole = begin + section.strip() + "\n" + end;
        Matcher old = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(page);
        return old.find()
                ? page.substring(0, old.start()) + whole + page.substring(old.end())
                : page.stripTrailing() + "\n\n" + whole;
    }
}
