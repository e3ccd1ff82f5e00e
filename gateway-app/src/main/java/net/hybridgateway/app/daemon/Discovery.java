package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.discovery.LeaseReader;
import net.hybridgateway.app.discovery.LeaseWatch;
import net.hybridgateway.app.discovery.NameService;
import net.hybridgateway.app.discovery.PointList;
import net.hybridgateway.app.discovery.UplinkNames;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.HealthProblem;

/** The parts that know conversion points, joined: configuration, leases, and names. */
final class Discovery {
    /** Where the hooks of the DHCP clients put leases, in the run directory. */
    private static final String LEASES = "leases";

    private static final Path UPTIME = Path.of("/proc/uptime");

    private final Optional<DiscoveryConfig> config;
    private volatile PointList list;
    private final Path leases;
    private final UpstreamRouter router;
    private final LongSupplier nanoTime;
    private volatile Optional<ConversionPoints> points = Optional.empty();

    Discovery(
            GatewayConfig config,
            List<UplinkConfig> uplinks,
            Path runDir,
            UpstreamRouter router,
            LongSupplier nanoTime) {
        this.config = config.discovery();
        this.list = new PointList(config.conversionPoints(), uplinks, config.discovery());
        this.leases = runDir.resolve(LEASES);
        this.router = router;
        this.nanoTime = nanoTime;
    }

    /** Publishes the first list of conversion points before it returns, and every other later, on threads of its own. */
    void start(Lifecycle lifecycle, Consumer<List<ConversionPoint>> publish) {
        NameService names = new UplinkNames(() -> list, router::sourceOfQuestions, nanoTime);
        ConversionPoints known = new ConversionPoints(list, names, nanoTime, publish);
        points = Optional.of(known);
        known.start();
        lifecycle.onStop("resolver", known::stop);
        config.ifPresent(some -> {
            LeaseWatch watch =
                    new LeaseWatch(leases, new LeaseReader(some), Discovery::bootMillis, known::leasesChanged);
            watch.start();
            lifecycle.onStop("leases", watch::stop);
        });
    }

    /** Other conversion points are configured, or other uplinks. How points are learnt stays what it was. */
    void configure(List<ConversionPointConfig> configured, List<UplinkConfig> uplinks) {
        PointList now = new PointList(configured, uplinks, config);
        points.ifPresent(known -> known.configure(now));
        list = now;
    }

    /** What is wrong with what was to be learnt. From any thread. */
    List<HealthProblem> problems() {
        return points.map(ConversionPoints::problems).orElse(List.of());
    }

    /** The same clock as the hooks': it goes on while the machine sleeps, and nobody sets it. */
    private static long bootMillis() {
        try {
            String text = Files.readString(UPTIME);
            return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000);
        } catch (IOException e) {
            throw new DaemonException("cannot read " + UPTIME + ": " + e.getMessage(), e);
        }
    }
}
