package net.hybridgateway.app.convert;

import java.util.Objects;
import java.util.Optional;

/** How far a client's handshake with a converter has come. */
public sealed interface ConvertClientOutcome {
    Kind kind();

    /** For an exhaustive {@code switch}. */
    enum Kind {
        NEED_MORE,
        ACCEPTED,
        REFUSED,
        NOT_CONVERT
    }

    /**
     * The reply is not complete.
     *
     * @param bytes how many bytes may be read without touching the server's data, 1 to 1016
     */
    record NeedMore(int bytes) implements ConvertClientOutcome {
        @Override
        public Kind kind() {
            return Kind.NEED_MORE;
        }
    }

    /**
     * The converter is connected to the server (or answered an Info request); what follows in the stream is the
     * server's data and stays in the buffer given to {@link ConvertClientHandshake#feed}.
     *
     * @param supportedExtensions what the converter can convert, if it said so
     * @param extendedTcpHeader the server's TCP options, if the converter returned them; it must do so only after an
     *     Extended Connect, may leave it out then (not fatal), and may add it unasked
     * @param messageBytes the length of the reply, which is where the server's data starts in the stream
     */
    record Accepted(
            Optional<SupportedTcpExtensionsTlv> supportedExtensions,
            Optional<ExtendedTcpHeaderTlv> extendedTcpHeader,
            int messageBytes)
            implements ConvertClientOutcome {
        public Accepted {
            Objects.requireNonNull(supportedExtensions);
            Objects.requireNonNull(extendedTcpHeader);
        }

        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /** The converter sent an Error TLV. The connection to it must be reset (RFC 8803 §6.2.8). */
    record Refused(ErrorTlv error, ConvertReaction reaction, ConvertRequest request) implements ConvertClientOutcome {
        public Refused {
            Objects.requireNonNull(error);
            Objects.requireNonNull(reaction);
            Objects.requireNonNull(request);
        }

        Refused(ErrorTlv error, ConvertRequest request) {
            this(error, ConvertReaction.to(error, request), request);
        }

        public ConvertErrorCode code() {
            return error.code();
        }

        /** What to ask on a new connection to the same converter, or empty if it should not be asked again. */
        public Optional<ConvertRequest> retry() {
            return request.retry(reaction);
        }

        /**
         * True if LAN data that was sent along may be sent once more, directly or at the next attempt, without the
         * server getting it twice.
         */
        public boolean guaranteesNoUserDataAtServer() {
            return error.code().guaranteesNoUserDataAtServer();
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /**
     * The reply is no valid Convert message: wrong bytes, a broken rule, or a stream that ended too early. The
     * connection must be reset, and the converter not be used until it is seen well again, for this is how a middlebox
     * that eats Convert messages looks (RFC 8803 §8). Whether the server got user data is unknown.
     */
    record NotConvert(ConvertException reason) implements ConvertClientOutcome {
        public NotConvert {
            Objects.requireNonNull(reason);
        }

        @Override
        public Kind kind() {
            return Kind.NOT_CONVERT;
        }
    }
}
