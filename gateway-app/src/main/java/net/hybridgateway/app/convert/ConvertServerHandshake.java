package net.hybridgateway.app.convert;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.Fault;
import net.hybridgateway.app.convert.ConvertServerOutcome.Connect;
import net.hybridgateway.app.convert.ConvertServerOutcome.Ignore;
import net.hybridgateway.app.convert.ConvertServerOutcome.Info;
import net.hybridgateway.app.convert.ConvertServerOutcome.NeedMore;
import net.hybridgateway.app.convert.ConvertServerOutcome.Refuse;
import net.hybridgateway.app.convert.ConvertServerOutcome.Reset;

/**
 * A converter's side of one connection from a client, without I/O: {@link #feed} what arrives until the outcome is
 * another than {@link NeedMore}. From then on further calls return the same outcome and take nothing.
 *
 * <p>Order of the checks: the message's form, then the cookie, then the options, so that a client without a valid
 * cookie learns nothing about what the converter can do.
 *
 * <p>Not safe for use by more than one thread.
 */
public final class ConvertServerHandshake {
    private final ConverterPolicy policy;
    private final InetAddress client;
    private final ConvertDecoder decoder = new ConvertDecoder();
    private Optional<ConvertServerOutcome> settled = Optional.empty();

    /**
     * Starts with nothing received.
     *
     * @param client the address that the connection came from, to which a cookie is bound
     */
    public ConvertServerHandshake(ConverterPolicy policy, InetAddress client) {
        this.policy = Objects.requireNonNull(policy);
        this.client = Objects.requireNonNull(client);
    }

    /**
     * Takes the request's bytes and no more.
     *
     * @param in what arrived; its position is left at the first byte of user data, or at its end
     */
    public ConvertServerOutcome feed(ByteBuffer in) {
        if (settled.isPresent()) {
            return settled.get();
        }
        try {
            if (!decoder.feed(in)) {
                return new NeedMore(decoder.neededBytes());
            }
            return settle(judge(decoder.message().orElseThrow()));
        } catch (ConvertException e) {
            return settle(outcomeOf(e));
        }
    }

    /** The client closed or reset the connection. */
    public ConvertServerOutcome endOfStream() {
        return settled.orElseGet(() -> settle(outcomeOf(decoder.truncated())));
    }

    private ConvertServerOutcome settle(ConvertServerOutcome outcome) {
        settled = Optional.of(outcome);
        return outcome;
    }

    private static ConvertServerOutcome outcomeOf(ConvertException e) {
        ConverterReaction reaction = e.converterReaction();
        if (reaction instanceof ConverterReaction.SendError sendError) {
            return new Refuse(sendError.error());
        }
        return reaction instanceof ConverterReaction.Reset ? new Reset(e) : new Ignore(e);
    }

    private ConvertServerOutcome judge(ConvertMessage request) {
        requireRequest(request);
        Optional<ErrorTlv> refusal = refusalByCookie(request.find(CookieTlv.class));
        if (refusal.isPresent()) {
            return new Refuse(refusal.get());
        }
        Optional<SupportedTcpExtensionsTlv> announced =
                request.find(InfoTlv.class).map(info -> policy.extensions());
        return request.find(ConnectTlv.class)
                .map(connect -> judge(connect, request, announced))
                .orElseGet(() -> new Info(announced.orElseThrow()));
    }

    private void requireRequest(ConvertMessage request) {
        if (request.tlvs().isEmpty()) {
            throw fault(Fault.NO_TLV, "a header without TLV");
        }
        boolean asks = false;
        for (ConvertTlv tlv : request.tlvs()) {
            boolean isQuestion = tlv instanceof ConnectTlv || tlv instanceof InfoTlv;
            if (!isQuestion && !(tlv instanceof CookieTlv)) {
                throw fault(Fault.UNEXPECTED_TLV, "a client sent TLV type " + tlv.typeNumber());
            }
            asks |= isQuestion;
        }
        if (!asks) {
            throw fault(Fault.NO_REQUEST, "neither Connect nor Info");
        }
    }

    private Optional<ErrorTlv> refusalByCookie(Optional<CookieTlv> brought) {
        if (policy.cookies().isEmpty()) {
            return Optional.empty();
        }
        CookieMint mint = policy.cookies().get();
        if (brought.isEmpty()) {
            return Optional.of(ErrorTlv.missingCookie(mint.cookieFor(client)));
        }
        return mint.isValid(brought.get().cookie(), client) ? Optional.empty() : Optional.of(ErrorTlv.notAuthorized());
    }

    private ConvertServerOutcome judge(
            ConnectTlv connect, ConvertMessage request, Optional<SupportedTcpExtensionsTlv> announced) {
        List<TcpOption> options = connect.options().stream()
                .filter(option -> !TcpOption.isIgnoredByConverters(option.kind()))
                .toList();
        List<Integer> unsupported = options.stream()
                .filter(option -> !policy.permits(option))
                .map(TcpOption::kind)
                .distinct()
                .toList();
        if (!unsupported.isEmpty()) {
            return new Refuse(ErrorTlv.unsupportedTcpOptions(unsupported));
        }
        return new Connect(
                connect.remote(),
                options,
                connect.extended(),
                request.find(CookieTlv.class).map(CookieTlv::cookie),
                announced,
                decoder.received().length());
    }

    private ConvertException fault(Fault fault, String detail) {
        return ConvertException.received(fault, decoder.received(), ConvertMessage.HEADER_BYTES, detail);
    }
}
