package net.hybridgateway.app.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.app.convert.ConvertException;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.upstream.BypassDial;
import net.hybridgateway.app.upstream.ConverterDial;
import net.hybridgateway.app.upstream.DirectDial;
import net.hybridgateway.app.upstream.HedgedDial;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.app.upstream.UpstreamRouter.DirectRoute;
import net.hybridgateway.app.upstream.Ways;
import net.hybridgateway.scheduler.traffic.TrafficVerdict;

/**
 * One connection of a LAN host, from accept to the end. The package's page draws its states.
 *
 * <p>Belongs to the loop that its LAN socket lives on.
 */
final class InterceptedConnection
        implements EndpointHandler, HedgedDial.Listener, DirectDial.Listener, BypassDial.Listener {
    /** As long as people wait: a line that flaps is back in seconds, and the kernel sends again what was sent. */
    private static final Duration RESCUE = Duration.ofSeconds(12);

    private final Interceptor interceptor;
    private final RelayLoop loop;
    private final Endpoint lan;
    private final InetSocketAddress client;
    private final InetSocketAddress destination;
    private final long startedNanos;
    private final EarlyData early;
    private TrafficVerdict verdict;
    private final Ways ways;

    private ConnectionState state = ConnectionState.DIALLING;
    private Optional<Route> route = Optional.empty();
    private Optional<BypassDial> bypass = Optional.empty();
    private HedgedDial dial;
    private DirectDial directDial;
    private Endpoint upstream;
    private Relay relay;
    private boolean multipath;
    private Optional<RelayMeter> meter = Optional.empty();

    /**
     * Takes over an accepted LAN connection; {@link #start} begins to carry it.
     *
     * @param fd the accepted socket; owned by this object from here on, also when this fails
     * @param destination where the host wanted to connect to
     */
    InterceptedConnection(
            Interceptor interceptor, RelayLoop loop, int fd, InetSocketAddress client, InetSocketAddress destination)
            throws IOException {
        this.interceptor = interceptor;
        this.loop = loop;
        this.client = client;
        this.destination = destination;
        lan = Endpoint.connected(loop, fd, this);
        startedNanos = interceptor.nanoTime();
        early = new EarlyData(loop);
        verdict = interceptor.judge(client, destination);
        ways = new Ways(interceptor.router(), verdict.rights(), client.getAddress(), interceptor::nanoTime);
    }

    void start() {
        if (verdict.direct()) {
            goDirect();
        } else {
            interceptor.bypass(destination, verdict.rights()).ifPresentOrElse(this::goStraight, this::goAnotherWay);
        }
    }

    /** Tries the best uplink and conversion point that were not tried; without one, goes direct. */
    private void goAnotherWay() {
        Optional<Route> next = ways.next();
        if (next.isEmpty()) {
            goDirect();
        } else {
            dial(next.get());
        }
    }

    private void dial(Route chosen) {
        try {
            dial(
                    chosen,
                    ConvertRequest.connect(
                            destination, interceptor.dialSettings().serverOptions()));
        } catch (ConvertException e) {
            // An address that no conversion point may be asked for; plain routing decides what becomes of it.
            goDirect();
        }
    }

    private void dial(Route chosen, ConvertRequest request) {
        route = Optional.of(chosen);
        state = ConnectionState.DIALLING;
        early.rewind();
        dial = new HedgedDial(loop, chosen, ways, request, interceptor.dialSettings(), this);
        dial.start();
    }

    // ---- the LAN host, until the relay takes over -------------------------------------------------------------------

    @Override
    public void onReady(Endpoint endpoint) {
        passEarlyDataOn();
    }

    @Override
    public void onFailed(Endpoint endpoint, IOException cause) {
        reset();
    }

    // ---- the conversion point ---------------------------------------------------------------------------------------

    /** The host has waited long enough: whoever answers first may have it, the server or a conversion point. */
    @Override
    public void nobodyAnswers() {
        if (directDial == null) {
            dialDirectly();
        }
    }

    @Override
    public void converterConnected(Endpoint endpoint) {
        cancelDirectDial();
        upstream = endpoint;
        route = Optional.of(dial.route());
        interceptor.classified(endpoint, verdict.rights());
        passEarlyDataOn();
    }

    @Override
    public void converterWritable() {
        passEarlyDataOn();
    }

    /**
     * What the host says goes out before the conversion point has answered: that is the point of 0-RTT. But where the options of
     * Multipath TCP may get lost, for all that is known, nothing goes out that could not be said again without them.
     */
    private void passEarlyDataOn() {
        if (upstream == null || state != ConnectionState.DIALLING) {
            return;
        }
        try {
            early.readFrom(lan);
        } catch (IOException e) {
            reset();
            return;
        }
        if (route.orElseThrow().memory().mayLoseOptions() && !early.wouldBeSaidTwice()) {
            return;
        }
        try {
            early.writeTo(upstream);
        } catch (IOException e) {
            // The dial hears of it through the endpoint, and knows what it means.
        }
    }

    @Override
    public void converterAccepted(Endpoint endpoint, ByteBuf serverData, boolean overMultipath) {
        route = Optional.of(dial.route());
        multipath = overMultipath;
        dial = null;
        relayThrough(endpoint, serverData);
    }

    @Override
    public void converterFailed(ConverterDial.Failure failure, Optional<ConvertRequest> retry) {
        Route failed = dial.route();
        upstream = null;
        dial = null;
        switch (failure) {
            case SERVER_REFUSED -> reset();
            case RETRY -> dial(failed, retry.orElseThrow());
            case NOT_TAKEN -> goAnotherWay();
            case UNCLEAR -> {
                if (early.wasSent()) {
                    // The server may have acted on these bytes: saying them twice could order two pizzas.
                    reset();
                } else {
                    goAnotherWay();
                }
            }
            case OPTIONS_LOST -> {
                if (early.wasSent() && !early.mayBeSaidTwice()) {
                    reset();
                } else {
                    dial(failed);
                }
            }
        }
    }

    /**
     * The uplinks, or what is suspected of them, have changed. An attempt over one that is gone would wait in vain, as its
     * answer can't arrive: it begins anew over another.
     */
    void pathsChanged() {
        if (dial != null) {
            if (directDial != null && !directDial.isOpen()) {
                cancelDirectDial();
                dialDirectly();
            }
            if (early.wasSent()) {
                if (!dial.isOpen()) {
                    sayAgainOrWait();
                }
            } else if (!dial.pathsChanged()) {
                dial = null;
                upstream = null;
                goAnotherWay();
            }
        } else if (directDial != null && !directDial.isOpen()) {
            cancelDirectDial();
            goDirect();
        } else {
            bypass.ifPresent(BypassDial::pathsChanged);
        }
    }

    /**
     * The host's bytes are on their way over an uplink that is gone, and may have arrived. The kernel takes no other subflow
     * before the peer's first word, so only saying them again helps now; where the server might act twice then, the line's
     * return has to be waited for.
     */
    private void sayAgainOrWait() {
        Optional<Route> another = early.mayBeSaidTwice() ? ways.next() : Optional.empty();
        if (another.isPresent()) {
            dial.cancel();
            upstream = null;
            dial(another.get());
        } else {
            dial.expectReplyWithin(RESCUE);
        }
    }

    // ---- without a conversion point ---------------------------------------------------------------------------------

    private void goDirect() {
        state = ConnectionState.DIALLING_DIRECT;
        route = Optional.empty();
        early.rewind();
        if (directDial == null) {
            dialDirectly();
        }
    }

    private void dialDirectly() {
        directDial = new DirectDial(loop, interceptor.router(), verdict.rights(), destination, this);
        directDial.start();
    }

    private void cancelDirectDial() {
        if (directDial != null) {
            directDial.cancel();
            directDial = null;
        }
    }

    @Override
    public void directConnected(Endpoint endpoint) {
        directDial = null;
        if (dial != null) {
            dial.overtaken();
            dial = null;
        }
        route = Optional.empty();
        relayThrough(endpoint, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void directFailed() {
        directDial = null;
        if (dial == null) {
            reset();
        }
    }

    private void goStraight(DirectRoute way) {
        state = ConnectionState.DIALLING_BYPASS;
        BypassDial attempt =
                new BypassDial(loop, interceptor.router(), way, destination, interceptor.dialSettings(), this);
        bypass = Optional.of(attempt);
        attempt.start();
    }

    @Override
    public void bypassConnected(Endpoint endpoint) {
        multipath = true;
        interceptor.classified(endpoint, verdict.rights());
        relayThrough(endpoint, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void bypassFailed() {
        bypass = Optional.empty();
        goAnotherWay();
    }

    // ---- relaying ---------------------------------------------------------------------------------------------------

    private void relayThrough(Endpoint endpoint, ByteBuf serverData) {
        upstream = endpoint;
        state = bypass.isPresent()
                ? ConnectionState.BYPASS
                : route.isPresent() ? ConnectionState.CONVERTED : ConnectionState.DIRECT;
        relay = new Relay(lan, endpoint, (ended, end) -> over(), interceptor::nanoTime);
        meter = Optional.of(new RelayMeter(relay, endpoint, multipath));
        relay.sendOutwardFirst(early.unsent());
        relay.sendInwardFirst(serverData);
        if (early.ended()) {
            relay.nearEnded();
        }
        early.release();
        interceptor.relaying(state, multipath);
        route.ifPresent(way -> interceptor.watch(loop, relay, endpoint, way));
        bypass.ifPresent(way -> interceptor.watch(loop, relay, endpoint, way.route(), destination));
        relay.start();
    }

    /** The rules are others now. What was begun over a conversion point, or directly, goes on so. */
    void rulesChanged() {
        verdict = interceptor.judge(client, destination);
        if (upstream != null && (relay == null || multipath)) {
            interceptor.reclassified(upstream, verdict.rights());
        }
    }

    /** Gives up: the LAN host sees what it would have seen from a server that refuses. */
    private void reset() {
        lan.abort();
        if (dial != null) {
            dial.cancel();
            dial = null;
        }
        cancelDirectDial();
        bypass.ifPresent(BypassDial::cancel);
        over();
    }

    private void over() {
        if (state != ConnectionState.OVER) {
            state = ConnectionState.OVER;
            early.release();
            interceptor.ended(loop, this);
        }
    }

    /** Ends the connection from outside, whatever it is doing. */
    void stop(Relay.End reason) {
        if (relay != null) {
            relay.stop(reason);
        } else if (state != ConnectionState.OVER) {
            reset();
        }
    }

    /** Ends the connection if it has been silent for too long. */
    void checkIdle(InterceptionLimits limits, long nowNanos) {
        if (relay != null && limits.isOverdue(relay, nowNanos)) {
            relay.stop(Relay.End.IDLE);
        }
    }

    /** What there is to know of it while it carries bytes. */
    Optional<RelayMeter> meter() {
        return meter;
    }

    /** Oldest first. */
    static int byAge(InterceptedConnection one, InterceptedConnection other) {
        // The difference, for the clock may overflow.
        return Long.signum(one.startedNanos - other.startedNanos);
    }

    /** What can be told of it now. */
    ConnectionReport report(long nowNanos, boolean detailed) {
        Optional<RelayMeter> asked = meter.filter(any -> detailed);
        return new ConnectionReport(
                client,
                destination,
                state,
                route,
                bypass.map(BypassDial::route),
                multipath,
                asked.map(RelayMeter::token).orElse(OptionalInt.empty()),
                asked.map(RelayMeter::subflows).orElse(List.of()),
                verdict,
                relay == null ? 0 : relay.bytesOutward(),
                relay == null ? 0 : relay.bytesInward(),
                nowNanos - startedNanos);
    }
}
