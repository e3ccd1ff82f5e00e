package net.hybridgateway.app.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.mgmt.status.DrillStatus.Result;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.diag.DiagnosedSubflow;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.Endpoint;
import net.hybridgateway.netlink.mptcp.EndpointFlags;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.mptcp.SubflowPath;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import org.tinylog.Logger;

/**
 * Rehearses a break with a connection of its own: it begins over an uplink that works, as a LAN host's would, joins the
 * backup, loses its first subflow in the way in which the policy engine takes a dead one away, and asks the conversion
 * point an Info question (RFC 8803 §6.2.3) over what is left. No server is touched.
 *
 * <p>Over the backup go four SYNs at most, and a handful of packets after that: far less than the smallest limit. Blocks;
 * belongs to one thread.
 */
final class DrillPath {
    /** To connect, over an uplink that works. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** To join, and to be answered: a modem that slept may take seconds to get a radio channel. */
    private static final Duration PATIENCE_OF_BACKUP = Duration.ofSeconds(10);

    private static final Duration INSPECT_EVERY = Duration.ofMillis(20);
    /** The header of a Convert message: its acknowledgment confirms Multipath TCP, and the other end waits for the rest. */
    private static final int HALF_A_REQUEST = 4;

    /** The address of the backup in the connection of the drill; that of the first subflow is 0. */
    private static final AddressId BACKUP_ID = new AddressId(1);

    /**
     * What was seen.
     *
     * @param begun whether something was sent over the backup
     */
    record Outcome(Result result, boolean begun, OptionalLong joinMillis, OptionalLong answerMillis, String text) {
        static Outcome skipped(String text) {
            return new Outcome(Result.SKIPPED, false, OptionalLong.empty(), OptionalLong.empty(), text);
        }

        private static Outcome failed(OptionalLong joinMillis, String text) {
            return new Outcome(Result.FAILED, true, joinMillis, OptionalLong.empty(), text);
        }
    }

    /** Ways to the conversion point: where the connection begins, and where it goes. */
    record Ways(
            ProbeUplink first, InetSocketAddress point, ProbeUplink backup, List<InetSocketAddress> pointsOfBackup) {}

    private final Ways ways;
    private final ProbeConnections connections;
    private final InfoTalk talk;
    private final LongSupplier nanoTime;
    private final LongSupplier carried;
    private final long limitBytes;

    /**
     * @param connections is told of the connection before it begins
     * @param stop ends the drill with a {@link InfoTalk.StoppedException}
     * @param carried bytes that the backup's device has carried since the drill began
     * @param limitBytes when that is more, the drill is ended
     */
    DrillPath(
            Ways ways,
            ProbeConnections connections,
            EventFd stop,
            LongSupplier nanoTime,
            LongSupplier carried,
            long limitBytes) {
        this.ways = ways;
        this.connections = connections;
        this.talk = new InfoTalk(stop);
        this.nanoTime = nanoTime;
        this.carried = carried;
        this.limitBytes = limitBytes;
    }

    Outcome rehearse() {
        InetAddress source = ways.first().sourceFor(ways.point().getAddress()).orElseThrow();
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP);
                MptcpPathManager pathManager = MptcpPathManager.open()) {
            socket.set(SocketOption.TCP_NODELAY, 1)
                    .set(SocketOption.SO_BINDTOIFINDEX, ways.first().interfaceIndex())
                    .resetOnClose()
                    .bind(new InetSocketAddress(source, 0));
            try (ProbeConnections.Watch watch = connections.watch(socket.localAddress())) {
                return rehearse(socket, watch, pathManager);
            }
        } catch (ErrnoException | NetlinkException e) {
            return Outcome.skipped("The system refused: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfoTalk.StoppedException();
        }
    }

    private Outcome rehearse(StreamSocket socket, ProbeConnections.Watch watch, MptcpPathManager pathManager)
            throws InterruptedException {
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.info());
        long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
        socket.connect(ways.point());
        if (!ready(socket, LibC.POLLOUT, deadline)
                || SocketQuery.error(socket.fd()).isPresent()) {
            return Outcome.skipped("There is no connection to rehearse with: the conversion point does not answer over "
                    + ways.first().name() + ".");
        }
        socket.write(ByteBuffer.wrap(handshake.requestBytes()).limit(HALF_A_REQUEST));
        List<InetSocketAddress> announced = new ArrayList<>();
        Optional<MptcpEvent.Established> established = established(watch, announced, deadline);
        if (established.isEmpty()) {
            return Outcome.skipped("There is no connection to rehearse with: Multipath TCP does not get through over "
                    + ways.first().name() + ".");
        }
        Optional<InetSocketAddress> target = target(established.get(), announced);
        if (target.isEmpty()) {
            return Outcome.failed(
                    OptionalLong.empty(), "The conversion point has no address that this uplink could be joined to.");
        }
        return move(socket, watch, pathManager, handshake, established.get(), target.get());
    }

    private Optional<MptcpEvent.Established> established(
            ProbeConnections.Watch watch, List<InetSocketAddress> announced, long deadlineNanos)
            throws InterruptedException {
        Optional<MptcpEvent.Established> established = Optional.empty();
        // Where the first address is denied, another one is announced.
        while (established.isEmpty()
                || (established.get().initialAddressDenied()
                        && target(established.get(), announced).isEmpty())) {
            Optional<MptcpEvent.OfConnection> event = watch.next(deadlineNanos - nanoTime.getAsLong());
            if (event.isEmpty()) {
                return established;
            }
            if (event.get() instanceof MptcpEvent.Established now) {
                established = Optional.of(now);
            } else if (event.get() instanceof MptcpEvent.Announced more) {
                announced.add(new InetSocketAddress(more.address(), more.port()));
            }
        }
        return established;
    }

    private Optional<InetSocketAddress> target(MptcpEvent.Established event, List<InetSocketAddress> announced) {
        List<InetSocketAddress> candidates = new ArrayList<>(ways.pointsOfBackup());
        candidates.addAll(announced);
        return candidates.stream()
                .filter(candidate ->
                        ways.backup().sourceFor(candidate.getAddress()).isPresent())
                .filter(candidate -> !event.initialAddressDenied() || !candidate.equals(ways.point()))
                .findFirst();
    }

    private Outcome move(
            StreamSocket socket,
            ProbeConnections.Watch watch,
            MptcpPathManager pathManager,
            ConvertClientHandshake handshake,
            MptcpEvent.Established connection,
            InetSocketAddress target)
            throws InterruptedException {
        InetAddress source = ways.backup().sourceFor(target.getAddress()).orElseThrow();
        long begun = nanoTime.getAsLong();
        try {
            pathManager.createSubflow(
                    connection.token(),
                    Endpoint.at(source)
                            .id(BACKUP_ID)
                            .flags(EndpointFlags.BACKUP)
                            .onLink(ways.backup().interfaceIndex()),
                    target);
        } catch (NetlinkException e) {
            return Outcome.failed(OptionalLong.empty(), "No join can begin over it: " + e.getMessage() + ".");
        }
        Optional<MptcpEvent.OfConnection> end = endOfJoin(watch, connection, begun + PATIENCE_OF_BACKUP.toNanos());
        if (end.isEmpty()) {
            return Outcome.failed(OptionalLong.empty(), "A join over it gets no answer.");
        }
        if (!(end.get() instanceof MptcpEvent.SubflowEstablished joined)) {
            return Outcome.failed(OptionalLong.empty(), "A join over it is refused.");
        }
        OptionalLong joinMillis = OptionalLong.of(millisSince(begun));
        awaitFullyEstablished(joined.subflow().path());
        if (carried.getAsLong() > limitBytes) {
            return new Outcome(
                    Result.SKIPPED,
                    true,
                    joinMillis,
                    OptionalLong.empty(),
                    "Other traffic uses it: nothing was measured.");
        }
        takeAway(connection, pathManager);
        long asked = nanoTime.getAsLong();
        if (!isAnswered(socket, handshake, asked + PATIENCE_OF_BACKUP.toNanos())) {
            return Outcome.failed(joinMillis, "It can be joined, but no answer comes over it.");
        }
        return new Outcome(
                Result.WORKED,
                true,
                joinMillis,
                OptionalLong.of(millisSince(asked)),
                "A connection from " + ways.first().name() + " went on over it, and the conversion point answered.");
    }

    /** The peer is told first, over the subflow that joined. It may be quicker than the second command. */
    private static void takeAway(MptcpEvent.Established connection, MptcpPathManager pathManager) {
        try {
            pathManager.remove(connection.token(), AddressId.INITIAL);
            pathManager.destroyInitialSubflow(
                    connection.token(),
                    connection.path().local(),
                    connection.path().remote());
        } catch (NetlinkException e) {
            Logger.debug("the first subflow of a drill: {}", e.getMessage());
        }
    }

    private Optional<MptcpEvent.OfConnection> endOfJoin(
            ProbeConnections.Watch watch, MptcpEvent.Established connection, long deadlineNanos)
            throws InterruptedException {
        while (true) {
            Optional<MptcpEvent.OfConnection> event = watch.next(deadlineNanos - nanoTime.getAsLong());
            boolean refused = event.isPresent()
                    && event.get() instanceof MptcpEvent.SubflowClosed closed
                    && !closed.subflow().path().local().equals(connection.path().local());
            if (event.isEmpty() || refused || event.get() instanceof MptcpEvent.SubflowEstablished) {
                return event;
            }
        }
    }

    /** A round trip after the SYN/ACK: before, REMOVE_ADDR would go to the first subflow, which is about to end. */
    private void awaitFullyEstablished(SubflowPath joined) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + PATIENCE_OF_BACKUP.toNanos();
        try (SockDiag diag = SockDiag.open()) {
            while (nanoTime.getAsLong() - deadline < 0
                    && !diag.subflow(
                                    joined.local(),
                                    joined.remote(),
                                    ways.backup().interfaceIndex())
                            .filter(DiagnosedSubflow::fullyEstablished)
                            .isPresent()) {
                Thread.sleep(INSPECT_EVERY.toMillis());
            }
        }
    }

    private boolean isAnswered(StreamSocket socket, ConvertClientHandshake handshake, long deadlineNanos) {
        ConvertClientOutcome outcome;
        try {
            outcome = talk.converse(socket, handshake, HALF_A_REQUEST, () -> deadlineNanos - nanoTime.getAsLong());
        } catch (ErrnoException e) {
            return false;
        }
        return outcome.kind() == ConvertClientOutcome.Kind.ACCEPTED
                || outcome.kind() == ConvertClientOutcome.Kind.REFUSED;
    }

    private boolean ready(StreamSocket socket, int events, long deadlineNanos) {
        return talk.ready(socket.fd(), events, deadlineNanos - nanoTime.getAsLong());
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - nanos);
    }
}
