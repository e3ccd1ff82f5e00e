package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import net.hybridgateway.app.kernel.Peer;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.scheduler.EngineEvent;

/**
 * Tells the engine what the relay loops see of the paths.
 *
 * <p>A server that is spoken to without a conversion point cannot be asked whether it is there, for it would not know what
 * to make of the question. The conversion point can, and its answer tells as much of the uplink.
 */
final class PathNews implements PathListener {
    /** Of a conversion point that nothing has gone to yet: enough for a continent and a cellular network. */
    static final long UNKNOWN_ANSWER_NANOS = Duration.ofMillis(200).toNanos();

    private final Function<InetSocketAddress, Peer> peers;
    private final Function<String, Optional<InetSocketAddress>> witnesses;
    private final BiFunction<String, InetSocketAddress, Optional<PathRtt>> rtts;
    private final Consumer<EngineEvent> engine;

    /**
     * Keeps whom to ask and whom to tell; all of them are called on any thread.
     *
     * @param peers tells who is at an address
     * @param witnesses the conversion point to ask over an uplink, if there is a way to any
     * @param rtts what is known of the way to a conversion point over an uplink
     */
    PathNews(
            Function<InetSocketAddress, Peer> peers,
            Function<String, Optional<InetSocketAddress>> witnesses,
            BiFunction<String, InetSocketAddress, Optional<PathRtt>> rtts,
            Consumer<EngineEvent> engine) {
        this.peers = peers;
        this.witnesses = witnesses;
        this.rtts = rtts;
        this.engine = engine;
    }

    @Override
    public void pathStalled(String uplink, InetSocketAddress remote, long sinceNanos, long rttNanos) {
        if (peers.apply(remote) != Peer.SERVER) {
            engine.accept(new EngineEvent.PathStalled(uplink, remote, sinceNanos, rttNanos));
            return;
        }
        witnesses.apply(uplink).ifPresent(point -> {
            long answer = rtts.apply(uplink, point).map(PathRtt::answerNanos).orElse(UNKNOWN_ANSWER_NANOS);
            engine.accept(new EngineEvent.PathStalled(uplink, point, sinceNanos, Math.max(answer, rttNanos)));
        });
    }

    @Override
    public void pathProgressed(String uplink, InetSocketAddress remote) {
        engine.accept(new EngineEvent.PathProgressed(uplink, remote));
    }
}
