package net.hybridgateway.app.convert;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How far a converter's handshake with a client has come. */
public sealed interface ConvertServerOutcome {
    Kind kind();

    /** For an exhaustive {@code switch}. */
    enum Kind {
        NEED_MORE,
        CONNECT,
        INFO,
        REFUSE,
        IGNORE,
        RESET
    }

    /**
     * The request is not complete.
     *
     * @param bytes how many bytes may be read without touching user data, 1 to 1016
     */
    record NeedMore(int bytes) implements ConvertServerOutcome {
        @Override
        public Kind kind() {
            return Kind.NEED_MORE;
        }
    }

    /**
     * Connect to the server, then send {@link #acceptReply}, or an error with {@link Refuse#replyBytes} and close.
     *
     * @param target the server
     * @param options to be in the SYN besides the converter's own; those without value get one from the converter
     * @param extended true if the client sent an Extended Connect, even one with ignored options only
     * @param cookie what the client brought, checked if the converter demands one
     * @param announced what to announce in the reply, if the client also sent an Info TLV
     * @param messageBytes the length of the request, which is where user data starts in the stream
     */
    record Connect(
            InetSocketAddress target,
            List<TcpOption> options,
            boolean extended,
            Optional<ConvertCookie> cookie,
            Optional<SupportedTcpExtensionsTlv> announced,
            int messageBytes)
            implements ConvertServerOutcome {
        public Connect {
            Objects.requireNonNull(target);
            Objects.requireNonNull(cookie);
            Objects.requireNonNull(announced);
            options = List.copyOf(options);
        }

        /**
         * The reply that the server accepted: the header alone after a Base Connect, with the server's TCP options
         * after an Extended one (RFC 8803 §6.2.6).
         *
         * @param serverOptions the options of the server's SYN+ACK as they were on the wire, at most 40 bytes
         */
        public byte[] acceptReply(ByteString serverOptions) {
            List<ConvertTlv> tlvs = new ArrayList<>();
            announced.ifPresent(tlvs::add);
            if (extended) {
                tlvs.add(new ExtendedTcpHeaderTlv(serverOptions));
            }
            return new ConvertMessage(ConvertMessage.VERSION, tlvs).encode();
        }

        @Override
        public Kind kind() {
            return Kind.CONNECT;
        }
    }

    /** The client wants to know what this converter can convert: send the reply and close. */
    record Info(SupportedTcpExtensionsTlv announced) implements ConvertServerOutcome {
        public Info {
            Objects.requireNonNull(announced);
        }

        public byte[] replyBytes() {
            return ConvertMessage.of(announced).encode();
        }

        @Override
        public Kind kind() {
            return Kind.INFO;
        }
    }

    /**
     * Send the error and close, but not with RST (RFC 8803 §6.2.2): on Linux, closing with unread bytes in the socket
     * sends one, so read what the client still sends. Errors should be rate-limited (§6.2.5).
     */
    record Refuse(ErrorTlv error) implements ConvertServerOutcome {
        public Refuse {
            Objects.requireNonNull(error);
        }

        public byte[] replyBytes() {
            return ConvertMessage.of(error).encode();
        }

        @Override
        public Kind kind() {
            return Kind.REFUSE;
        }
    }

    /** Say nothing: these bytes were not for a converter (RFC 8803 §6). */
    record Ignore(ConvertException reason) implements ConvertServerOutcome {
        public Ignore {
            Objects.requireNonNull(reason);
        }

        @Override
        public Kind kind() {
            return Kind.IGNORE;
        }
    }

    /** Reset the connection (RFC 8803 §6.1). */
    record Reset(ConvertException reason) implements ConvertServerOutcome {
        public Reset {
            Objects.requireNonNull(reason);
        }

        @Override
        public Kind kind() {
            return Kind.RESET;
        }
    }
}
