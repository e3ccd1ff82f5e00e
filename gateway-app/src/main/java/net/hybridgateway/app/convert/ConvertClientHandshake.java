package net.hybridgateway.app.convert;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertClientOutcome.Accepted;
import net.hybridgateway.app.convert.ConvertClientOutcome.NeedMore;
import net.hybridgateway.app.convert.ConvertClientOutcome.NotConvert;
import net.hybridgateway.app.convert.ConvertClientOutcome.Refused;
import net.hybridgateway.app.convert.ConvertException.Fault;

/**
 * A client's side of one connection to a converter, without I/O: send {@link #requestBytes}, then {@link #feed} what
 * arrives until the outcome is another than {@link NeedMore}. From then on further calls return the same outcome and
 * take nothing.
 *
 * <p>An Error TLV decides, whatever stands beside it. Unknown TLVs are skipped. A TLV that only clients send makes the
 * reply invalid: a host that echoes our request is no converter.
 *
 * <p>Not safe for use by more than one thread.
 */
public final class ConvertClientHandshake {
    private final ConvertRequest request;
    private final ConvertDecoder decoder = new ConvertDecoder();
    private Optional<ConvertClientOutcome> settled = Optional.empty();

    public ConvertClientHandshake(ConvertRequest request) {
        this.request = Objects.requireNonNull(request);
    }

    /** See {@link ConvertRequest#encode}. */
    public byte[] requestBytes() {
        return request.encode();
    }

    /**
     * Takes the reply's bytes and no more.
     *
     * @param in what arrived; its position is left at the first byte of the server's data, or at its end
     */
    public ConvertClientOutcome feed(ByteBuffer in) {
        if (settled.isPresent()) {
            return settled.get();
        }
        try {
            if (!decoder.feed(in)) {
                return new NeedMore(decoder.neededBytes());
            }
            return settle(judge(decoder.message().orElseThrow()));
        } catch (ConvertException e) {
            return settle(new NotConvert(e));
        }
    }

    /** The converter closed or reset the connection. */
    public ConvertClientOutcome endOfStream() {
        return settled.orElseGet(() -> settle(new NotConvert(decoder.truncated())));
    }

    private ConvertClientOutcome settle(ConvertClientOutcome outcome) {
        settled = Optional.of(outcome);
        return outcome;
    }

    private ConvertClientOutcome judge(ConvertMessage reply) {
        Optional<ErrorTlv> error = reply.find(ErrorTlv.class);
        if (error.isPresent()) {
            return new Refused(error.get(), request);
        }
        for (ConvertTlv tlv : reply.tlvs()) {
            if (tlv instanceof InfoTlv || tlv instanceof ConnectTlv || tlv instanceof CookieTlv) {
                return notConvert(Fault.UNEXPECTED_TLV, "a converter replied with TLV type " + tlv.typeNumber());
            }
        }
        Optional<SupportedTcpExtensionsTlv> extensions = reply.find(SupportedTcpExtensionsTlv.class);
        if (request.question() instanceof InfoTlv
                && extensions.filter(list -> list.contains(TcpOption.MPTCP)).isEmpty()) {
            return notConvert(
                    Fault.MPTCP_NOT_ANNOUNCED,
                    extensions.map(list -> "announced " + list.kinds()).orElse("announced nothing"));
        }
        return new Accepted(
                extensions,
                reply.find(ExtendedTcpHeaderTlv.class),
                decoder.received().length());
    }

    private NotConvert notConvert(Fault fault, String detail) {
        return new NotConvert(
                ConvertException.received(fault, decoder.received(), ConvertMessage.HEADER_BYTES, detail));
    }
}
