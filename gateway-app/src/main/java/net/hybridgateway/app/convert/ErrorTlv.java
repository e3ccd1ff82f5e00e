package net.hybridgateway.app.convert;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Why a converter refuses (RFC 8803 §6.2.8). The value's meaning depends on the code; the methods below read it.
 *
 * @param number the code's number, 0 to 255; {@link #code} names it
 * @param value 1 to {@value #MAX_VALUE_BYTES} bytes, filled with zeroes up to the word boundary
 */
public record ErrorTlv(int number, ByteString value) implements ConvertTlv {
    static final int MAX_VALUE_BYTES = ConvertMessage.MAX_BYTES - 4 - 3;

    private static final ByteString ZERO = ByteString.ofOctets(0);

    public ErrorTlv {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("error code " + number + " is not in 0..255");
        }
        if (value.isEmpty() || value.length() > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "an error value has 1 to " + MAX_VALUE_BYTES + " bytes, this one has " + value.length());
        }
        value = value.padded(1);
    }

    /** Error 0 with the versions that this converter speaks. */
    public static ErrorTlv unsupportedVersion(int... versions) {
        return error(ConvertErrorCode.UNSUPPORTED_VERSION, ByteString.ofOctets(versions));
    }

    /** Error 1 with as much of the message as fits (figure 23). */
    public static ErrorTlv malformedMessage(ByteString message) {
        return error(ConvertErrorCode.MALFORMED_MESSAGE, echo(message));
    }

    /** Error 2 with as much of the message as fits (figure 23). */
    public static ErrorTlv unsupportedMessage(ByteString message) {
        return error(ConvertErrorCode.UNSUPPORTED_MESSAGE, echo(message));
    }

    /** Error 3 with the cookie that the client shall bring next time. */
    public static ErrorTlv missingCookie(ConvertCookie cookie) {
        return error(ConvertErrorCode.MISSING_COOKIE, ZERO.plus(cookie.bytes()));
    }

    /** Error 32. */
    public static ErrorTlv notAuthorized() {
        return error(ConvertErrorCode.NOT_AUTHORIZED, ZERO);
    }

    /** Error 33 with the kinds that cannot be used; at least one. */
    public static ErrorTlv unsupportedTcpOptions(Collection<Integer> kinds) {
        int[] octets = kinds.stream().mapToInt(Integer::intValue).toArray();
        return error(ConvertErrorCode.UNSUPPORTED_TCP_OPTION, ByteString.ofOctets(octets));
    }

    /** Error 64; 0 stands for at least 30 s. */
    public static ErrorTlv resourceExceeded(int delaySeconds) {
        return error(ConvertErrorCode.RESOURCE_EXCEEDED, octet("delay in seconds", delaySeconds));
    }

    /** Error 65; 0 stands for at least 30 s. */
    public static ErrorTlv networkFailure(int delaySeconds) {
        return error(ConvertErrorCode.NETWORK_FAILURE, octet("delay in seconds", delaySeconds));
    }

    /** Error 96: the server answered with RST. */
    public static ErrorTlv connectionReset() {
        return error(ConvertErrorCode.CONNECTION_RESET, ZERO);
    }

    /** Error 97 with the Code field of the ICMP message. */
    public static ErrorTlv destinationUnreachable(int icmpCode) {
        return error(ConvertErrorCode.DESTINATION_UNREACHABLE, octet("ICMP code", icmpCode));
    }

    public ConvertErrorCode code() {
        return ConvertErrorCode.of(number);
    }

    /** For error 0 (versions) and 33 (option kinds): the octets of the value that are not padding. */
    public SortedSet<Integer> listedOctets() {
        SortedSet<Integer> octets = new TreeSet<>();
        for (int at = 0; at < value.length(); at++) {
            if (value.at(at) != 0) {
                octets.add(value.at(at));
            }
        }
        return Collections.unmodifiableSortedSet(octets);
    }

    /** For error 3: the cookie, if there is one of a length that a Connect message can carry. */
    public Optional<ConvertCookie> cookie() {
        int bytes = value.length() - 1;
        return bytes >= 1 && bytes <= ConvertCookie.MAX_BYTES
                ? Optional.of(new ConvertCookie(value.from(1)))
                : Optional.empty();
    }

    /**
     * For errors 64 and 65: the suggested delay in seconds, 0 if none. RFC 8803 does not give the number's width. The
     * one byte of a one-word TLV is clear; in a longer value a first byte that is not zero is taken as the delay with
     * padding behind it, a zero as the alignment byte of figure 23 with a 32-bit number behind it.
     */
    public long delaySeconds() {
        if (value.at(0) != 0 || value.length() == 1) {
            return value.at(0);
        }
        return (long) value.shortAt(1) << 16 | value.shortAt(3);
    }

    /** For error 97: the Code field of the ICMP message, 0 to 255. Its Type is not transmitted. */
    public int icmpCode() {
        return value.at(0);
    }

    @Override
    public int typeNumber() {
        return ConvertTlvType.ERROR.number();
    }

    @Override
    public ByteString body() {
        return ByteString.ofOctets(number).plus(value);
    }

    static ErrorTlv decode(TlvFrame frame) {
        ByteString body = frame.body();
        return new ErrorTlv(body.at(0), body.from(1));
    }

    /** Hides the value where it is a cookie or may echo one. */
    @Override
    public String toString() {
        String shown =
                switch (code()) {
                    case MALFORMED_MESSAGE, UNSUPPORTED_MESSAGE, MISSING_COOKIE -> value.length() + " bytes";
                    default -> value.toString();
                };
        return "ErrorTlv[" + number + " " + code() + ", " + shown + "]";
    }

    private static ErrorTlv error(ConvertErrorCode code, ByteString value) {
        return new ErrorTlv(code.firstNumber(), value);
    }

    private static ByteString echo(ByteString message) {
        return ZERO.plus(message.slice(0, Math.min(message.length(), MAX_VALUE_BYTES - 1)));
    }

    private static ByteString octet(String what, int number) {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException(what + " " + number + " is not in 0..255");
        }
        return ByteString.ofOctets(number);
    }
}
