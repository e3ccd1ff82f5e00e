package net.hybridgateway.mgmt.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities as operators write them on their bills: a number and a decimal unit, as in {@code 20GB} or {@code 1.5mbit}. */
final class QuantityText {
    /** Bytes; {@code 1GB} is a thousand million. */
    static final QuantityText BYTES =
            new QuantityText(Map.of("kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L));

    /** Bits per second. */
    static final QuantityText BITS_PER_SECOND =
            new QuantityText(Map.of("kbit", 1_000L, "mbit", 1_000_000L, "gbit", 1_000_000_000L));

    /** So few digits that nothing overflows, and that no unit has parts of a byte or bit. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)([A-Za-z]{1,4})");

    private final Map<String, Long> units;

    private QuantityText(Map<String, Long> units) {
        this.units = units;
    }

    Optional<Long> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(units.get(matcher.group(2))).map(unit -> new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValueExact());
    }
}
