package net.hybridgateway.app.discovery;

import java.util.Objects;

/**
 * What an SRV record tells (RFC 2782).
 *
 * @param priority the lowest is to be tried first, 0 to 65535
 * @param weight the share among those of the same priority, 0 to 65535
 * @param port 1 to 65535
 * @param target the name of the host, without the final dot
 */
public record SrvTarget(int priority, int weight, int port, String target) {
    public SrvTarget {
        Objects.requireNonNull(target, "target");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }
}
