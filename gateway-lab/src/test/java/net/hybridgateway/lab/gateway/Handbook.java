package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.LabException;

/** The examples of a page in docs/: what the tests run is what operators read. */
public final class Handbook {
    private static final String INDENT = "    ";
    private static final Pattern REQUEST = Pattern.compile("\\{\"command\":");
    private static final Pattern CALL = Pattern.compile("`hybrid-gateway ([^`]+)`");

    private final Path page;
    private final List<String> lines;

    private Handbook(Path page, List<String> lines) {
        this.page = page;
        this.lines = lines;
    }

    /** The page with this file name. */
    public static Handbook page(String name) {
        Path page = Path.of("../docs", name);
        try {
            return new Handbook(page, Files.readAllLines(page));
        } catch (IOException e) {
            throw new LabException("cannot read " + page, e);
        }
    }

    /** The lines of the first example that begins like this, without the indent. */
    public List<String> example(String beginning) {
        return examples().stream()
                .filter(example -> example.startsWith(beginning))
                .findFirst()
                .map(example -> example.lines().toList())
                .orElseThrow(() -> new LabException(page + " has no example that begins with '" + beginning + "'"));
    }

    /** What is indented, as far as nothing else comes between. */
    private List<String> examples() {
        List<String> examples = new ArrayList<>();
        StringJoiner current = new StringJoiner("\n");
        for (String line : (Iterable<String>) Stream.concat(lines.stream(), Stream.of(""))::iterator) {
            if (line.startsWith(INDENT)) {
                current.add(line.substring(INDENT.length()));
            } else if (current.length() > 0) {
                examples.add(current.toString());
                current = new StringJoiner("\n");
            }
        }
        return examples;
    }

    /** The configuration after the comment {@code # dnsmasq: WHAT}. */
    static String dnsmasq(String what) {
        return String.join("\n", page("discovery.md").example("# dnsmasq: " + what)) + "\n";
    }

    /** Every request to the control socket, in the order of the page, each on one line. */
    List<String> requests() {
        String text = String.join("\n", lines);
        List<String> requests = new ArrayList<>();
        Matcher start = REQUEST.matcher(text);
        while (start.find()) {
            int end = start.start();
            int depth = 0;
            do {
                char next = text.charAt(end++);
                depth += next == '{' ? 1 : next == '}' ? -1 : 0;
            } while (depth > 0);
            requests.add(text.substring(start.start(), end).replaceAll("\n *", ""));
        }
        return requests;
    }

    /** What the page calls the program with. */
    public List<String> calls() {
        return List.copyOf(new TreeSet<>(CALL.matcher(String.join("\n", lines))
                .results()
                .map((MatchResult call) -> call.group(1))
                .toList()));
    }
}
