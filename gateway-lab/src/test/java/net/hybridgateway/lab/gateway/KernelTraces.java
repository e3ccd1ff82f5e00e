package net.hybridgateway.lab.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/**
 * All that the product may change in a namespace, to be compared before and after.
 *
 * @param parts what each program printed, by its command, lines sorted
 */
public record KernelTraces(Map<String, String> parts) {
    private static final String[][] QUESTIONS = {
        {"nft", "-s", "list", "ruleset"},
        {"ip", "-4", "rule"},
        {"ip", "-6", "rule"},
        {"ip", "-4", "route", "show", "table", "all"},
        {"ip", "-6", "route", "show", "table", "all"},
        {"ip", "mptcp", "endpoint"},
        {"ip", "mptcp", "limits"},
        {"sysctl", "-a", "-r", "^net\\.(mptcp|bridge|ipv[46]\\.(conf|tcp_|ip_))"},
    };

    /** What is there now. */
    public static KernelTraces of(Node node) {
        Map<String, String> parts = new TreeMap<>();
        for (String[] question : QUESTIONS) {
            parts.put(
                    String.join(" ", question),
                    node.run(question)
                            .lines()
                            // Their numbers move by themselves.
                            .filter(line -> !line.contains("tcp_fastopen_key") && !line.contains("blackhole"))
                            .sorted()
                            .collect(Collectors.joining("\n")));
        }
        return new KernelTraces(parts);
    }

    /** What is there when nothing has changed for a second. */
    static KernelTraces settled(Node node) {
        KernelTraces traces = of(node);
        KernelTraces before = null;
        while (!traces.equals(before)) {
            before = traces;
            Pause.of(Duration.ofSeconds(1));
            traces = of(node);
        }
        return traces;
    }

    @Override
    public String toString() {
        return parts.entrySet().stream()
                .map(part -> "# " + part.getKey() + "\n" + part.getValue())
                .collect(Collectors.joining("\n"));
    }
}
