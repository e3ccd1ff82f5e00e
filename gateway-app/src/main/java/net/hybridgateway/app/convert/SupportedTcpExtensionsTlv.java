package net.hybridgateway.app.convert;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The TCP options that a converter can convert (RFC 8803 §6.2.4).
 *
 * @param kinds option kinds, 4 to 255, without those that must not be announced (SACK, TCP-AO; §7). A receiver drops
 *     these instead of complaining: what is wrongly announced is merely not used.
 */
public record SupportedTcpExtensionsTlv(SortedSet<Integer> kinds) implements ConvertTlv {
    private static final ByteString UNASSIGNED = ByteString.ofOctets(0, 0);

    public SupportedTcpExtensionsTlv {
        kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
        for (int kind : kinds) {
            if (kind > 255 || !isAnnounceable(kind)) {
                throw new IllegalArgumentException("TCP option kind " + kind + " must not be announced");
            }
        }
    }

    public static SupportedTcpExtensionsTlv of(Collection<Integer> kinds) {
        return new SupportedTcpExtensionsTlv(new TreeSet<>(kinds));
    }

    public boolean contains(int kind) {
        return kinds.contains(kind);
    }

    @Override
    public int typeNumber() {
        return ConvertTlvType.SUPPORTED_TCP_EXTENSIONS.number();
    }

    @Override
    public ByteString body() {
        return UNASSIGNED.plus(
                ByteString.ofOctets(kinds.stream().mapToInt(Integer::intValue).toArray()));
    }

    static SupportedTcpExtensionsTlv decode(TlvFrame frame) {
        ByteString body = frame.body();
        SortedSet<Integer> kinds = new TreeSet<>();
        for (int at = 2; at < body.length(); at++) {
            if (isAnnounceable(body.at(at))) {
                kinds.add(body.at(at));
            }
        }
        return new SupportedTcpExtensionsTlv(kinds);
    }

    private static boolean isAnnounceable(int kind) {
        return !TcpOption.isIgnoredByConverters(kind) && kind != TcpOption.TCP_AO;
    }
}
