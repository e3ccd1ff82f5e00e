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
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.upstream.ConverterDial;
import net.hybridgateway.app.upstream.DirectDial;
import net.hybridgateway.app.upstream.HedgedDial;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.app.upstream.Ways;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.scheduler.traffic.TrafficVerdict;

/**
 * One connection of a LAN host, from accept to the end. The package's page draws its states.
 *
 * <p>Belongs to the loop that its LAN socket lives on.
 */
final class InterceptedConnection implements EndpointHandler, ConverterDial.Listener, DirectDial.Listener {
    /** As long as people wait: a line that flaps is back in seconds, and the kernel sends again what was sent. */
    private static final Duration RESCUE = Duration.ofSeconds(12);

    private final Interceptor interceptor;
    private final RelayLoop loop;
    private final Endpoint lan;
    private final InetSocketAddress client;
    private final InetSocketAddress destination;
    private final long startedNanos;
    private final EarlyData early;
    private final TrafficVerdict verdict;
    private final Ways ways;

    private ConnectionState state = ConnectionState.DIALLING;
    private Optional<Route> route = Optional.empty();
    private HedgedDial dial;
    private DirectDial directDial;
    private Endpoint upstream;
    private Relay relay;
    private boolean multipath;
    private long lookedAtBytes;

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
        ways = new Ways(interceptor.router(), verdict.rights(), interceptor::nanoTime);
    }

    void start() {
        if (verdict.direct()) {
            goDirect();
        } else {
            goAnotherWay();
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

    @Override
    public void converterConnected(Endpoint endpoint) {
        upstream = endpoint;
        route = Optional.of(dial.route());
        interceptor.classified(endpoint, verdict.rights());
        passEarlyDataOn();
    }

    @Override
    public void converterWritable() {
        passEarlyDataOn();
    }

    /** What the host says goes out before the conversion point has answered: that is the point of 0-RTT. */
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
        }
    }

    /**
     * The uplinks, or what is suspected of them, have changed. An attempt over one that is gone would wait in vain, as its
     * answer can't arrive: it begins anew over another.
     */
    void pathsChanged() {
        if (dial != null) {
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
            directDial.cancel();
            goDirect();
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
        directDial = new DirectDial(loop, interceptor.router(), verdict.rights(), destination, this);
        directDial.start();
    }

    @Override
    public void directConnected(Endpoint endpoint) {
        directDial = null;
        relayThrough(endpoint, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void directFailed() {
        directDial = null;
        reset();
    }

    // ---- relaying ---------------------------------------------------------------------------------------------------

    private void relayThrough(Endpoint endpoint, ByteBuf serverData) {
        upstream = endpoint;
        state = route.isPresent() ? ConnectionState.CONVERTED : ConnectionState.DIRECT;
        relay = new Relay(lan, endpoint, (ended, end) -> over(), interceptor::nanoTime);
        relay.sendOutwardFirst(early.unsent());
        relay.sendInwardFirst(serverData);
        if (early.ended()) {
            relay.nearEnded();
        }
        early.release();
        interceptor.relaying(state, multipath);
        route.ifPresent(way -> interceptor
                .progressWatch(loop)
                .watch(
                        relay,
                        endpoint,
                        way.path().uplink(),
                        way.source(),
                        way.conversionPoint().address()));
        relay.start();
    }

    /** Gives up: the LAN host sees what it would have seen from a server that refuses. */
    private void reset() {
        lan.abort();
        if (dial != null) {
            dial.cancel();
            dial = null;
        }
        if (directDial != null) {
            directDial.cancel();
            directDial = null;
        }
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
        if (relay != null) {
            long limit = relay.isHalfClosed()
                    ? limits.halfClosedIdle().toNanos()
                    : limits.idle().toNanos();
            if (nowNanos - relay.lastActivityNanos() > limit) {
                relay.stop(Relay.End.IDLE);
            }
        }
    }

    /** An uplink broke; see {@link Relay#watchGap}. */
    void watchGap(GapMeter meter) {
        if (relay != null && multipath) {
            relay.watchGap(meter);
        }
    }

    /** Bytes relayed both ways since this was last asked. */
    long movedSinceLastLook() {
        long bytes = relay == null ? 0 : relay.bytesOutward() + relay.bytesInward();
        long moved = bytes - lookedAtBytes;
        lookedAtBytes = bytes;
        return moved;
    }

    /** The socket towards the conversion point while it carries bytes over Multipath TCP. */
    Optional<Integer> multipathSocket() {
        return relay != null && multipath && upstream.isOpen()
                ? Optional.of(upstream.fd().intValue())
                : Optional.empty();
    }

    /** Oldest first. */
    static int byAge(InterceptedConnection one, InterceptedConnection other) {
        // The difference, for the clock may overflow.
        return Long.signum(one.startedNanos - other.startedNanos);
    }

    /** What can be told of it now. */
    ConnectionReport report(long nowNanos, boolean detailed) {
        Optional<Integer> asked = detailed ? multipathSocket() : Optional.empty();
        return new ConnectionReport(
                client,
                destination,
                state,
                route,
                multipath,
                asked.flatMap(MptcpInfo::of)
                        .map(info -> OptionalInt.of(info.token()))
                        .orElse(OptionalInt.empty()),
                asked.map(Subflow::of).orElse(List.of()),
                verdict,
                relay == null ? 0 : relay.bytesOutward(),
                relay == null ? 0 : relay.bytesInward(),
                nowNanos - startedNanos);
    }
}
