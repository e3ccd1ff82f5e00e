package net.hybridgateway.lab.openwrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an init script asked of procd.
 *
 * @param words what followed each of the requests, by its first word
 */
public record ProcdRequests(Map<String, List<String>> words) {
    /** Reads the lines that the stand-in for procd writes. */
    public static ProcdRequests parse(String text) {
        Map<String, List<String>> words = new TreeMap<>();
        for (String line : text.lines().toList()) {
            List<String> parts = Arrays.asList(line.split("\t", -1));
            if (words.put(parts.get(0), parts.subList(1, parts.size())) != null) {
                throw new IllegalArgumentException("asked for twice: " + line);
            }
        }
        return new ProcdRequests(words);
    }

    /** The only word behind a request. */
    public String value(String request) {
        List<String> values = words.getOrDefault(request, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException(request + ": " + values);
        }
        return values.get(0);
    }

    /** How procd would start the instance: with these limits, by ujail, because there is a jail. */
    public List<String> commandLine(String ujail) {
        StringBuilder limits = new StringBuilder();
        for (String limit : words.getOrDefault("limits", List.of())) {
            // As procd does it: what the machine does not grant is passed over.
            limits.append("prlimit --pid $$ --").append(limit.replace(' ', ':')).append(" 2> /dev/null; ");
        }
        List<String> line = new ArrayList<>(List.of("sh", "-c", limits + "exec \"$@\"", "procd"));
        line.addAll(List.of(ujail, "-n", value("jail"), "-U", value("user"), "-G", value("group")));
        line.addAll(List.of("-C", value("capabilities")));
        if (value("no_new_privs").equals("1")) {
            line.add("-c");
        }
        line.add("--");
        line.addAll(words.get("command"));
        return line;
    }
}
