package net.hybridgateway.app.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.ProbeAnswer;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkObservation;
import org.tinylog.Logger;

/**
 * Carries out the engine's {@link Decision.ProbePath}s and the router's questions, each as a {@link ConverterProbe} on one
 * of the relay's loops. The router learns all answers, the engine, too.
 *
 * <p>It has its own word of the uplinks' addresses: an uplink that fell silent is not published for new connections, and
 * must still be asked whether it is back. Thread-safe.
 */
public final class Prober implements UpstreamRouter.Inquirer {
    /** Two for each of sixteen paths; the engine waits for one answer before it asks for the next but one. */
    static final int MOST_IN_FLIGHT = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RelayLoops loops;
    private final UpstreamRouter router;
    private final LongSupplier nanoTime;
    private final Consumer<EngineEvent.ProbeAnswered> listener;
    private final Map<String, UplinkObservation> uplinks = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param router knows which handshake works with a conversion point
     * @param listener hears the answers, {@link EngineEvent.ProbeAnswered}; called on any thread
     */
    public Prober(
            RelayLoops loops,
            UpstreamRouter router,
            LongSupplier nanoTime,
            Consumer<EngineEvent.ProbeAnswered> listener) {
        this.loops = loops;
        this.router = router;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** What an uplink's device is and has, whatever the engine thinks of it. */
    public void observed(String uplink, UplinkObservation observation) {
        uplinks.put(uplink, observation);
    }

    /** Asks. The answer, if any comes before the probe's patience is over, goes to the listener. */
    public void probe(Decision.ProbePath probe) {
        probe(probe, mode(probe), false);
    }

    /** @param thorough whether there is time enough for a reply, so that silence behind the handshake means something */
    private void probe(Decision.ProbePath probe, HandshakeMode mode, boolean thorough) {
        UplinkObservation uplink = uplinks.getOrDefault(probe.uplink(), UplinkObservation.ABSENT);
        Optional<InetAddress> source = source(uplink, probe.conversionPoint());
        if (source.isEmpty()) {
            answer(probe, ProbeAnswer.UNREACHABLE);
            return;
        }
        if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            Logger.warn("{} probes are under way: uplink {} is not probed now", MOST_IN_FLIGHT, probe.uplink());
            return;
        }
        RelayLoop loop = loops.next();
        loop.execute(() -> new ConverterProbe(loop, new Listener(probe, thorough))
                .start(
                        source.get(),
                        uplink.interfaceIndex(),
                        probe.conversionPoint(),
                        mode,
                        Duration.ofNanos(probe.patienceNanos())));
    }

    /** With a SYN that carries nothing, for data in the SYN could be the very reason why there was no answer. */
    @Override
    public void ask(ConversionPoint conversionPoint, String uplink) {
        probe(
                new Decision.ProbePath(uplink, conversionPoint.address(), PATIENCE.toNanos(), Reason.WITNESS),
                HandshakeMode.ONE_RTT,
                true);
    }

    private final class Listener implements ConverterProbe.Listener {
        private final Decision.ProbePath probe;
        private final boolean thorough;

        Listener(Decision.ProbePath probe, boolean thorough) {
            this.probe = probe;
            this.thorough = thorough;
        }

        @Override
        public void answered(ProbeAnswer answer) {
            answer(probe, answer);
        }

        @Override
        public void replied(ConvertClientOutcome outcome) {
            long now = nanoTime.getAsLong();
            router.memoriesOf(probe.uplink(), probe.conversionPoint())
                    .forEach(memory -> InfoReplies.learn(memory, outcome, now));
        }

        @Override
        public void mute() {
            // Not every conversion point answers Info requests, but one that did has no excuse.
            if (thorough && router.answersInfo(probe.conversionPoint())) {
                long now = nanoTime.getAsLong();
                router.memoriesOf(probe.uplink(), probe.conversionPoint())
                        .forEach(memory -> memory.infoRefused(PointTrouble.MUTE, now));
            }
        }

        @Override
        public void over() {
            inFlight.decrementAndGet();
        }
    }

    private static Optional<InetAddress> source(UplinkObservation uplink, InetSocketAddress conversionPoint) {
        boolean ipv4 = conversionPoint.getAddress() instanceof Inet4Address;
        return uplink.sources().stream()
                .filter(source -> ipv4 == source instanceof Inet4Address)
                .findFirst();
    }

    /** As for a connection; one that is not configured any more is asked in the way that works everywhere. */
    private HandshakeMode mode(Decision.ProbePath probe) {
        return router.conversionPoints().stream()
                .filter(point -> point.address().equals(probe.conversionPoint()))
                .findFirst()
                .map(point -> router.mode(point, probe.uplink(), nanoTime.getAsLong()))
                .orElse(HandshakeMode.ONE_RTT);
    }

    private void answer(Decision.ProbePath probe, ProbeAnswer answer) {
        // Of CONVERTER, the reply says more; and a host says nothing of a conversion point that answers for itself.
        boolean lessThanItSays = answer == ProbeAnswer.CONVERTER
                || (answer == ProbeAnswer.HOST && router.answersInfo(probe.conversionPoint()));
        if (!lessThanItSays) {
            router.probed(probe.uplink(), probe.conversionPoint(), answer, nanoTime.getAsLong());
        }
        listener.accept(new EngineEvent.ProbeAnswered(probe.uplink(), probe.conversionPoint(), answer));
    }
}
