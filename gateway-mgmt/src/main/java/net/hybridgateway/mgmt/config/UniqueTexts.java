package net.hybridgateway.mgmt.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Texts that may stand only once in a file, such as the names of uplinks; a second one is reported. */
final class UniqueTexts {
    private final Problems problems;
    private final Map<String, String> owners = new HashMap<>();

    UniqueTexts(Problems problems) {
        this.problems = problems;
    }

    /**
     * Takes {@code text} for {@code owner} ("section uplink 'fixed'"), or reports who has it already.
     *
     * @param what what the text is: "device"
     */
    void claim(String text, String what, String owner, int line) {
        String first = owners.putIfAbsent(text, owner + " (line " + line + ")");
        if (first != null) {
            problems.add(line, what + " " + Problems.quoted(text) + " is already that of " + first);
        }
    }

    /** Who has {@code text}: "section uplink 'fixed' (line 7)". */
    Optional<String> owner(String text) {
        return Optional.ofNullable(owners.get(text));
    }
}
