package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.app.intercept.ConnectionReport;
import net.hybridgateway.app.intercept.ConnectionState;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.PathMemory;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.mgmt.status.ConnectionStatus;
import net.hybridgateway.mgmt.status.ConnectionTotals;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.Severity;
import net.hybridgateway.mgmt.status.StatusSource;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.SubflowState;
import net.hybridgateway.scheduler.UplinkState;

/** Puts the status document together from those who own its parts. Asked on the mgmt thread. */
final class StatusReporter implements StatusSource {
    /** What the control thread knows, taken at one moment. */
    record ControlView(EngineSnapshot engine, Map<String, UplinkBytes.Count> bytes, List<BreakStatus> breaks) {}

    private final GatewayConfig config;
    private final Interceptor interceptor;
    private final UpstreamRouter router;
    private final ControlQuestion control;
    private final LongSupplier nanoTime;
    private final long startedNanos;

    /** Asks the control thread. */
    interface ControlQuestion {
        ControlView ask();
    }

    StatusReporter(
            GatewayConfig config,
            Interceptor interceptor,
            UpstreamRouter router,
            ControlQuestion control,
            LongSupplier nanoTime) {
        this.config = config;
        this.interceptor = interceptor;
        this.router = router;
        this.control = control;
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
    }

    @Override
    public GatewayStatus status() {
        ControlView view = control.ask();
        List<ConnectionReport> connections = interceptor.connections(false);
        List<ConversionPointStatus> conversionPoints =
                router.conversionPoints().stream().map(this::conversionPoint).toList();
        GatewayMode mode = mode(view.engine(), conversionPoints);
        return new GatewayStatus(
                Version.current(),
                TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startedNanos),
                mode,
                view.engine().uplinks().stream()
                        .map(uplink -> uplink(uplink, view))
                        .toList(),
                conversionPoints,
                new ConnectionTotals(
                        connections.size(),
                        (int) connections.stream()
                                .filter(ConnectionReport::multipath)
                                .count(),
                        (int) connections.stream()
                                .filter(connection -> connection.state() == ConnectionState.DIRECT)
                                .count(),
                        interceptor.totals().begun(),
                        interceptor.heldBuffers()),
                view.breaks(),
                health(view.engine(), conversionPoints));
    }

    private UplinkStatus uplink(EngineSnapshot.UplinkView uplink, ControlView view) {
        String name = uplink.config().name();
        UplinkBytes.Count bytes = view.bytes().getOrDefault(name, UplinkBytes.Count.NONE);
        return new UplinkStatus(
                name,
                uplink.config().kind(),
                device(name),
                uplink.state(),
                uplink.config().use(),
                uplink.reason().map(reason -> reason.sentence()),
                uplink.sources(),
                OptionalDouble.empty(),
                bytes.in(),
                bytes.out(),
                uplink.subflows());
    }

    private String device(String uplink) {
        return config.uplinks().stream()
                .filter(configured -> configured.name().equals(uplink))
                .map(UplinkConfig::device)
                .findFirst()
                .orElse("");
    }

    /** One line for each address; what is known of it over the best uplink that has been tried. */
    private ConversionPointStatus conversionPoint(ConversionPoint point) {
        Optional<PathMemory> memory = config.uplinks().stream()
                .map(uplink -> router.memory(point, uplink.name()))
                .filter(PathMemory::wasTried)
                .findFirst();
        Optional<PathMemory.FastOpen> fastOpen =
                memory.map(PathMemory::fastOpen).filter(known -> known != PathMemory.FastOpen.UNKNOWN);
        return new ConversionPointStatus(
                point.name(),
                point.address().getAddress().getHostAddress(),
                point.address().getPort(),
                ConversionPointStatus.Origin.CONFIGURATION,
                memory.map(known ->
                                known.isFailing() ? ConversionPointStatus.State.DOWN : ConversionPointStatus.State.UP)
                        .orElse(ConversionPointStatus.State.UNKNOWN),
                fastOpen.map(known -> known != PathMemory.FastOpen.PLAIN_TCP_ONLY),
                fastOpen.map(known -> known == PathMemory.FastOpen.WORKS));
    }

    private GatewayMode mode(EngineSnapshot engine, List<ConversionPointStatus> conversionPoints) {
        if (!config.interception().enabled()) {
            return GatewayMode.DISABLED;
        }
        List<EngineSnapshot.UplinkView> usable = engine.uplinks().stream()
                .filter(uplink -> uplink.state() == UplinkState.ONLINE || uplink.state() == UplinkState.HOLD_DOWN)
                .toList();
        if (usable.isEmpty()) {
            return GatewayMode.OFFLINE;
        }
        if (conversionPoints.stream().allMatch(point -> point.state() == ConversionPointStatus.State.DOWN)) {
            return GatewayMode.DIRECT;
        }
        int best = engine.uplinks().stream()
                .mapToInt(uplink -> uplink.config().preference())
                .min()
                .orElseThrow();
        return usable.stream()
                        .anyMatch(
                                uplink -> uplink.config().preference() == best && uplink.state() == UplinkState.ONLINE)
                ? GatewayMode.NORMAL
                : GatewayMode.BACKUP;
    }

    private static List<HealthEntry> health(EngineSnapshot engine, List<ConversionPointStatus> conversionPoints) {
        List<HealthEntry> entries = new ArrayList<>();
        if (conversionPoints.isEmpty()) {
            entries.add(new HealthEntry(
                    "no-conversion-point",
                    Severity.ERROR,
                    "No conversion point is known: connections go direct and end with their uplink."));
        }
        for (ConversionPointStatus point : conversionPoints) {
            if (point.state() == ConversionPointStatus.State.DOWN) {
                entries.add(new HealthEntry(
                        "conversion-point-down",
                        Severity.ERROR,
                        "Conversion point " + point.name() + " (" + point.address() + ") does not answer."));
            } else if (point.mptcp().equals(Optional.of(false))) {
                entries.add(new HealthEntry(
                        "no-multipath",
                        Severity.WARNING,
                        "Multipath TCP does not get through to conversion point " + point.name() + " ("
                                + point.address() + "): connections end with their uplink."));
            }
        }
        for (EngineSnapshot.UplinkView uplink : engine.uplinks()) {
            if (uplink.state() == UplinkState.OFFLINE) {
                entries.add(new HealthEntry(
                        "uplink-down",
                        Severity.WARNING,
                        "Uplink " + uplink.config().name() + " is down. "
                                + uplink.reason()
                                        .map(reason -> reason.sentence())
                                        .orElse("It was never up.")));
            }
        }
        entries.sort(Comparator.comparing(HealthEntry::severity).reversed());
        return entries;
    }

    @Override
    public List<ConnectionStatus> connections() {
        Map<Integer, EngineSnapshot.ConnectionView> known = new HashMap<>();
        control.ask().engine().connections().forEach(connection -> known.put(connection.token(), connection));
        return interceptor.connections(true).stream()
                .sorted(Comparator.comparingLong(ConnectionReport::ageNanos).reversed())
                .map(report -> connection(report, known))
                .toList();
    }

    private static ConnectionStatus connection(
            ConnectionReport report, Map<Integer, EngineSnapshot.ConnectionView> known) {
        List<ConnectionStatus.Path> paths = report.token().isPresent()
                        && known.containsKey(report.token().getAsInt())
                ? paths(known.get(report.token().getAsInt()))
                : report.route().stream()
                        .map(route -> new ConnectionStatus.Path(route.path().uplink(), false))
                        .toList();
        return new ConnectionStatus(
                report.client(),
                report.destination(),
                report.route().map(route -> route.conversionPoint().name()),
                paths,
                report.bytesIn(),
                report.bytesOut(),
                TimeUnit.NANOSECONDS.toSeconds(report.ageNanos()),
                report.multipath(),
                report.route()
                        .map(route -> route.mode() == HandshakeMode.ZERO_RTT
                                ? ConnectionStatus.Handshake.ZERO_RTT
                                : ConnectionStatus.Handshake.ONE_RTT));
    }

    /** The subflows that stand. */
    private static List<ConnectionStatus.Path> paths(EngineSnapshot.ConnectionView connection) {
        return connection.subflows().stream()
                .filter(subflow ->
                        subflow.state() == SubflowState.JOINED || subflow.state() == SubflowState.ESTABLISHED)
                .map(subflow -> new ConnectionStatus.Path(subflow.uplink(), subflow.backup()))
                .toList();
    }
}
