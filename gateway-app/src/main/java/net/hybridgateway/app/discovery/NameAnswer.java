package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** What the name service said. */
public sealed interface NameAnswer {
    /**
     * The addresses of a host.
     *
     * @param addresses at least one
     * @param seconds how long that holds
     */
    record Hosts(List<InetAddress> addresses, long seconds) implements NameAnswer {
        public Hosts {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * The conversion points of a domain.
     *
     * @param inOrder best first
     * @param seconds how long that holds
     */
    record Services(List<SrvTarget> inOrder, long seconds) implements NameAnswer {
        public Services {
            inOrder = List.copyOf(inOrder);
        }
    }

    /** There is nothing of that name. */
    record Nothing() implements NameAnswer {}

    /** No answer, or one that makes no sense. */
    record Failed(String reason) implements NameAnswer {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
