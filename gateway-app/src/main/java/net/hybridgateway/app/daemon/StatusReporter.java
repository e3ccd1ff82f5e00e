package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.hybridgateway.app.intercept.ConnectionReport;
import net.hybridgateway.app.intercept.ConnectionState;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.probe.ProbeUplink;
import net.hybridgateway.app.progress.PathRtts;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.mgmt.status.ConnectionList;
import net.hybridgateway.mgmt.status.ConnectionTotals;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.mgmt.status.HealthTracker;
import net.hybridgateway.mgmt.status.QuotaStatus;
import net.hybridgateway.mgmt.status.StatusSource;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.quota.QuotaStanding;

/** Puts the status document together from those who own its parts. Asked on the mgmt thread. */
final class StatusReporter implements StatusSource {
    /**
     * What the control thread knows, taken at one moment.
     *
     * @param problems lasting conditions beyond those that the rest tells of
     * @param now that moment
     */
    record ControlView(
            EngineSnapshot engine,
            Map<String, UplinkBytes.Count> bytes,
            List<BreakStatus> breaks,
            QuotaKeeper.View quotas,
            List<HealthProblem> problems,
            Drills.View drills,
            Now now) {}

    private final Supplier<GatewayConfig> config;
    private final Interceptor interceptor;
    private final UpstreamRouter router;
    private final ControlQuestion control;
    private final PathRtts rtts;
    private final LongSupplier nanoTime;
    private final long startedNanos;
    private final HealthTracker tracker = new HealthTracker();

    /** Asks the control thread. */
    interface ControlQuestion {
        ControlView ask();

        EventReport events();
    }

    StatusReporter(
            Supplier<GatewayConfig> config,
            Interceptor interceptor,
            UpstreamRouter router,
            ControlQuestion control,
            PathRtts rtts,
            LongSupplier nanoTime) {
        this.config = config;
        this.interceptor = interceptor;
        this.router = router;
        this.control = control;
        this.rtts = rtts;
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
    }

    @Override
    public GatewayStatus status() {
        ControlView view = control.ask();
        List<ConnectionReport> connections = interceptor.connections();
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
                        count(connections, it -> it.multipath() && it.state() == ConnectionState.CONVERTED),
                        count(connections, it -> it.state() == ConnectionState.BYPASS),
                        count(connections, it -> it.state() == ConnectionState.DIRECT),
                        interceptor.totals().begun(),
                        interceptor.heldBuffers()),
                view.breaks(),
                view.drills().last(),
                view.drills().next(),
                health(view, conversionPoints));
    }

    /** Also called for its own sake: a problem is as old as the first look that found it. */
    private List<HealthEntry> health(ControlView view, List<ConversionPointStatus> conversionPoints) {
        List<HealthProblem> problems = Health.of(view.engine(), conversionPoints, view.quotas(), view.problems());
        // Whoever asks comes on a thread of its own.
        synchronized (tracker) {
            return tracker.look(problems, view.now().nanos(), view.now().wall());
        }
    }

    private static int count(List<ConnectionReport> connections, Predicate<ConnectionReport> counted) {
        return (int) connections.stream().filter(counted).count();
    }

    /** The uplinks for a probe; called on its thread. */
    List<ProbeUplink> probeUplinks() {
        ControlView view = control.ask();
        return view.engine().uplinks().stream()
                .filter(uplink -> uplink.state() != UplinkState.DISABLED)
                .map(uplink -> new ProbeUplink(
                        uplink.config().name(),
                        uplink.interfaceIndex(),
                        uplink.sources(),
                        uplink.config().reach(),
                        forbidden(view, uplink.config().name())))
                .toList();
    }

    private static Optional<String> forbidden(ControlView view, String uplink) {
        return Optional.ofNullable(view.quotas().standings().get(uplink))
                .filter(standing -> standing.allowance() == Allowance.EMERGENCY_ONLY)
                .map(standing -> standing.reason().sentence());
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
                rtts.of(name)
                        .map(rtt -> OptionalDouble.of(rtt.smoothedNanos() / 1e6))
                        .orElse(OptionalDouble.empty()),
                bytes.in(),
                bytes.out(),
                uplink.subflows(),
                uplink.state() == UplinkState.HOLD_DOWN
                        ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(uplink.holdDownLeftNanos()))
                        : OptionalLong.empty(),
                uplink.suspectForNanos().isPresent()
                        ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(
                                uplink.suspectForNanos().getAsLong()))
                        : OptionalLong.empty(),
                Optional.ofNullable(view.quotas().standings().get(name)).flatMap(StatusReporter::quota));
    }

    private static Optional<QuotaStatus> quota(QuotaStanding standing) {
        QuotaStatus.Tier tier =
                switch (standing.reason()) {
                    case WITHIN_LIMITS, OUTSIDE_SCHEDULE -> QuotaStatus.Tier.FREE;
                    case SOFT_TIER -> QuotaStatus.Tier.SOFT;
                    case QUOTA_USED_UP -> QuotaStatus.Tier.HARD;
                };
        return standing.usage()
                .map(usage -> new QuotaStatus(usage.limitBytes(), usage.usedBytes(), usage.periodEnd(), tier));
    }

    private String device(String uplink) {
        return config.get().uplinks().stream()
                .filter(configured -> configured.name().equals(uplink))
                .map(UplinkConfig::device)
                .findFirst()
                .orElse("");
    }

    private ConversionPointStatus conversionPoint(ConversionPoint point) {
        return ConversionPointReport.of(
                point, config.get().uplinks().stream().map(UplinkConfig::name).toList(), router, nanoTime.getAsLong());
    }

    private GatewayMode mode(EngineSnapshot engine, List<ConversionPointStatus> conversionPoints) {
        if (!config.get().interception().enabled()) {
            return GatewayMode.DISABLED;
        }
        List<EngineSnapshot.UplinkView> usable = engine.uplinks().stream()
                .filter(uplink -> uplink.state() == UplinkState.ONLINE || uplink.state() == UplinkState.HOLD_DOWN)
                .toList();
        if (usable.isEmpty()) {
            return GatewayMode.OFFLINE;
        }
        if (conversionPoints.stream().allMatch(point -> point.state().isAvoided())) {
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

    @Override
    public ConnectionList connections(int most) {
        ConnectionLister lister = new ConnectionLister(control.ask().engine());
        return new ConnectionList(
                interceptor.oldestConnections(most).stream().map(lister::status).toList(),
                interceptor.liveConnections());
    }

    @Override
    public EventReport events() {
        return control.events();
    }
}
