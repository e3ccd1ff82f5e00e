package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A resource record of a kind that matters here. Names are in lower case and without the final dot.
 */
sealed interface DnsRecord {
    /** Whose record it is. */
    String owner();

    /** How long it holds, in seconds, 0 to 2^31-1. */
    long seconds();

    /** A or AAAA. */
    record Address(String owner, long seconds, InetAddress address) implements DnsRecord {
        public Address {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(address, "address");
        }
    }

    /** CNAME: the owner is called otherwise. */
    record Alias(String owner, long seconds, String target) implements DnsRecord {
        public Alias {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(target, "target");
        }
    }

    /** SRV (RFC 2782). */
    record Service(String owner, long seconds, SrvTarget target) implements DnsRecord {
        public Service {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(target, "target");
        }
    }
}
