package net.hybridgateway.app.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * The TCP options of the server's SYN+ACK, as the converter saw them (RFC 8803 §6.2.6).
 *
 * @param rawOptions the copied bytes with end-of-list and no-operation bytes; filled with zeroes to a multiple of four
 */
public record ExtendedTcpHeaderTlv(ByteString rawOptions) implements ConvertTlv {
    private static final ByteString UNASSIGNED = ByteString.ofOctets(0, 0);

    public ExtendedTcpHeaderTlv {
        rawOptions = rawOptions.padded(0);
    }

    @Override
    public int typeNumber() {
        return ConvertTlvType.EXTENDED_TCP_HEADER.number();
    }

    @Override
    public ByteString body() {
        return UNASSIGNED.plus(rawOptions);
    }

    /**
     * The options before end-of-list or the first one that does not fit. These are the server's bytes, about which the
     * converter promises nothing, so a bad one ends the list instead of the connection.
     */
    public List<TcpOption> options() {
        List<TcpOption> options = new ArrayList<>();
        int at = 0;
        while (at < rawOptions.length() && rawOptions.at(at) != TcpOption.END_OF_LIST) {
            int kind = rawOptions.at(at);
            if (kind == TcpOption.NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < rawOptions.length() ? rawOptions.at(at + 1) : 0;
            if (length < 2 || at + length > rawOptions.length()) {
                break;
            }
            options.add(new TcpOption(kind, rawOptions.slice(at + 2, at + length)));
            at += length;
        }
        return List.copyOf(options);
    }

    /**
     * True if the server answered with MP_CAPABLE (option 30, subtype 0), so that later connections to it could do
     * without the converter (RFC 8803 §5.1).
     */
    public boolean serverSpeaksMptcp() {
        return options().stream()
                .anyMatch(option -> option.kind() == TcpOption.MPTCP
                        && !option.value().isEmpty()
                        && option.value().at(0) >> 4 == 0);
    }

    static ExtendedTcpHeaderTlv decode(TlvFrame frame) {
        return new ExtendedTcpHeaderTlv(frame.body().from(2));
    }
}
