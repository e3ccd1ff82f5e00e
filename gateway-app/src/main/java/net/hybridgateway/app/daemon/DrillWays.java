package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.hybridgateway.app.probe.DrillRunner;
import net.hybridgateway.app.probe.DrillUplink;
import net.hybridgateway.app.probe.ProbeUplink;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot.UplinkView;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.QuotaStanding;

/** What a drill has to know, and whom it tells. */
final class DrillWays implements DrillRunner.Ways {
    /** The control thread, as far as it is needed here; it answers at once. */
    interface Control {
        List<UplinkView> uplinks();

        Map<String, QuotaStanding> standings();

        Map<String, UplinkBytes.Count> carried();

        void handle(EngineEvent event);
    }

    private final Control control;
    private final UpstreamRouter router;
    private final Consumer<DrillStatus> done;
    private volatile Set<String> backups;

    DrillWays(List<UplinkConfig> configured, Control control, UpstreamRouter router, Consumer<DrillStatus> done) {
        this.backups = backups(configured);
        this.control = control;
        this.router = router;
        this.done = done;
    }

    /** From now on, these are the uplinks. */
    void configure(List<UplinkConfig> configured) {
        backups = backups(configured);
    }

    private static Set<String> backups(List<UplinkConfig> configured) {
        return configured.stream()
                .filter(uplink -> uplink.kind() == UplinkKind.CELLULAR || uplink.use() != UplinkUse.ALWAYS)
                .map(UplinkConfig::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> backupNames() {
        return backups;
    }

    @Override
    public List<DrillUplink> uplinks() {
        Map<String, QuotaStanding> standings = control.standings();
        Set<String> names = backups;
        return control.uplinks().stream()
                .map(uplink -> new DrillUplink(
                        new ProbeUplink(
                                uplink.config().name(),
                                uplink.interfaceIndex(),
                                uplink.sources(),
                                uplink.config().reach(),
                                forbidden(uplink, standings)),
                        uplink.state(),
                        uplink.reason().map(Reason::sentence),
                        names.contains(uplink.config().name())))
                .toList();
    }

    private static Optional<String> forbidden(UplinkView uplink, Map<String, QuotaStanding> standings) {
        Optional<String> byStanding = Optional.ofNullable(
                        standings.get(uplink.config().name()))
                .filter(standing -> standing.allowance() == Allowance.EMERGENCY_ONLY)
                .map(standing -> standing.reason().sentence());
        return uplink.mayWake()
                ? byStanding
                : Optional.of("It was woken so often in the last hour that its budget is used up.");
    }

    @Override
    public List<ConversionPoint> conversionPoints() {
        return router.conversionPoints();
    }

    @Override
    public long carried(String uplink) {
        return control.carried().getOrDefault(uplink, UplinkBytes.Count.NONE).total();
    }

    @Override
    public void used(String uplink) {
        control.handle(new EngineEvent.UplinkUsed(uplink));
    }

    @Override
    public void done(DrillStatus drill) {
        done.accept(drill);
    }
}
