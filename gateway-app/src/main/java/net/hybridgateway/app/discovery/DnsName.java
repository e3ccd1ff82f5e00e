package net.hybridgateway.app.discovery;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** DNS names, as bytes and as text. */
final class DnsName {
    /** RFC 1035 §2.3.4, with all lengths and the final zero. */
    static final int MOST_BYTES = 255;

    private static final int LONGEST_LABEL = 63;

    /** Letters, digits and hyphens (RFC 1123 §2.1), and the underscore of service names. */
    private static final Pattern TEXT =
            Pattern.compile("(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
                    + "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

    private DnsName() {}

    /** The name without its final dot, in lower case; empty if the text is no name of a host or a domain. */
    static Optional<String> canonical(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return TEXT.matcher(name).matches() ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    static boolean isOfNameCharacters(int character) {
        return ('a' <= character && character <= 'z')
                || ('A' <= character && character <= 'Z')
                || ('0' <= character && character <= '9')
                || character == '-'
                || character == '_';
    }

    /**
     * Reads an option that is one name and nothing else, uncompressed.
     *
     * @throws RefusedLeaseException if it is not
     */
    static String readWhole(OptionBytes option) {
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (true) {
            if (at >= option.length()) {
                throw option.refuse(at, "the name has no end");
            }
            if (at >= MOST_BYTES) {
                throw option.refuse(at, "the name is longer than " + MOST_BYTES + " bytes");
            }
            int length = option.at(at);
            if (length == 0) {
                break;
            }
            if (length > LONGEST_LABEL) {
                throw option.refuse(at, "a label of " + length + " bytes; " + LONGEST_LABEL + " is the most");
            }
            if (length > option.length() - at - 1) {
                throw option.refuse(
                        at, "a label of " + length + " bytes, and " + (option.length() - at - 1) + " are left");
            }
            for (int i = at + 1; i <= at + length; i++) {
                if (!isOfNameCharacters(option.at(i))) {
                    throw option.refuse(i, String.format("0x%02x does not belong into a name", option.at(i)));
                }
                name.append((char) option.at(i));
            }
            name.append('.');
            at += 1 + length;
        }
        if (at == 0) {
            throw option.refuse(0, "the name is empty");
        }
        if (at + 1 != option.length()) {
            throw option.refuse(at + 1, (option.length() - at - 1) + " bytes behind the name");
        }
        return canonical(name.toString()).orElseThrow(() -> option.refuse(0, "'" + name + "' is no name of a host"));
    }
}
