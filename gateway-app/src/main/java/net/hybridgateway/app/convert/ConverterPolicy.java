package net.hybridgateway.app.convert;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a converter offers and demands.
 *
 * @param extensions the TCP options that it can convert; MPTCP must be among them (RFC 8803 §7.5)
 * @param cookies checks cookies, if clients must bring them
 */
public record ConverterPolicy(SupportedTcpExtensionsTlv extensions, Optional<CookieMint> cookies) {
    public ConverterPolicy {
        Objects.requireNonNull(cookies);
        if (!extensions.contains(TcpOption.MPTCP)) {
            throw new IllegalArgumentException(
                    "a converter for MPTCP must announce kind 30, not " + extensions.kinds());
        }
    }

    /** MPTCP and nothing else, without cookies. */
    public static ConverterPolicy mptcpOnly() {
        return new ConverterPolicy(SupportedTcpExtensionsTlv.of(List.of(TcpOption.MPTCP)), Optional.empty());
    }

    public ConverterPolicy requiringCookies(CookieMint mint) {
        return new ConverterPolicy(extensions, Optional.of(mint));
    }

    /**
     * True if a Connect TLV may ask for this option. MPTCP and timestamps may be asked for only without content
     * (§7.4, §7.5): copied into the SYN, a client's content would break the connection to the server.
     */
    boolean permits(TcpOption option) {
        boolean mustBeEmpty = option.kind() == TcpOption.MPTCP || option.kind() == TcpOption.TIMESTAMPS;
        return extensions.contains(option.kind())
                && !(mustBeEmpty && !option.value().isEmpty());
    }
}
