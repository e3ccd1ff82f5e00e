package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.hybridgateway.app.probe.ProbeRunner;
import net.hybridgateway.app.probe.ProbeUplink;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.UplinkConfig;

/** The ways to the conversion points, for a probe. */
final class ProbeWays implements ProbeRunner.Ways {
    private final Supplier<List<UplinkConfig>> configured;
    private final Supplier<List<ProbeUplink>> uplinks;
    private final UpstreamRouter router;

    ProbeWays(Supplier<List<UplinkConfig>> configured, Supplier<List<ProbeUplink>> uplinks, UpstreamRouter router) {
        this.configured = configured;
        this.uplinks = uplinks;
        this.router = router;
    }

    @Override
    public Set<String> uplinkNames() {
        return configured.get().stream().map(UplinkConfig::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<ProbeUplink> uplinks() {
        return uplinks.get();
    }

    @Override
    public List<ConversionPoint> conversionPoints() {
        return router.conversionPoints();
    }
}
