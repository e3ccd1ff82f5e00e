package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import net.hybridgateway.app.convert.TcpOption;
import net.hybridgateway.app.progress.PathProgress;

/**
 * What all attempts to reach a conversion point share.
 *
 * @param connect how long the TCP handshake may take
 * @param reply how long the Convert reply may take after that, the server's own time included
 * @param paths what live connections tell about the way there, and where attempts tell what they see
 * @param nanoTime a monotonic clock, in nanoseconds
 * @param serverOptions TCP options that servers are to be offered besides what the conversion point offers by itself
 * @param bypass which servers need no conversion point, and where attempts tell what they see of that
 */
public record DialSettings(
        Duration connect,
        Duration reply,
        Cookies cookies,
        PathProgress paths,
        LongSupplier nanoTime,
        List<TcpOption> serverOptions,
        ServerBypass bypass) {
    /** Three SYNs, a second apart, and one more second for the last. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(4);

    /** As patient as the LAN hosts themselves are with a server that does not answer, more or less. */
    public static final Duration DEFAULT_REPLY = Duration.ofSeconds(20);

    /** Asks for no options, and bypasses no conversion point. */
    public DialSettings(Duration connect, Duration reply, Cookies cookies, PathProgress paths, LongSupplier nanoTime) {
        this(connect, reply, cookies, paths, nanoTime, List.of(), ServerBypass.off());
    }

    public DialSettings {
        serverOptions = List.copyOf(serverOptions);
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(cookies, "cookies");
        Objects.requireNonNull(paths, "paths");
        Objects.requireNonNull(nanoTime, "nanoTime");
        Objects.requireNonNull(bypass, "bypass");
    }
}
