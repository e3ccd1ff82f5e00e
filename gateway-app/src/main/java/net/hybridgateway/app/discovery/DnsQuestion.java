package net.hybridgateway.app.discovery;

import java.util.Objects;

/**
 * What is asked of a name server.
 *
 * @param name without the final dot
 */
record DnsQuestion(String name, Type type) {
    /** RFC 1035 §3.2.2, RFC 3596 §2.1, RFC 2782. */
    enum Type {
        A(1),
        AAAA(28),
        SRV(33);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    DnsQuestion {
        Objects.requireNonNull(type, "type");
        name = DnsName.canonical(name).orElseThrow(() -> new IllegalArgumentException("not the name of a host"));
    }
}
