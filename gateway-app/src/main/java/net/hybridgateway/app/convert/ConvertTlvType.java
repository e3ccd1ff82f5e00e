package net.hybridgateway.app.convert;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The TLV types of RFC 8803 §6.2.2 (table 1). A number that is not listed here is kept in {@link UnknownTlv}; 0 is
 * reserved and never valid.
 */
public enum ConvertTlvType {
    INFO(1),
    CONNECT(10),
    EXTENDED_TCP_HEADER(20),
    SUPPORTED_TCP_EXTENSIONS(21),
    COOKIE(22),
    ERROR(30);

    /** Duplicate numbers would fail here, when the class is loaded. */
    private static final Map<Integer, ConvertTlvType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ConvertTlvType::number, Function.identity()));

    private final int number;

    ConvertTlvType(int number) {
        this.number = number;
    }

    /** The number on the wire, 1 to 255. */
    public int number() {
        return number;
    }

    /** The type with this number, or empty where RFC 8803 names none. */
    public static Optional<ConvertTlvType> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
