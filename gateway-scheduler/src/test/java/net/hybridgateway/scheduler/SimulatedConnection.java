package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The kernel's and the peer's side of one MPTCP connection, as far as KERNEL.md describes it: strict where the kernel
 * refuses, and forgetful where packets are lost.
 */
final class SimulatedConnection {
    private static final int ECONNREFUSED = 111;
    private static final int ETIMEDOUT = 110;
    private static final int FOURTH_ACK_TRIES = 60;
    /** When an unanswered SYN is sent, after the first; then the kernel gives up. */
    private static final List<Duration> SYN_TIMES = List.of(
            Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7), Duration.ofSeconds(15));

    private static final Duration SYN_GIVES_UP = Duration.ofSeconds(31);

    enum Phase {
        SYN_SENT,
        JOINED,
        FULL,
        GONE
    }

    /** A subflow in the kernel. */
    static final class Socket {
        final SubflowTuple tuple;
        final int localId;
        final SimulatedUplink uplink;
        private final int boundTo;
        boolean backup;
        boolean closedByPeer;
        Phase phase;

        Socket(SubflowTuple tuple, int localId, SimulatedUplink uplink, boolean backup, Phase phase) {
            this.tuple = tuple;
            this.localId = localId;
            this.uplink = uplink;
            this.boundTo = uplink.interfaceIndex;
            this.backup = backup;
            this.phase = phase;
        }

        boolean passes() {
            return uplink.interfaceIndex == boundTo
                    && uplink.passes(tuple.local().getAddress(), tuple.remote());
        }

        /** Whether the gateway can see that nothing leaves here. */
        boolean visiblyDead() {
            return uplink.interfaceIndex != boundTo
                    || !uplink.on()
                    || !uplink.sources().contains(tuple.local().getAddress());
        }

        boolean carries() {
            return phase == Phase.FULL && !closedByPeer && passes();
        }

        @Override
        public String toString() {
            return uplink.name + " " + tuple.local() + " > " + tuple.remote() + " " + phase + (backup ? " backup" : "")
                    + (closedByPeer ? " closed by the peer" : "") + (passes() ? "" : " dead");
        }
    }

    final int token;
    /** Those that are not gone. */
    final List<Socket> sockets = new ArrayList<>();

    final InetSocketAddress initialRemote;
    int removesLost;
    /** Bytes are expected all the time, so that whatever stops them is noticed. */
    boolean active;
    /** What the user's rules allow it, and whether the engine was told. */
    TrafficRights rights = TrafficRights.NORMAL;

    boolean classified;
    /** Since when nothing but its subflows has changed about it. */
    long steadySinceNanos;

    private final SimulatedGateway gateway;
    private final boolean initialDenied;
    /** Whether the engine was told of the connection, and so of the C flag; if not, it has to believe the worst. */
    private boolean introduced;

    private boolean believedDenied;

    private boolean initialWithdrawn;
    private final Socket initial;
    private final Map<Integer, InetSocketAddress> announced = new TreeMap<>();
    private final Map<Integer, InetAddress> entries = new HashMap<>();
    private int nextPort = 40_000;

    SimulatedConnection(
            SimulatedGateway gateway,
            int token,
            SimulatedUplink uplink,
            InetAddress source,
            InetSocketAddress remote,
            boolean denied) {
        this.gateway = gateway;
        this.token = token;
        this.initialDenied = denied;
        this.believedDenied = denied;
        this.initialRemote = remote;
        initial = new Socket(tuple(source, remote), 0, uplink, false, Phase.FULL);
        sockets.add(initial);
        entries.put(0, source);
        steadySinceNanos = gateway.clockNanos();
    }

    private SubflowTuple tuple(InetAddress source, InetSocketAddress remote) {
        return new SubflowTuple(new InetSocketAddress(source, nextPort++), remote);
    }

    Socket initial() {
        return initial;
    }

    boolean usable() {
        for (Socket socket : sockets) {
            if (socket.carries()) {
                return true;
            }
        }
        return false;
    }

    /** Where the peer takes further subflows. */
    List<InetSocketAddress> joinable() {
        List<InetSocketAddress> joinable = new ArrayList<>(announced.values());
        if (believedDenied) {
            joinable.remove(initialRemote);
        } else if (!initialWithdrawn && !joinable.contains(initialRemote)) {
            joinable.add(initialRemote);
        }
        return joinable;
    }

    void introduce() {
        introduced = true;
    }

    void classify(TrafficRights as) {
        rights = as;
        classified = true;
        steadySinceNanos = gateway.clockNanos();
        gateway.changed();
    }

    /** The peer's ADD_ADDR, as the engine hears of it. */
    void announce(int remoteId, InetSocketAddress address) {
        announced.put(remoteId, address);
        steadySinceNanos = gateway.clockNanos();
    }

    /** The peer's REMOVE_ADDR, as the engine hears of it. */
    void withdraw(int remoteId) {
        announced.remove(remoteId);
        steadySinceNanos = gateway.clockNanos();
        initialWithdrawn |= remoteId == 0;
    }

    Optional<Socket> on(String uplink) {
        return sockets.stream()
                .filter(socket -> socket.uplink.name.equals(uplink))
                .reduce((older, newer) -> newer);
    }

    /** The subflows that data is sent over: backups only if there is nothing else. */
    List<Socket> inUse() {
        List<Socket> regular = new ArrayList<>(sockets.size());
        List<Socket> backup = new ArrayList<>(sockets.size());
        for (Socket socket : sockets) {
            if (socket.phase == Phase.FULL && !socket.closedByPeer) {
                (socket.backup ? backup : regular).add(socket);
            }
        }
        return regular.isEmpty() ? backup : regular;
    }

    KernelConnection listed() {
        List<KernelSubflow> listed = sockets.stream()
                .filter(socket -> socket.phase != Phase.SYN_SENT)
                .map(socket -> new KernelSubflow(
                        socket.tuple,
                        socket.localId,
                        socket.tuple.remote().equals(initialRemote) ? 0 : 1,
                        socket.backup,
                        socket.phase == Phase.FULL))
                .toList();
        believedDenied |= !introduced;
        return new KernelConnection(token, believedDenied, listed);
    }

    void create(Decision.CreateSubflow wanted) {
        SimulatedUplink uplink = gateway.uplink(wanted.uplink());
        requireThat(wanted.interfaceIndex() == uplink.interfaceIndex, "wrong interface", wanted);
        requireThat(!(initialDenied && wanted.remote().equals(initialRemote)), "denied address", wanted);
        boolean known = !initialDenied && gateway.knownAddresses.contains(wanted.remote());
        requireThat(
                joinable().contains(wanted.remote()) || known || gateway.lostEvents,
                "nothing was announced there",
                wanted);
        requireThat(
                wanted.localAddress() instanceof Inet4Address == wanted.remote().getAddress() instanceof Inet4Address,
                "families mismatch",
                wanted);
        boolean otherId = entries.entrySet().stream()
                .anyMatch(
                        entry -> entry.getValue().equals(wanted.localAddress()) && entry.getKey() != wanted.localId());
        InetAddress holder = entries.get(wanted.localId());
        requireThat(
                !otherId && (holder == null || holder.equals(wanted.localAddress())),
                "did not match address and id",
                wanted);
        boolean twice = sockets.stream().anyMatch(socket -> socket.localId == wanted.localId());
        requireThat(!twice || gateway.lostEvents || gateway.mayBeBehind(), "a second subflow with the same id", wanted);
        if (uplink.kernelRefusals > 0 || !uplink.has(wanted.localAddress())) {
            uplink.kernelRefusals = Math.max(0, uplink.kernelRefusals - 1);
            gateway.unsteady(uplink.name);
            gateway.later(
                    0,
                    () -> gateway.deliver(new EngineEvent.SubflowCreateFailed(
                            token, wanted.uplink(), wanted.localId(), "connect error: -99")));
            return;
        }
        entries.put(wanted.localId(), wanted.localAddress());
        Socket socket = new Socket(
                tuple(wanted.localAddress(), wanted.remote()),
                wanted.localId(),
                uplink,
                wanted.backup(),
                Phase.SYN_SENT);
        sockets.add(socket);
        gateway.changed();
        for (Duration after : SYN_TIMES) {
            gateway.later(after.toNanos(), () -> sendSyn(socket));
        }
        gateway.later(SYN_GIVES_UP.toNanos(), () -> {
            if (socket.phase == Phase.SYN_SENT) {
                gone(socket, OptionalInt.of(ETIMEDOUT));
            }
        });
    }

    private void sendSyn(Socket socket) {
        if (socket.phase != Phase.SYN_SENT || !socket.passes() || gateway.loses(socket.uplink)) {
            return;
        }
        boolean refused = socket.uplink.peerRefusals > 0;
        if (refused) {
            socket.uplink.peerRefusals--;
            gateway.unsteady(socket.uplink.name);
        }
        gateway.later(socket.uplink.rttNanos, () -> {
            if (socket.phase != Phase.SYN_SENT || !socket.passes()) {
                return;
            }
            if (refused) {
                gone(socket, OptionalInt.of(ECONNREFUSED));
                return;
            }
            socket.phase = Phase.JOINED;
            gateway.changed();
            gateway.later(socket.uplink.rttNanos, () -> fullyEstablish(socket, FOURTH_ACK_TRIES));
            gateway.kernelEvent(new EngineEvent.SubflowEstablished(token, socket.tuple, socket.localId, 0));
        });
    }

    private void fullyEstablish(Socket socket, int triesLeft) {
        if (socket.phase != Phase.JOINED) {
            return;
        }
        if (socket.passes()) {
            socket.phase = Phase.FULL;
            gateway.changed();
        } else if (triesLeft == 0) {
            gone(socket, OptionalInt.of(ETIMEDOUT));
        } else {
            gateway.later(Duration.ofSeconds(1).toNanos(), () -> fullyEstablish(socket, triesLeft - 1));
        }
    }

    void remove(int localId) {
        boolean known =
                entries.remove(localId) != null || sockets.stream().anyMatch(socket -> socket.localId == localId);
        if (!known) {
            return; // EINVAL, "address with id not found": harmless
        }
        for (Socket socket : List.copyOf(sockets)) {
            if (socket.localId == localId && socket.phase == Phase.SYN_SENT) {
                gone(socket, OptionalInt.empty());
            }
        }
        Optional<Socket> teller = sockets.stream()
                .filter(socket -> socket.localId != localId && socket.carries())
                .findFirst();
        if (teller.isEmpty()) {
            removesLost++;
            return;
        }
        if (!gateway.loses(teller.get().uplink)) {
            gateway.later(teller.get().uplink.rttNanos / 2, () -> {
                if (teller.get().passes()) {
                    peerCloses(localId);
                }
            });
        }
    }

    private void peerCloses(int localId) {
        for (Socket socket : List.copyOf(sockets)) {
            if (socket.localId == localId && socket.phase != Phase.SYN_SENT) {
                socket.closedByPeer = true;
                gateway.changed();
                gateway.later(socket.uplink.rttNanos / 2, () -> {
                    if (socket.passes()) {
                        gone(socket, OptionalInt.empty());
                    }
                });
            }
        }
    }

    void destroy(SubflowTuple tuple) {
        sockets.stream()
                .filter(socket -> socket.tuple.equals(tuple))
                .findFirst()
                .ifPresent(socket -> {
                    entries.remove(socket.localId);
                    gone(socket, OptionalInt.empty());
                });
    }

    void inspect(SubflowTuple tuple) {
        boolean full = sockets.stream().anyMatch(socket -> socket.tuple.equals(tuple) && socket.phase == Phase.FULL);
        gateway.later(0, () -> gateway.deliver(new EngineEvent.SubflowInspected(token, tuple, full)));
    }

    void setBackup(Decision.SetBackup wanted) {
        Optional<Socket> found = sockets.stream()
                .filter(socket -> socket.tuple.equals(wanted.tuple()))
                .findFirst();
        requireThat(found.isPresent() || gateway.mayBeBehind(), "subflow not found", wanted);
        found.ifPresent(socket -> {
            socket.backup = wanted.backup();
            gateway.changed();
        });
    }

    /** The peer, or something between, resets a subflow. */
    void reset(Socket socket) {
        gone(socket, OptionalInt.of(104));
    }

    /** The connection itself ends. */
    void end() {
        for (Socket socket : sockets) {
            socket.phase = Phase.GONE;
        }
        sockets.clear();
    }

    private void gone(Socket socket, OptionalInt errno) {
        if (socket.phase == Phase.GONE) {
            return;
        }
        socket.phase = Phase.GONE;
        sockets.remove(socket);
        gateway.changed();
        gateway.kernelEvent(new EngineEvent.SubflowClosed(token, socket.tuple, socket.localId, errno));
    }

    @Override
    public String toString() {
        return "#" + Integer.toUnsignedString(token);
    }

    private static void requireThat(boolean holds, String error, Decision decision) {
        if (!holds) {
            throw new AssertionError("EINVAL, " + error + ": " + decision);
        }
    }
}
