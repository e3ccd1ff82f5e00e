package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.intercept.ConnectionReport;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.status.ConnectionStatus;
import net.hybridgateway.mgmt.status.SubflowStatus;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.SinglePathCause;
import net.hybridgateway.scheduler.SubflowState;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.traffic.TrafficVerdict;

/** Joins what the data plane, the engine and the kernel know of connections. */
final class ConnectionLister {
    private final Map<Integer, EngineSnapshot.ConnectionView> known = new HashMap<>();

    ConnectionLister(EngineSnapshot engine) {
        engine.connections().forEach(connection -> known.put(connection.token(), connection));
    }

    ConnectionStatus status(ConnectionReport report) {
        Optional<EngineSnapshot.ConnectionView> view = report.token().isPresent()
                ? Optional.ofNullable(known.get(report.token().getAsInt()))
                : Optional.empty();
        return new ConnectionStatus(
                report.client(),
                report.destination(),
                report.route().map(route -> route.conversionPoint().name()),
                report.bypass().isPresent(),
                view.map(ConnectionLister::paths).orElseGet(() -> firstPath(report)),
                report.bytesIn(),
                report.bytesOut(),
                TimeUnit.NANOSECONDS.toSeconds(report.ageNanos()),
                report.multipath(),
                report.route()
                        .map(route -> route.mode() == HandshakeMode.ZERO_RTT
                                ? ConnectionStatus.Handshake.ZERO_RTT
                                : ConnectionStatus.Handshake.ONE_RTT),
                view.map(connection -> subflows(connection, report)).orElse(List.of()),
                notes(report, view));
    }

    private static List<ConnectionStatus.Path> firstPath(ConnectionReport report) {
        return report.route().map(Route::path).or(() -> report.bypass().map(UpstreamRouter.DirectRoute::path)).stream()
                .map(path -> new ConnectionStatus.Path(path.uplink(), false))
                .toList();
    }

    /** The subflows that stand. */
    private static List<ConnectionStatus.Path> paths(EngineSnapshot.ConnectionView connection) {
        return connection.subflows().stream()
                .filter(subflow -> subflow.state().carries())
                .map(subflow -> new ConnectionStatus.Path(subflow.uplink(), subflow.backup()))
                .toList();
    }

    private static List<SubflowStatus> subflows(EngineSnapshot.ConnectionView connection, ConnectionReport report) {
        Map<SubflowTuple, TcpInfo> infos = new HashMap<>();
        for (Subflow subflow : report.subflows()) {
            infos.put(
                    new SubflowTuple(
                            subflow.addresses().local(), subflow.addresses().remote()),
                    subflow.tcp());
        }
        return connection.subflows().stream()
                .filter(subflow -> subflow.state() != SubflowState.CLOSED)
                .map(subflow -> subflow(subflow, subflow.tuple().map(infos::get)))
                .toList();
    }

    private static SubflowStatus subflow(EngineSnapshot.SubflowView subflow, Optional<TcpInfo> info) {
        return new SubflowStatus(
                subflow.uplink(),
                state(subflow.state()),
                subflow.backup(),
                info.map(tcp -> OptionalLong.of(tcp.bytesReceived())).orElse(OptionalLong.empty()),
                info.map(tcp -> OptionalLong.of(tcp.bytesSent())).orElse(OptionalLong.empty()),
                subflow.failures(),
                subflow.reason()
                        .map(reason -> reason.sentence())
                        .orElse(subflow.localId() == 0 ? "The connection began on it." : "It was there already."));
    }

    private static SubflowStatus.State state(SubflowState state) {
        return switch (state) {
            case WANTED -> SubflowStatus.State.WAITING;
            case CREATING, JOINED -> SubflowStatus.State.JOINING;
            case ESTABLISHED -> SubflowStatus.State.ESTABLISHED;
            case REMOVING -> SubflowStatus.State.DRAINING;
            case BROKEN -> SubflowStatus.State.DEAD;
            case CLOSING, CLOSED -> SubflowStatus.State.CLOSING;
        };
    }

    private static List<String> notes(ConnectionReport report, Optional<EngineSnapshot.ConnectionView> view) {
        List<String> notes = new ArrayList<>();
        report.verdict().ruleName().ifPresent(rule -> notes.add("Rule " + rule + ": " + words(report.verdict())));
        report.bypass()
                .ifPresent(
                        way -> notes.add("The conversion point is bypassed: the server speaks Multipath TCP itself."));
        view.flatMap(EngineSnapshot.ConnectionView::singlePath)
                .map(SinglePathCause::sentence)
                .ifPresent(notes::add);
        return notes;
    }

    private static String words(TrafficVerdict verdict) {
        String where = verdict.direct()
                ? "without a conversion point"
                : switch (verdict.rights().cellular()) {
                    case AS_CONFIGURED -> "on all uplinks";
                    case WHEN_DOWN -> "on cellular only while no other uplink carries it";
                    case NEVER -> "never on cellular";
                };
        return where + (verdict.rights().emergency() ? ", even when a quota is used up." : ".");
    }
}
