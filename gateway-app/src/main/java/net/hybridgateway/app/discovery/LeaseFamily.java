package net.hybridgateway.app.discovery;

import java.util.Arrays;
import java.util.Optional;
import net.hybridgateway.app.upstream.PointSource;

/** The protocol that gave a lease. */
public enum LeaseFamily {
    DHCPV4("dhcpv4", PointSource.DHCPV4),
    DHCPV6("dhcpv6", PointSource.DHCPV6);

    private final String word;
    private final PointSource source;

    LeaseFamily(String word, PointSource source) {
        this.word = word;
        this.source = source;
    }

    /** As it is written in lease files and their names. */
    String word() {
        return word;
    }

    PointSource source() {
        return source;
    }

    static Optional<LeaseFamily> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
