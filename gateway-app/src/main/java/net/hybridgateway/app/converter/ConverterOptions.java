package net.hybridgateway.app.converter;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.hybridgateway.app.convert.ConverterPolicy;

/**
 * What a conversion point is told at start.
 *
 * @param listen where Convert clients connect to
 * @param announced further addresses of this host that clients may join (ADD_ADDR), such as one of the other family
 * @param maxConnections at one time, of all clients
 * @param maxConnectionsPerClient at one time, for one client address; what is over it gets error 64
 * @param requestPatience how long a client may take to send its request
 * @param idle a connection on which nothing moves for so long is given up
 * @param multipathServers whether servers are offered Multipath TCP even if the client does not ask for it
 */
public record ConverterOptions(
        List<InetSocketAddress> listen,
        List<InetAddress> announced,
        TargetPolicy targets,
        ConverterPolicy convert,
        int maxConnections,
        int maxConnectionsPerClient,
        Duration requestPatience,
        Duration idle,
        boolean multipathServers) {
    public static final Duration DEFAULT_REQUEST_PATIENCE = Duration.ofSeconds(10);

    /** RFC 5382 REQ-5: at least 2 hours and 4 minutes. */
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(125);

    /** Offers servers Multipath TCP only if the client asks for it. */
    public ConverterOptions(
            List<InetSocketAddress> listen,
            List<InetAddress> announced,
            TargetPolicy targets,
            ConverterPolicy convert,
            int maxConnections,
            int maxConnectionsPerClient,
            Duration requestPatience,
            Duration idle) {
        this(
                listen,
                announced,
                targets,
                convert,
                maxConnections,
                maxConnectionsPerClient,
                requestPatience,
                idle,
                false);
    }

    public ConverterOptions {
        listen = List.copyOf(listen);
        announced = List.copyOf(announced);
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(convert, "convert");
        Objects.requireNonNull(requestPatience, "requestPatience");
        Objects.requireNonNull(idle, "idle");
        if (listen.isEmpty() || maxConnections < 1 || maxConnectionsPerClient < 1) {
            throw new IllegalArgumentException("listens nowhere, or allows no connection");
        }
    }
}
