package net.hybridgateway.app.convert;

import java.util.Objects;

/**
 * A Convert message that breaks a rule of RFC 8803, either received or about to be built. It says what broke, where,
 * and what each role has to do about it.
 */
public final class ConvertException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int NOWHERE = -1;

    private final Fault fault;
    private final int offset;

    /** Null after deserialization only, for which there is no use here. */
    private final transient ByteString message;

    private ConvertException(Fault fault, ByteString message, int offset, String detail) {
        super(offset == NOWHERE ? fault + ": " + detail : fault + " at byte " + offset + ": " + detail);
        this.fault = Objects.requireNonNull(fault);
        this.message = message;
        this.offset = offset;
    }

    /** A rule broken by what we were about to send. */
    static ConvertException building(Fault fault, String detail) {
        return new ConvertException(fault, ByteString.EMPTY, NOWHERE, detail);
    }

    /**
     * A rule broken by what we received.
     *
     * @param message what arrived so far; the converter echoes it
     * @param offset where in it the fault lies
     */
    static ConvertException received(Fault fault, ByteString message, int offset, String detail) {
        return new ConvertException(fault, message, offset, detail);
    }

    public Fault fault() {
        return fault;
    }

    /** What a client does: it always resets its connection to the converter, or does not open one. */
    public ClientReaction clientReaction() {
        return offset == NOWHERE ? ClientReaction.DO_NOT_CONVERT : ClientReaction.RESET;
    }

    /** What a converter does that received this. */
    public ConverterReaction converterReaction() {
        return switch (fault.answer) {
            case IGNORE -> new ConverterReaction.Ignore();
            case RESET -> new ConverterReaction.Reset();
            case UNSUPPORTED_VERSION ->
                new ConverterReaction.SendError(ErrorTlv.unsupportedVersion(ConvertMessage.VERSION));
            case MALFORMED -> new ConverterReaction.SendError(ErrorTlv.malformedMessage(echoed()));
            case UNSUPPORTED -> new ConverterReaction.SendError(ErrorTlv.unsupportedMessage(echoed()));
        };
    }

    private ByteString echoed() {
        return message == null ? ByteString.EMPTY : message;
    }

    /** What a client does about a fault. */
    public enum ClientReaction {
        /** Reset the connection to the converter (RFC 8803 §6.1, §6.2.1, §6.2.2). */
        RESET,
        /** The request cannot be expressed: the connection has to do without a converter. */
        DO_NOT_CONVERT
    }

    /** The rules that can be broken. */
    public enum Fault {
        /** Not 0x2263: no Convert message at all (§6, §8). */
        WRONG_MAGIC(Answer.IGNORE),
        /** The header is one of Convert, but of another version than 1; 0 is reserved (§6.1). */
        UNSUPPORTED_VERSION(Answer.UNSUPPORTED_VERSION),
        /** Total Length 0 (§6.1). */
        ZERO_TOTAL_LENGTH(Answer.RESET),
        /** The stream ended within the message. */
        TRUNCATED(Answer.IGNORE),
        /** TLV type 0 (§6.2.2). */
        RESERVED_TLV_TYPE(Answer.UNSUPPORTED),
        /** TLV length 0; a reader that skipped it would never end. */
        ZERO_TLV_LENGTH(Answer.MALFORMED),
        /** A TLV reaches beyond Total Length (§9). */
        TLV_BEYOND_MESSAGE(Answer.MALFORMED),
        /** The same TLV type twice (§6.2.1). */
        DUPLICATE_TLV(Answer.MALFORMED),
        /** A length that this TLV type cannot have. */
        WRONG_TLV_LENGTH(Answer.MALFORMED),
        /** Multicast, broadcast, loopback or unspecified (§6.2.5). */
        FORBIDDEN_ADDRESS(Answer.MALFORMED),
        /** A TCP option in a Connect TLV that is too short or reaches beyond it. */
        MALFORMED_TCP_OPTION(Answer.MALFORMED),
        /** A TLV that this side does not expect from the other one, or a converter does not know (§6.2.8). */
        UNEXPECTED_TLV(Answer.UNSUPPORTED),
        /** A client's header without any TLV; to be ignored (§6). */
        NO_TLV(Answer.IGNORE),
        /** A client's message that asks for nothing. */
        NO_REQUEST(Answer.MALFORMED),
        /** An Info TLV answered without MPTCP in the list, which a converter for MPTCP must announce (§7.5). */
        MPTCP_NOT_ANNOUNCED(Answer.IGNORE),
        /** More than 255 words. */
        TOO_LONG(Answer.MALFORMED);

        private final Answer answer;

        Fault(Answer answer) {
            this.answer = answer;
        }
    }

    private enum Answer {
        IGNORE,
        RESET,
        UNSUPPORTED_VERSION,
        MALFORMED,
        UNSUPPORTED
    }
}
