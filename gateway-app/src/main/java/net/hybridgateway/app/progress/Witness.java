package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.netlink.socket.SubflowAddresses;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;
import net.hybridgateway.scheduler.progress.PathJudge;
import net.hybridgateway.scheduler.progress.Stall;
import net.hybridgateway.scheduler.progress.StallJudge;
import net.hybridgateway.scheduler.progress.SubflowSample;

/** A live connection that may be asked how it does. Belongs to the loop of its relay. */
final class Witness implements Relay.Observer {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A connection on which nothing has moved for so long has nothing to tell, unless it waits for the peer. */
    private static final long QUIET = 1_500 * NANOS_PER_MILLI;

    /** One that waits in vain for so long has told it often enough. */
    private static final long HOPELESS = 10_000 * NANOS_PER_MILLI;

    /** One subflow, with what is made of it. */
    private record Watched(UplinkPath path, StallJudge judge) {}

    private final ProgressWatch watch;
    private final Relay relay;
    private final Endpoint far;
    private final SubflowAddresses initial;
    private final String initialUplink;
    private final Map<SubflowAddresses, Watched> subflows = new HashMap<>();
    private UplinkPath busiest;
    private long movedNanos;
    private boolean noted;

    Witness(
            ProgressWatch watch,
            Relay relay,
            Endpoint far,
            SubflowAddresses initial,
            String initialUplink,
            long nowNanos) {
        this.watch = watch;
        this.relay = relay;
        this.far = far;
        this.initial = initial;
        this.initialUplink = initialUplink;
        busiest = new UplinkPath(initialUplink, initial.remote());
        movedNanos = nowNanos;
    }

    @Override
    public void moved(long nowNanos) {
        movedNanos = nowNanos;
        if (!noted) {
            noted = true;
            watch.note(this);
        }
    }

    /** It is not among those who are asked any more, until it moves again. */
    void dismiss() {
        noted = false;
        subflows.clear();
    }

    /** Whether there is anything to be learnt from it. */
    boolean worthAsking(long nowNanos) {
        long still = nowNanos - movedNanos;
        return far.isOpen() && (still < QUIET || (still < HOPELESS && telling()));
    }

    /** Whether it could show a break now: bytes are under way, or stream. */
    boolean telling() {
        return subflows.values().stream().anyMatch(subflow -> subflow.judge().telling());
    }

    /** The path that it used last. */
    UplinkPath path() {
        return busiest;
    }

    /** Asks the kernel, at one system call or two, and tells what came over which path. */
    void look(PathProgress paths, long nowNanos) {
        List<SubflowAddresses> seen = new ArrayList<>();
        for (Subflow subflow : ask()) {
            TcpState state = subflow.tcp().state();
            // Before, there is a SYN to wait for, which may have to wake up a modem; afterwards, nothing comes.
            if (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT) {
                seen.add(subflow.addresses());
                look(subflow, paths, nowNanos);
            }
        }
        subflows.keySet().retainAll(seen);
    }

    private List<Subflow> ask() {
        int fd = far.descriptor();
        try {
            List<Subflow> all = Subflow.of(fd);
            // Without Multipath TCP, the connection is its own and only subflow.
            return all.isEmpty() ? List.of(new Subflow(Subflow.NO_ID, initial, TcpInfo.of(fd))) : all;
        } catch (ErrnoException e) {
            // It has ended a moment ago; the relay will hear of it.
            return List.of();
        }
    }

    private void look(Subflow subflow, PathProgress paths, long nowNanos) {
        Watched watched = subflows.get(subflow.addresses());
        boolean fresh = watched == null;
        if (fresh) {
            watched = begin(subflow.addresses(), paths);
            if (watched == null) {
                return;
            }
        }
        SubflowSample sample = sample(subflow.tcp(), nowNanos);
        StallJudge judge = watched.judge();
        judge.look(sample);
        if (judge.progressed()) {
            busiest = watched.path();
            paths.progressed(watched.path(), judge.progressNanos());
        }
        if (sample.srttNanos() > 0 && (fresh || judge.acked())) {
            paths.rtts()
                    .measured(
                            watched.path().uplink(),
                            watched.path().conversionPoint(),
                            new PathRtt(sample.srttNanos(), sample.rttvarNanos(), nowNanos));
        }
    }

    private Watched begin(SubflowAddresses addresses, PathProgress paths) {
        String uplink = addresses.local().getAddress().equals(initial.local().getAddress())
                ? initialUplink
                : paths.addresses().uplinkOf(addresses.local().getAddress()).orElse(null);
        if (uplink == null) {
            return null;
        }
        InetSocketAddress remote = addresses.remote();
        Watched watched = new Watched(new UplinkPath(uplink, remote), new StallJudge());
        subflows.put(addresses, watched);
        return watched;
    }

    private SubflowSample sample(TcpInfo tcp, long nowNanos) {
        return new SubflowSample(
                nowNanos,
                tcp.bytesAcked(),
                tcp.bytesReceived(),
                tcp.unackedSegments(),
                tcp.rttMicros() * NANOS_PER_MICRO,
                tcp.rttVarianceMicros() * NANOS_PER_MICRO,
                nowNanos - tcp.lastDataSentMillis() * NANOS_PER_MILLI,
                nowNanos - tcp.lastDataReceivedMillis() * NANOS_PER_MILLI,
                nowNanos - tcp.lastAckReceivedMillis() * NANOS_PER_MILLI,
                !relay.holdsForNear());
    }

    /** Tells what stands still, after all have told what moves. */
    void complain(PathProgress paths, long nowNanos) {
        for (Watched watched : subflows.values()) {
            watched.judge().stall().ifPresent(stall -> {
                if (movedElsewhere(stall, watched.path(), paths)
                        || paths.stalled(watched.path(), stall, nowNanos) != PathJudge.Verdict.WAIT) {
                    watched.judge().settled(stall);
                }
            });
        }
    }

    /** Data that is absent here because it comes over a better uplink now, as after that one's return. */
    private boolean movedElsewhere(Stall stall, UplinkPath path, PathProgress paths) {
        return stall.cause() == Stall.Cause.ABSENT
                && subflows.values().stream()
                        .anyMatch(
                                other -> paths.addresses().prefers(other.path().uplink(), path.uplink())
                                        && other.judge().progressNanos() - stall.sinceNanos() > 0);
    }
}
