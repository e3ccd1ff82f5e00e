package net.hybridgateway.app.convert;

import java.util.Arrays;

/**
 * The error codes of RFC 8803 §6.2.8 (table 2). A number without a name falls into the {@code OTHER_} constant of its
 * class; the number itself stays in {@link ErrorTlv#number}.
 */
public enum ConvertErrorCode {
    UNSUPPORTED_VERSION(0, 0),
    MALFORMED_MESSAGE(1, 1),
    UNSUPPORTED_MESSAGE(2, 2),
    MISSING_COOKIE(3, 3),
    NOT_AUTHORIZED(32, 32),
    UNSUPPORTED_TCP_OPTION(33, 33),
    RESOURCE_EXCEEDED(64, 64),
    NETWORK_FAILURE(65, 65),
    CONNECTION_RESET(96, 96),
    DESTINATION_UNREACHABLE(97, 97),
    OTHER_MESSAGE_ERROR(4, 31),
    OTHER_CLIENT_ERROR(34, 63),
    OTHER_CONVERTER_ERROR(66, 95),
    OTHER_DESTINATION_ERROR(98, 127),
    /** 128 to 191 by specification, 192 to 255 for private use: of no class. */
    UNCLASSIFIED(128, 255);

    private static final ConvertErrorCode[] BY_NUMBER = new ConvertErrorCode[256];

    static {
        for (ConvertErrorCode code : values()) {
            for (int number = code.first; number <= code.last; number++) {
                if (BY_NUMBER[number] != null) {
                    throw new AssertionError(code + " and " + BY_NUMBER[number] + " share " + number);
                }
                BY_NUMBER[number] = code;
            }
        }
        if (Arrays.asList(BY_NUMBER).contains(null)) {
            throw new AssertionError("an error code has no constant");
        }
    }

    private final int first;
    private final int last;

    ConvertErrorCode(int first, int last) {
        this.first = first;
        this.last = last;
    }

    /**
     * The constant that this number belongs to.
     *
     * @param number 0 to 255
     */
    public static ConvertErrorCode of(int number) {
        return BY_NUMBER[number];
    }

    /** The only number of a named code, the lowest one of an {@code OTHER_} constant. */
    public int firstNumber() {
        return first;
    }

    /**
     * True if the converter refused before it had a connection to the server, and so cannot have handed it any user
     * data: errors of the message, of the client and of the converter itself. What the LAN host already sent may then
     * be sent again over a direct connection.
     */
    public boolean guaranteesNoUserDataAtServer() {
        return last <= 95;
    }
}
