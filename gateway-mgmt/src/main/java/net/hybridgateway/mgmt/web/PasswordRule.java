package net.hybridgateway.mgmt.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which passwords may be chosen. Length is what counts (NIST SP 800-63B §5.1.1.2); no rule asks for odd characters. */
final class PasswordRule {
    static final int LEAST = 10;
    static final int MOST = 128;

    /** The first that anybody would try. */
    private static final Set<String> KNOWN_TO_ALL = Set.of(
            "password12",
            "password123",
            "passwordpassword",
            "1234567890",
            "0123456789",
            "12345678910",
            "qwertyuiop",
            "hybridgateway",
            "hybrid-gateway",
            "administrator");

    private PasswordRule() {}

    /** What is wrong with it, one sentence; empty if nothing. */
    static Optional<String> objection(String password) {
        int characters = password.codePointCount(0, password.length());
        if (characters < LEAST) {
            return Optional.of("Use at least " + LEAST + " characters: a few words are easy to remember.");
        }
        if (characters > MOST) {
            return Optional.of("Use at most " + MOST + " characters.");
        }
        if (password.chars().distinct().count() < 4 || KNOWN_TO_ALL.contains(password.toLowerCase(Locale.ROOT))) {
            return Optional.of("This is one of the first that anybody would try: choose another one.");
        }
        return Optional.empty();
    }
}
