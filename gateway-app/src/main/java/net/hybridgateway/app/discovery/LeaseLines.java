package net.hybridgateway.app.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A lease file as the hooks write it, taken apart but not yet understood:
 *
 * <pre>
 * hybrid-gateway lease 1
 * KEY=VALUE              each key once, but for option
 * option=CODE:HEX        each code once
 * end
 * </pre>
 *
 * @param values by key
 * @param options by code
 */
record LeaseLines(Map<String, Field> values, Map<Integer, Field> options) {
    /** A hook writes some 8 KiB at most. */
    static final int MOST_BYTES = 16 * 1024;

    static final String FIRST_LINE = "hybrid-gateway lease 1";
    static final String LAST_LINE = "end";
    /** What a hook writes in place of a value that is too long or has characters that don't belong. */
    static final String UNFIT = "?";

    private static final int MOST_OPTIONS = 64;
    private static final int MOST_KEYS = 16;

    /**
     * A value and where it stands.
     *
     * @param offset of its first byte in the file
     */
    record Field(String key, String text, int offset) {
        RefusedLeaseException refuse(String reason) {
            return new RefusedLeaseException(key + " (byte " + offset + " of the file): " + reason);
        }
    }

    LeaseLines {
        values = Map.copyOf(values);
        options = Map.copyOf(options);
    }

    /**
     * Takes a file apart.
     *
     * @throws RefusedLeaseException if it is not of this form
     */
    static LeaseLines of(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new RefusedLeaseException("longer than " + MOST_BYTES + " bytes");
        }
        for (int i = 0; i < file.length; i++) {
            if (file[i] != '\n' && (file[i] < ' ' || file[i] > '~')) {
                throw new RefusedLeaseException(
                        String.format("byte %d is 0x%02x, which is no printable character", i, file[i] & 0xFF));
            }
        }
        String text = new String(file, StandardCharsets.US_ASCII);
        if (!text.startsWith(FIRST_LINE + "\n")) {
            throw new RefusedLeaseException("byte 0: does not begin with '" + FIRST_LINE + "'");
        }
        if (!text.endsWith("\n" + LAST_LINE + "\n")) {
            throw new RefusedLeaseException(
                    "byte " + file.length + ": does not end with '" + LAST_LINE + "', so something is missing");
        }
        return of(fields(text));
    }

    private static List<Field> fields(String text) {
        List<Field> fields = new ArrayList<>();
        int end = text.length() - LAST_LINE.length() - 1;
        for (int at = FIRST_LINE.length() + 1; at < end; ) {
            int lineEnd = text.indexOf('\n', at);
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals > lineEnd) {
                throw new RefusedLeaseException("byte " + at + ": a line without '='");
            }
            fields.add(new Field(text.substring(at, equals), text.substring(equals + 1, lineEnd), equals + 1));
            if (fields.size() > MOST_OPTIONS + MOST_KEYS) {
                throw new RefusedLeaseException("byte " + at + ": more than " + (MOST_OPTIONS + MOST_KEYS) + " lines");
            }
            at = lineEnd + 1;
        }
        return fields;
    }

    private static LeaseLines of(List<Field> fields) {
        Map<String, Field> values = new HashMap<>();
        Map<Integer, Field> options = new TreeMap<>();
        for (Field field : fields) {
            if (field.text().equals(UNFIT)) {
                throw field.refuse("the server's value is too long or has characters that don't belong there");
            }
            if (field.key().equals("option")) {
                addOption(options, field);
            } else if (values.putIfAbsent(field.key(), field) != null) {
                throw field.refuse("it is there twice");
            }
        }
        return new LeaseLines(values, options);
    }

    private static void addOption(Map<Integer, Field> options, Field field) {
        int colon = field.text().indexOf(':');
        if (colon < 0 || !field.text().substring(0, colon).matches("[0-9]{1,3}")) {
            throw field.refuse("no code and colon before the bytes");
        }
        int code = Integer.parseInt(field.text().substring(0, colon));
        Field bytes = new Field("option " + code, field.text().substring(colon + 1), field.offset() + colon + 1);
        if (code > 254) {
            throw bytes.refuse("there is no such option in DHCPv4");
        }
        if (options.putIfAbsent(code, bytes) != null) {
            throw bytes.refuse("it is there twice");
        }
    }

    /** The value, which must be there. */
    Field required(String key) {
        return Optional.ofNullable(values.get(key))
                .orElseThrow(() -> new RefusedLeaseException("there is no line '" + key + "='"));
    }

    /** The value; empty also if it is there and blank. */
    Optional<Field> optional(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(field -> !field.text().isBlank());
    }

    Optional<Field> option(int code) {
        return Optional.ofNullable(options.get(code));
    }
}
