package net.hybridgateway.app.convert;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.Fault;

/**
 * Asks for a connection to a server (RFC 8803 §6.2.5). Without options it is a Base Connect of five words and the
 * converter follows its own policy; with options it is an Extended Connect and the converter must use them or refuse.
 *
 * <p>Of the two rules about end-of-list and no-operation bytes among the options, each side has one: who sends must
 * not place them (§6.2.5), which {@link TcpOption} makes impossible; who receives must ignore them (§7.1), which
 * {@link #decode} does. Zero padding is thereby ignored as well. An Extended Connect that holds nothing else is taken
 * as a Base Connect: it asks for nothing.
 *
 * @param remote the server; resolved, and an address that {@link ConnectAddress} does not refuse
 * @param options what the server shall be offered, in order
 */
public record ConnectTlv(InetSocketAddress remote, List<TcpOption> options) implements ConvertTlv {
    private static final int BASE_WORDS = 5;
    private static final int BASE_BODY_BYTES = 4 * BASE_WORDS - 2;

    /**
     * Checks the server's address.
     *
     * @throws ConvertException with {@link Fault#FORBIDDEN_ADDRESS} if it must not be asked for
     */
    public ConnectTlv {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("Convert carries addresses, not names: " + remote);
        }
        Optional<String> refusal = ConnectAddress.refusal(remote.getAddress());
        if (refusal.isPresent()) {
            throw ConvertException.building(
                    Fault.FORBIDDEN_ADDRESS,
                    refusal.get() + " address " + remote.getAddress().getHostAddress());
        }
        options = List.copyOf(options);
    }

    /** True if the reply must bring an {@link ExtendedTcpHeaderTlv} (RFC 8803 §6.2.6). */
    public boolean extended() {
        return !options.isEmpty();
    }

    @Override
    public int typeNumber() {
        return ConvertTlvType.CONNECT.number();
    }

    @Override
    public ByteString body() {
        ByteString body = ByteString.ofOctets(remote.getPort() >> 8, remote.getPort())
                .plus(ConnectAddress.encode(remote.getAddress()));
        for (TcpOption option : options) {
            body = body.plus(option.encoded());
        }
        return body;
    }

    static ConnectTlv decode(TlvFrame frame) {
        frame.requireWords(BASE_WORDS, ConvertMessage.MAX_WORDS);
        ByteString body = frame.body();
        InetAddress address = ConnectAddress.decode(body.slice(2, BASE_BODY_BYTES));
        Optional<String> refusal = ConnectAddress.refusal(address);
        if (refusal.isPresent()) {
            throw frame.fault(
                    Fault.FORBIDDEN_ADDRESS, 4, "Connect to " + refusal.get() + " address " + address.getHostAddress());
        }
        return new ConnectTlv(new InetSocketAddress(address, body.shortAt(0)), decodeOptions(frame, body));
    }

    private static List<TcpOption> decodeOptions(TlvFrame frame, ByteString body) {
        List<TcpOption> options = new ArrayList<>();
        int at = BASE_BODY_BYTES;
        while (at < body.length()) {
            int kind = body.at(at);
            if (kind <= TcpOption.NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < body.length() ? body.at(at + 1) : 0;
            if (length < 2 || at + length > body.length()) {
                throw frame.fault(
                        Fault.MALFORMED_TCP_OPTION,
                        2 + at,
                        "TCP option " + kind + " of length " + length + " with " + (body.length() - at)
                                + " bytes left");
            }
            options.add(new TcpOption(kind, body.slice(at + 2, at + length)));
            at += length;
        }
        return options;
    }
}
