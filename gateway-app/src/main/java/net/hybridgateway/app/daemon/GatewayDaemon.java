package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import net.hybridgateway.app.convert.CookieJar;
import net.hybridgateway.app.convert.TcpOption;
import net.hybridgateway.app.intercept.InterceptionLimits;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.kernel.EventThread;
import net.hybridgateway.app.kernel.InterceptionTable;
import net.hybridgateway.app.kernel.KernelCleanup;
import net.hybridgateway.app.kernel.OtherTraffic;
import net.hybridgateway.app.kernel.PathManagerCommands;
import net.hybridgateway.app.kernel.PathManagerEvents;
import net.hybridgateway.app.kernel.PolicyRouting;
import net.hybridgateway.app.kernel.Sysctls;
import net.hybridgateway.app.kernel.TableGuard;
import net.hybridgateway.app.kernel.TableNews;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.Prober;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.MptcpHosts;
import net.hybridgateway.mgmt.config.MptcpServers;
import net.hybridgateway.mgmt.config.QuicPolicy;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.ControlServer;
import net.hybridgateway.mgmt.control.StatusCommands;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.netlink.conntrack.Conntrack;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.MptcpEventMonitor;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.nftables.AddressRange;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftEvent;
import net.hybridgateway.netlink.nftables.NftMonitor;
import net.hybridgateway.netlink.route.RouteEvent;
import net.hybridgateway.netlink.route.RouteMonitor;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.PolicyConfig;
import net.hybridgateway.scheduler.PolicyEngine;
import net.hybridgateway.scheduler.Rehearsal;
import org.tinylog.Logger;

/**
 * The gateway as a whole: makes its parts, joins them, starts them in order and stops them in reverse.
 *
 * <p>The table that sends packets here comes last at the start and goes first at the end, so that the house is online
 * before, during and after.
 */
public final class GatewayDaemon implements AutoCloseable {
    /** Enough for the virtual machine to compile what matters. */
    private static final int REHEARSALS = 20;

    private final GatewayConfig config;
    private final Path runDir;
    private final LongSupplier nanoTime = System::nanoTime;
    private final Lifecycle lifecycle = new Lifecycle();
    private final UpstreamRouter router = new UpstreamRouter();
    private final Set<InetSocketAddress> conversionPoints = ConcurrentHashMap.newKeySet();
    private final ControlLoop control = new ControlLoop(nanoTime);
    private final FileThread files = new FileThread();
    private final PathProgress paths = new PathProgress(new PathNews());
    private final List<UplinkConfig> uplinks;
    /** Made before the control thread starts, and used on it alone. */
    private EngineDriver driver;

    private TableGuard guard;
    private OtherTraffic otherTraffic;

    private GatewayDaemon(GatewayConfig config, Path runDir) {
        this.config = config;
        this.runDir = runDir;
        this.uplinks = config.uplinks().stream().filter(UplinkConfig::enabled).toList();
    }

    /**
     * Starts a gateway.
     *
     * @throws DaemonException if something that it needs is missing; everything that was begun is undone
     */
    public static GatewayDaemon start(GatewayConfig config, Path runDir) {
        KernelRequirements.check();
        KernelRequirements.checkPathManager();
        GatewayDaemon daemon = new GatewayDaemon(config, runDir);
        try {
            daemon.start();
            return daemon;
        } catch (ControlException e) {
            throw new DaemonException(e.getMessage(), daemon.lifecycle.closeAfter(e));
        } catch (RuntimeException e) {
            throw daemon.lifecycle.closeAfter(e);
        }
    }

    private void start() throws ControlException {
        RunDirectory directory = RunDirectory.claim(runDir);
        lifecycle.onStop("run directory", directory::close);
        lifecycle.onStop("files", files::stop);
        KernelCleanup.run(runDir);
        lifecycle.onStop("cleanup", () -> KernelCleanup.run(runDir));
        Sysctls.forGateway().apply(runDir);

        RelayLoops loops = RelayLoops.forThisMachine();
        lifecycle.onStop("relay", loops::close);
        Interceptor interceptor = new Interceptor(
                loops, router, dialSettings(), limits(config.interception()), config.rules(), this::tell);
        // Before any uplink is looked at: a port that is taken is to be the only thing that is said.
        interceptor.start(config.interception().transparentPort());
        lifecycle.onStop("interceptor", interceptor::close);
        StatusReporter reporter = startControl(loops, interceptor);
        startConversionPoints();
        ControlServer server =
                ControlServer.open(runDir.resolve("control.sock"), new ControlCommands(StatusCommands.of(reporter)));
        server.start();
        lifecycle.onStop("control socket", server::close);
    }

    private DialSettings dialSettings() {
        Map<String, CookieJar> jars = new HashMap<>();
        for (ConversionPointConfig point : config.conversionPoints()) {
            CookieJar jar = CookieJar.open(point.cookieFile().orElse(runDir.resolve("cookie-" + point.name())));
            jar.problem().ifPresent(problem -> Logger.warn("{}", problem.getMessage()));
            jars.put(point.name(), jar);
        }
        return new DialSettings(
                DialSettings.DEFAULT_CONNECT,
                DialSettings.DEFAULT_REPLY,
                new Cookies(jars, files),
                paths,
                nanoTime,
                config.interception().mptcpServers() == MptcpServers.KEEP ? List.of(TcpOption.MPTCP_PROBE) : List.of());
    }

    private static InterceptionLimits limits(InterceptionConfig interception) {
        return new InterceptionLimits(
                interception.maxConnections(), interception.idleTimeout(), interception.halfClosedTimeout());
    }

    // ---- control ----------------------------------------------------------------------------------------------------

    /** Something for the engine to know, from any thread. Before the control thread runs, it waits. */
    private void tell(EngineEvent event) {
        control.post(() -> driver.handle(event));
    }

    private StatusReporter startControl(RelayLoops loops, Interceptor interceptor) {
        // The monitors first: what happens from here on is seen.
        RouteMonitor routeMonitor = RouteMonitor.open();
        lifecycle.onStop("route monitor", routeMonitor::close);
        MptcpEventMonitor mptcpMonitor = MptcpEventMonitor.open();
        lifecycle.onStop("connection monitor", mptcpMonitor::close);
        RouteNetlink netlink = RouteNetlink.open();
        lifecycle.onStop("rtnetlink", netlink::close);
        MptcpPathManager pathManager = MptcpPathManager.open();
        lifecycle.onStop("path manager", pathManager::close);
        SockDiag diag = SockDiag.open();
        lifecycle.onStop("sock_diag", diag::close);
        NftMonitor nftMonitor = NftMonitor.open();
        lifecycle.onStop("nf_tables monitor", nftMonitor::close);
        NfTables nfTables = NfTables.open();
        lifecycle.onStop("nf_tables", nfTables::close);
        guard = new TableGuard(nfTables, nanoTime.getAsLong());
        Conntrack conntrack = Conntrack.open();
        lifecycle.onStop("conntrack", conntrack::close);
        otherTraffic = new OtherTraffic(
                netlink,
                conntrack,
                uplinks.stream()
                        .map(uplink -> new OtherTraffic.Uplink(uplink.name(), uplink.device(), uplink.preference()))
                        .toList(),
                config.interception().lanDevices(),
                control::post);

        UplinkBytes bytes = new UplinkBytes(uplinks);
        BreakLog breaks = new BreakLog(new BreakLog.Sources() {
            @Override
            public GapMeter startGapMeter(String uplink) {
                GapMeter meter = new GapMeter(nanoTime.getAsLong());
                interceptor.watchGaps(meter);
                return meter;
            }

            @Override
            public long bytesOfOthers(String uplink) {
                bytes.update(netlink.links());
                return bytes.ofOthers(uplink);
            }

            @Override
            public Set<Integer> connectionsOnBackup() {
                return Drain.concerned(driver.snapshot());
            }
        });
        LoadMeter meter = new LoadMeter(
                new LoadOfTheHouse(loops, interceptor, () -> {
                    bytes.update(netlink.links());
                    return bytes.carried();
                }),
                control::post,
                sample -> driver.handle(new EngineEvent.LoadMeasured(sample)),
                nanoTime);
        EventLog events = new EventLog(breaks, nanoTime);
        PathManagerCommands commands = new PathManagerCommands(pathManager, diag);
        driver = new EngineDriver(
                new PolicyEngine(
                        PolicyConfig.of(policies())
                                .withHoldDown(config.site().holdDown())
                                .withClassified(config.rules().distinguish()),
                        nanoTime.getAsLong()),
                uplinks,
                netlink,
                new PolicyRouting(
                        netlink, uplinks.stream().map(UplinkConfig::device).toList()),
                commands,
                new Prober(loops, router, nanoTime, this::tell),
                inOrder -> {
                    publish(inOrder, interceptor);
                    meter.pathsChanged(inOrder);
                },
                events::onDecision,
                control::post,
                nanoTime);
        SystemSources facts = SystemSources.of(nanoTime, netlink);
        QuotaKeeper quotas = new QuotaKeeper(
                uplinks,
                config.site().timeZone().orElseGet(ZoneId::systemDefault),
                QuotaFile.open(config.site().stateFolder()),
                files,
                facts,
                driver::handle);
        lifecycle.onStop("quotas", quotas::stop);
        InterceptionKeeper keeper = new InterceptionKeeper(guard, events::onInterception);
        control.start(ControlLoop.Clockwork.of(driver, quotas, keeper));
        lifecycle.onStop("control", control::stop);
        watchRoutes(routeMonitor);
        watchConnections(mptcpMonitor);
        watchTables(nftMonitor, keeper);
        for (int i = 0; i < REHEARSALS; i++) {
            // One by one: what really happens comes in between.
            control.post(() -> Rehearsal.play(commands::execute));
        }
        return new StatusReporter(
                config,
                interceptor,
                router,
                new StatusReporter.ControlQuestion() {
                    @Override
                    public StatusReporter.ControlView ask() {
                        return control.ask(() -> {
                            bytes.update(netlink.links());
                            return new StatusReporter.ControlView(
                                    driver.snapshot(),
                                    bytes.carried(),
                                    breaks.statuses(facts.now()),
                                    quotas.view(),
                                    keeper.problems(nanoTime.getAsLong()));
                        });
                    }

                    @Override
                    public EventReport events() {
                        return control.ask(() -> events.report(facts.now()));
                    }
                },
                paths.rtts(),
                nanoTime);
    }

    private void publish(List<InitialPath> inOrder, Interceptor interceptor) {
        paths.publishPaths(inOrder);
        if (router.publishPaths(inOrder)) {
            interceptor.pathsChanged();
        }
        if (config.interception().enabled()) {
            otherTraffic.publishPaths(inOrder);
        }
    }

    private List<net.hybridgateway.scheduler.UplinkConfig> policies() {
        return uplinks.stream()
                .map(uplink -> new net.hybridgateway.scheduler.UplinkConfig(
                        uplink.name(),
                        uplink.kind(),
                        uplink.preference(),
                        uplink.use(),
                        uplink.community(),
                        uplink.rate(),
                        uplink.limits().activationsPerHour(),
                        uplink.reach()))
                .toList();
    }

    private void watchRoutes(RouteMonitor monitor) {
        // Events come in bursts; one look at everything serves a whole burst.
        AtomicBoolean lookIsDue = new AtomicBoolean();
        AtomicLong firstWordNanos = new AtomicLong();
        Runnable look = () -> {
            lookIsDue.set(false);
            otherTraffic.networkChanged();
            driver.networkChanged(firstWordNanos.get());
        };
        EventThread<RouteEvent> thread = new EventThread<>("netlink-route", monitor::next, monitor, event -> {
            if (lookIsDue.compareAndSet(false, true)) {
                firstWordNanos.set(nanoTime.getAsLong());
                control.post(look);
            }
        });
        control.ask(() -> {
            driver.networkChanged(nanoTime.getAsLong());
            return Boolean.TRUE;
        });
        thread.start();
        lifecycle.onStop("route events", thread::stop);
    }

    private void watchConnections(MptcpEventMonitor monitor) {
        EventThread<MptcpEvent> thread = new EventThread<>("netlink-mptcp", monitor::next, monitor, event -> {
            if (event instanceof MptcpEvent.EventsLost) {
                control.post(() -> driver.resynchronise(conversionPoints::contains));
            } else {
                PathManagerEvents.translate(event, conversionPoints::contains).ifPresent(this::tell);
            }
        });
        thread.start();
        lifecycle.onStop("connection events", thread::stop);
    }

    private void watchTables(NftMonitor monitor, InterceptionKeeper keeper) {
        TableNews news = new TableNews(process -> control.post(() -> keeper.touched(process, nanoTime.getAsLong())));
        EventThread<NftEvent> thread = new EventThread<>("netlink-nftables", monitor::next, monitor, news);
        thread.start();
        lifecycle.onStop("nf_tables events", thread::stop);
    }

    /** What the relay loops see of the paths. */
    private final class PathNews implements PathListener {
        @Override
        public void pathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos) {
            tell(new EngineEvent.PathStalled(uplink, conversionPoint, sinceNanos, rttNanos));
        }

        @Override
        public void pathProgressed(String uplink, InetSocketAddress conversionPoint) {
            tell(new EngineEvent.PathProgressed(uplink, conversionPoint));
        }
    }

    // ---- interception -----------------------------------------------------------------------------------------------

    private void startConversionPoints() {
        lifecycle.onStop("interception", guard::release);
        ConversionPoints points = new ConversionPoints(config.conversionPoints(), this::conversionPointsChanged);
        points.start();
        lifecycle.onStop("resolver", points::stop);
    }

    private void conversionPointsChanged(List<ConversionPoint> points) {
        List<InetSocketAddress> addresses =
                points.stream().map(ConversionPoint::address).distinct().toList();
        conversionPoints.addAll(addresses);
        conversionPoints.retainAll(Set.copyOf(addresses));
        router.publishConversionPoints(points);
        tell(new EngineEvent.ConversionPointsKnown(List.copyOf(points.stream()
                .collect(Collectors.groupingBy(
                        ConversionPoint::name,
                        LinkedHashMap::new,
                        Collectors.mapping(ConversionPoint::address, Collectors.toList())))
                .values())));
        if (config.interception().enabled()) {
            intercept(addresses);
        }
    }

    private void intercept(List<InetSocketAddress> addresses) {
        InterceptionConfig interception = config.interception();
        guard.keep(InterceptionTable.table(
                interception.lanDevices(),
                interception.transparentPort(),
                interception.exclude().stream()
                        .map(prefix -> AddressRange.ofPrefix(prefix.address(), prefix.length()))
                        .toList(),
                addresses,
                interception.mptcpHosts() == MptcpHosts.PASS,
                uplinks.stream().map(UplinkConfig::device).toList(),
                interception.quic() == QuicPolicy.REJECT));
    }

    /** Stops everything and leaves no trace; new connections are forwarded from the first moment on. */
    @Override
    public void close() {
        lifecycle.close();
    }
}
