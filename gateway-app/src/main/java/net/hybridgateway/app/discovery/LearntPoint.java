package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** One conversion point as a DHCP option tells it. */
public sealed interface LearntPoint {
    /**
     * One host by its addresses.
     *
     * @param addresses best first, at least one
     */
    record ByAddress(List<InetAddress> addresses) implements LearntPoint {
        public ByAddress {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("no address");
            }
        }
    }

    /**
     * One host by its DNS name.
     *
     * @param name without the final dot
     */
    record ByName(String name) implements LearntPoint {
        public ByName {
            Objects.requireNonNull(name, "name");
        }
    }
}
