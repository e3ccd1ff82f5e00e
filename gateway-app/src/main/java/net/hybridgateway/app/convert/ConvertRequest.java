package net.hybridgateway.app.convert;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.Fault;

/**
 * What a client asks of a converter at the start of one connection.
 *
 * @param question a {@link ConnectTlv} or an {@link InfoTlv}
 * @param cookie the converter's cookie for this client's address, if one is known
 * @param attempt 1 for the first connection to the converter, one more for each {@link #retry}; at most
 *     {@value #MAX_ATTEMPTS}, so that a converter cannot keep a client running in circles
 */
public record ConvertRequest(ConvertTlv question, Optional<ConvertCookie> cookie, int attempt) {
    /** Enough for a stale cookie, a fresh cookie and an option to leave out, one after the other. */
    public static final int MAX_ATTEMPTS = 4;

    public ConvertRequest {
        Objects.requireNonNull(cookie);
        if (!(question instanceof ConnectTlv) && !(question instanceof InfoTlv)) {
            throw new IllegalArgumentException("a client asks with Connect or Info, not with " + question);
        }
        if (attempt < 1 || attempt > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempt " + attempt + " is not in 1.." + MAX_ATTEMPTS);
        }
    }

    /**
     * Asks for a connection with the converter's own TCP options.
     *
     * @throws ConvertException with {@link Fault#FORBIDDEN_ADDRESS} for a target that no converter may serve
     */
    public static ConvertRequest connect(InetSocketAddress target) {
        return connect(target, List.of());
    }

    /**
     * Asks for a connection that offers the server these options, such as {@link TcpOption#MPTCP_PROBE}.
     *
     * @throws ConvertException with {@link Fault#FORBIDDEN_ADDRESS} for a target that no converter may serve
     */
    public static ConvertRequest connect(InetSocketAddress target, List<TcpOption> options) {
        return new ConvertRequest(new ConnectTlv(target, options), Optional.empty(), 1);
    }

    /** Asks what the converter can convert; also the way to see whether it is alive, for it ignores other bytes. */
    public static ConvertRequest info() {
        return new ConvertRequest(new InfoTlv(), Optional.empty(), 1);
    }

    public ConvertRequest withCookie(ConvertCookie known) {
        return new ConvertRequest(question, Optional.of(known), attempt);
    }

    /** The same question for another converter, or from another address of this host: a cookie is worth nothing there. */
    public ConvertRequest toAnother() {
        return new ConvertRequest(question, Optional.empty(), 1);
    }

    /** Whether question and cookie fit into one message; a very long cookie beside options may not. */
    boolean hasRoomFor(ConvertCookie offered) {
        int words = ConvertMessage.HEADER_BYTES / 4 + question.lengthWords() + new CookieTlv(offered).lengthWords();
        return words <= ConvertMessage.MAX_WORDS;
    }

    /** The options that the server is to be offered; none for an Info request. */
    public List<TcpOption> options() {
        return question instanceof ConnectTlv connect ? connect.options() : List.of();
    }

    boolean isLastAttempt() {
        return attempt == MAX_ATTEMPTS;
    }

    /** The request for a new connection to the same converter, or empty if {@code reaction} is not to retry. */
    public Optional<ConvertRequest> retry(ConvertReaction reaction) {
        if (isLastAttempt()) {
            return Optional.empty();
        }
        int next = attempt + 1;
        return switch (reaction.kind()) {
            case RETRY_WITH_COOKIE ->
                Optional.of(new ConvertRequest(
                        question, Optional.of(((ConvertReaction.RetryWithCookie) reaction).cookie()), next));
            case RETRY_WITHOUT_COOKIE -> Optional.of(new ConvertRequest(question, Optional.empty(), next));
            case RETRY_WITHOUT_OPTIONS ->
                Optional.of(new ConvertRequest(
                        questionWithout((ConvertReaction.RetryWithoutOptions) reaction), cookie, next));
            case RESET_LAN, AVOID_CONVERTER, CONVERTER_UNUSABLE -> Optional.empty();
        };
    }

    private ConvertTlv questionWithout(ConvertReaction.RetryWithoutOptions reaction) {
        if (!(question instanceof ConnectTlv connect)) {
            return question;
        }
        return new ConnectTlv(
                connect.remote(),
                connect.options().stream()
                        .filter(option -> !reaction.kinds().contains(option.kind()))
                        .toList());
    }

    /**
     * The bytes to send first, at most {@value ConvertMessage#MAX_BYTES}; user data may follow at once.
     *
     * @throws ConvertException with {@link Fault#TOO_LONG} if options and cookie do not fit together
     */
    public byte[] encode() {
        return cookie.map(known -> ConvertMessage.of(question, new CookieTlv(known)))
                .orElseGet(() -> ConvertMessage.of(question))
                .encode();
    }
}
