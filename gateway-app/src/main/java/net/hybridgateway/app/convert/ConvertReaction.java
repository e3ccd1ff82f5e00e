package net.hybridgateway.app.convert;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a client does about an error from a converter, besides resetting its connection to it, which RFC 8803 §6.2.8
 * always demands.
 */
public sealed interface ConvertReaction {
    /** What errors 64 and 65 mean by a delay of 0: "at least 30 seconds". */
    Duration DEFAULT_DELAY = Duration.ofSeconds(30);

    /** A converter may not send us away for longer than this; its delay field could say 136 years. */
    Duration MAX_DELAY = Duration.ofHours(1);

    Kind kind();

    /** True if this speaks against the converter rather than against the server or the request. */
    default boolean countsAgainstConverter() {
        return kind() == Kind.AVOID_CONVERTER || kind() == Kind.CONVERTER_UNUSABLE;
    }

    /** True if this connection should go on without the converter, as far as {@link ConvertErrorCode} allows it. */
    default boolean servesDirectly() {
        return countsAgainstConverter();
    }

    /** For an exhaustive {@code switch}. */
    enum Kind {
        RESET_LAN,
        RETRY_WITH_COOKIE,
        RETRY_WITHOUT_COOKIE,
        RETRY_WITHOUT_OPTIONS,
        AVOID_CONVERTER,
        CONVERTER_UNUSABLE
    }

    /** The server refused or cannot be reached: the LAN host sees a RST, as it would have without us. */
    record ResetLan() implements ConvertReaction {
        @Override
        public Kind kind() {
            return Kind.RESET_LAN;
        }
    }

    /** Keep the cookie and connect again with it. */
    record RetryWithCookie(ConvertCookie cookie) implements ConvertReaction {
        public RetryWithCookie {
            Objects.requireNonNull(cookie);
        }

        @Override
        public Kind kind() {
            return Kind.RETRY_WITH_COOKIE;
        }
    }

    /**
     * Forget the cookie that was sent and connect again without it. A cookie is bound to the client's address, so it
     * goes stale with every new lease; the converter will hand out a new one.
     */
    record RetryWithoutCookie() implements ConvertReaction {
        @Override
        public Kind kind() {
            return Kind.RETRY_WITHOUT_COOKIE;
        }
    }

    /** Connect again without the options of these kinds. */
    record RetryWithoutOptions(SortedSet<Integer> kinds) implements ConvertReaction {
        public RetryWithoutOptions {
            kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
        }

        @Override
        public Kind kind() {
            return Kind.RETRY_WITHOUT_OPTIONS;
        }
    }

    /** Open no new connection through this converter for {@code delay}, {@link #MAX_DELAY} at most. */
    record AvoidConverter(Duration delay) implements ConvertReaction {
        public AvoidConverter {
            delay = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
        }

        @Override
        public Kind kind() {
            return Kind.AVOID_CONVERTER;
        }
    }

    /**
     * This converter will not serve us until something changes.
     *
     * @param perhapsOnlyThisTarget true for errors that a converter may also give for one server alone: "malformed" for
     *     an address that only it knows to be a broadcast address, "not authorized" for hairpinning or a forbidden
     *     destination. A LAN host could then take the converter from all others by one connection, so such an error
     *     should be confirmed with {@link ConvertRequest#info} before the converter is given up.
     */
    record ConverterUnusable(boolean perhapsOnlyThisTarget) implements ConvertReaction {
        @Override
        public Kind kind() {
            return Kind.CONVERTER_UNUSABLE;
        }
    }

    /** The reaction to {@code error} as the answer to {@code request}. */
    static ConvertReaction to(ErrorTlv error, ConvertRequest request) {
        return switch (error.code()) {
            case UNSUPPORTED_VERSION -> toUnsupportedVersion(error);
            case MALFORMED_MESSAGE, OTHER_CLIENT_ERROR -> new ConverterUnusable(true);
            case UNSUPPORTED_MESSAGE, OTHER_MESSAGE_ERROR -> new ConverterUnusable(false);
            case MISSING_COOKIE -> toMissingCookie(error, request);
            case NOT_AUTHORIZED -> toNotAuthorized(request);
            case UNSUPPORTED_TCP_OPTION -> toUnsupportedOption(error, request);
            case RESOURCE_EXCEEDED, NETWORK_FAILURE ->
                new AvoidConverter(
                        error.delaySeconds() == 0 ? DEFAULT_DELAY : Duration.ofSeconds(error.delaySeconds()));
            case OTHER_CONVERTER_ERROR -> new AvoidConverter(DEFAULT_DELAY);
            case CONNECTION_RESET, DESTINATION_UNREACHABLE, OTHER_DESTINATION_ERROR -> new ResetLan();
            // Of no class, so nothing is known about the server: like a trouble of the converter.
            case UNCLASSIFIED -> new AvoidConverter(DEFAULT_DELAY);
        };
    }

    /** A converter that refuses the version that it says it speaks is in trouble, perhaps being replaced. */
    private static ConvertReaction toUnsupportedVersion(ErrorTlv error) {
        return error.listedOctets().contains(ConvertMessage.VERSION)
                ? new AvoidConverter(DEFAULT_DELAY)
                : new ConverterUnusable(false);
    }

    private static ConvertReaction toMissingCookie(ErrorTlv error, ConvertRequest request) {
        Optional<ConvertCookie> usable = error.cookie()
                .filter(request::hasRoomFor)
                .filter(offered -> !request.cookie().equals(Optional.of(offered)));
        return usable.isPresent() && !request.isLastAttempt()
                ? new RetryWithCookie(usable.get())
                : new ConverterUnusable(false);
    }

    private static ConvertReaction toNotAuthorized(ConvertRequest request) {
        return request.cookie().isPresent() && !request.isLastAttempt()
                ? new RetryWithoutCookie()
                : new ConverterUnusable(true);
    }

    /** Leaves out what the converter names, or all options if it names none of ours. */
    private static ConvertReaction toUnsupportedOption(ErrorTlv error, ConvertRequest request) {
        SortedSet<Integer> ours =
                request.options().stream().map(TcpOption::kind).collect(Collectors.toCollection(TreeSet::new));
        if (ours.isEmpty() || request.isLastAttempt()) {
            return new ConverterUnusable(false);
        }
        SortedSet<Integer> named = new TreeSet<>(ours);
        named.retainAll(error.listedOctets());
        return new RetryWithoutOptions(named.isEmpty() ? ours : named);
    }
}
