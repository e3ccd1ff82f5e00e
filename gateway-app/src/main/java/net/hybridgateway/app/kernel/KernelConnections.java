package net.hybridgateway.app.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import net.hybridgateway.netlink.diag.DiagnosedSubflow;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.socket.TcpState;
import net.hybridgateway.scheduler.KernelConnection;
import net.hybridgateway.scheduler.KernelSubflow;
import net.hybridgateway.scheduler.SubflowTuple;

/** What the kernel has, for an engine that missed events. */
public final class KernelConnections {
    /** States in which a subflow has had its SYN/ACK and is not on its way out. */
    private static final Set<TcpState> STANDING = Set.of(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT);

    private KernelConnections() {}

    /**
     * Lists the connections to peers that are no strangers, and those that are known to be such although none of their
     * subflows goes to a configured address any more.
     *
     * @param peers tells by the two ends of a subflow who is at the other
     * @param isKnown tells known connections by their token
     */
    public static List<KernelConnection> read(SockDiag diag, Function<SubflowTuple, Peer> peers, IntPredicate isKnown) {
        Map<Integer, List<DiagnosedSubflow>> byToken = diag.subflows().stream()
                .filter(subflow -> STANDING.contains(subflow.state()))
                .collect(Collectors.groupingBy(DiagnosedSubflow::token, LinkedHashMap::new, Collectors.toList()));
        return byToken.entrySet().stream()
                .filter(entry -> isKnown.test(entry.getKey())
                        || entry.getValue().stream().anyMatch(subflow -> peers.apply(tuple(subflow)) != Peer.STRANGER))
                .map(entry -> new KernelConnection(
                        entry.getKey(),
                        // sock_diag does not know the C flag; the engine still does where it matters.
                        true,
                        entry.getValue().stream().anyMatch(subflow -> peers.apply(tuple(subflow)) == Peer.SERVER),
                        entry.getValue().stream()
                                .map(KernelConnections::subflow)
                                .toList()))
                .toList();
    }

    private static KernelSubflow subflow(DiagnosedSubflow subflow) {
        return new KernelSubflow(
                tuple(subflow),
                subflow.localId(),
                subflow.remoteId(),
                subflow.backupByUs(),
                subflow.fullyEstablished());
    }

    private static SubflowTuple tuple(DiagnosedSubflow subflow) {
        return new SubflowTuple(subflow.local(), subflow.remote());
    }
}
