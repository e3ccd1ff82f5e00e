package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.app.convert.TcpOption;
import net.hybridgateway.app.intercept.InterceptionLimits;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.kernel.KernelCleanup;
import net.hybridgateway.app.kernel.OtherTraffic;
import net.hybridgateway.app.kernel.PathManagerCommands;
import net.hybridgateway.app.kernel.Peer;
import net.hybridgateway.app.kernel.PolicyRouting;
import net.hybridgateway.app.kernel.Sysctls;
import net.hybridgateway.app.kernel.TableGuard;
import net.hybridgateway.app.kernel.UplinkTables;
import net.hybridgateway.app.log.LogLevelSwitch;
import net.hybridgateway.app.log.ProgramLog;
import net.hybridgateway.app.own.OwnConnections;
import net.hybridgateway.app.probe.DrillRunner;
import net.hybridgateway.app.probe.DrillSchedule;
import net.hybridgateway.app.probe.HandshakeExaminer;
import net.hybridgateway.app.probe.ProbeConnections;
import net.hybridgateway.app.probe.ProbeRunner;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.Prober;
import net.hybridgateway.app.upstream.QuestionClock;
import net.hybridgateway.app.upstream.ServerBypass;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.MptcpServers;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.control.ControlCommand;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.DrillCommands;
import net.hybridgateway.mgmt.control.LogCommands;
import net.hybridgateway.mgmt.control.MetricsCommands;
import net.hybridgateway.mgmt.control.ProbeCommands;
import net.hybridgateway.mgmt.control.ReportCommands;
import net.hybridgateway.mgmt.control.StatusCommands;
import net.hybridgateway.mgmt.control.UplinkCommands;
import net.hybridgateway.mgmt.mqtt.Moment;
import net.hybridgateway.mgmt.settings.Settings;
import net.hybridgateway.mgmt.settings.SettingsCommands;
import net.hybridgateway.mgmt.settings.SettingsFiles;
import net.hybridgateway.mgmt.settings.StartSettings;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.PolicyEngine;
import net.hybridgateway.scheduler.ProbeAnswer;
import net.hybridgateway.scheduler.Rehearsal;
import net.hybridgateway.scheduler.quota.QuotaStanding;

/**
 * The gateway as a whole: makes its parts, joins them, starts them in order and stops them in reverse.
 *
 * <p>The table that sends packets here comes last at the start and goes first at the end, so that the house is online
 * before, during and after.
 */
public final class GatewayDaemon implements AutoCloseable {
    /** A problem is as old as the first look that found it. */
    private static final Duration LOOK_FOR_PROBLEMS = Duration.ofSeconds(30);

    private final Path runDir;
    private final LongSupplier nanoTime = System::nanoTime;
    /** Another after each start, so that numbers of events are not mixed up. */
    private final String boot = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private final Lifecycle lifecycle = new Lifecycle();
    private final UpstreamRouter router = new UpstreamRouter();
    private final ControlLoop control = new ControlLoop(nanoTime);
    private final FileThread files = new FileThread();
    private final Upkeep upkeep = new Upkeep();
    private final PathProgress paths = new PathProgress(new PathNews(
            this::peerAt, router::witness, (uplink, point) -> this.paths.rtts().of(uplink, point), this::tell));
    private final ProbeConnections probeConnections = new ProbeConnections(nanoTime);
    private final LiveConfig config;
    private final SettingsFiles settingsFiles;
    private final StartSettings startSettings;
    private final ServerBypass bypass;
    private final Peers peers;
    private final Management management;
    private final Discovery discovery;
    /** Made before the control thread starts, and used on it alone. */
    private EngineDriver driver;

    private QuotaKeeper quotas;
    private DrillRunner drillRunner;
    private Supplier<Instant> wall;
    private EventLog events;
    private SettingsThread settings;
    private Interception interception;
    private OtherTraffic otherTraffic;

    private GatewayDaemon(SettingsFiles settingsFiles, StartSettings start, Path runDir) {
        this.runDir = runDir;
        this.settingsFiles = settingsFiles;
        this.startSettings = start;
        this.config = new LiveConfig(start.config(), sentence -> control.post(() -> events.onSettings(sentence)));
        this.bypass = start.config().interception().mptcpServers() == MptcpServers.BYPASS
                ? ServerBypass.over(EnginePolicy.uplinks(start.config()))
                : ServerBypass.off();
        this.peers = new Peers(bypass, probeConnections);
        this.management = new Management(config, nanoTime);
        this.discovery = new Discovery(start.config(), uplinks(start.config()), runDir, router, nanoTime);
    }

    /** The uplinks that take part. */
    private static List<UplinkConfig> uplinks(GatewayConfig configuration) {
        return configuration.uplinks().stream().filter(UplinkConfig::enabled).toList();
    }

    /**
     * Starts a gateway.
     *
     * @param start the configuration to start with
     * @throws DaemonException if something that it needs is missing; everything that was begun is undone
     */
    public static GatewayDaemon start(SettingsFiles settingsFiles, StartSettings start, Path runDir) {
        KernelRequirements.check();
        KernelRequirements.checkPathManager();
        GatewayDaemon daemon = new GatewayDaemon(settingsFiles, start, runDir);
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
        // Now that no other daemon has them.
        settings = new SettingsThread(Settings.of(settingsFiles, startSettings, config, nanoTime), nanoTime);
        KernelCleanup.run(runDir);
        lifecycle.onStop("cleanup", () -> KernelCleanup.run(runDir));
        Sysctls.forGateway().apply(runDir);

        RelayLoops loops = RelayLoops.forThisMachine();
        lifecycle.onStop("relay", loops::close);
        GatewayConfig first = config.get();
        CookieJars cookies = CookieJars.open(first, runDir, files);
        Interceptor interceptor = new Interceptor(
                loops,
                router,
                dialSettings(first, cookies.cookies()),
                limits(first.interception()),
                first.rules(),
                this::tell);
        // Before any uplink is looked at: a port that is taken is to be the only thing that is said.
        interceptor.start(first.interception().transparentPort());
        lifecycle.onStop("interceptor", interceptor::close);
        StatusReporter reporter = startControl(loops, interceptor);
        startConversionPoints(cookies);
        LogLevelSwitch logLevel = new LogLevelSwitch(ProgramLog.ofProgram(), nanoTime);
        upkeep.every(LOOK_FOR_PROBLEMS, reporter::status);
        upkeep.every(LOOK_FOR_PROBLEMS, logLevel::tick);
        ControlCommands commands = commands(reporter, logLevel);
        management.start(commands, runDir.resolve("control.sock"), lifecycle);
        lifecycle.onStop("settings", settings::stop);
        OwnConnections own = OwnConnections.start(
                interceptor,
                loops.all().get(0),
                address -> MqttManagement.isNear(address, config.get().interception()));
        lifecycle.onStop("own connections", own::close);
        management.startSession(
                new MqttManagement.Needs(
                        () -> new Moment(nanoTime.getAsLong(), SystemSources.wallClock()),
                        reporter,
                        commands,
                        own,
                        first.site().stateFolder(),
                        files),
                upkeep::soon,
                lifecycle);
        settings.started();
    }

    /** All that can be asked and commanded, by whatever way. */
    private ControlCommands commands(StatusReporter reporter, LogLevelSwitch logLevel) {
        ProbeRunner probe = new ProbeRunner(
                new ProbeWays(() -> uplinks(config.get()), reporter::probeUplinks, router), probeConnections, nanoTime);
        lifecycle.onStop("probe", probe::stop);
        List<ControlCommand> shown = Stream.concat(
                        StatusCommands.of(reporter).stream(), SettingsCommands.of(settings).stream())
                .toList();
        SystemReport report = new SystemReport(
                ProgramLog.ofProgram(), wall, () -> config.get().mqtt());
        return new ControlCommands(Stream.of(
                        shown,
                        ReportCommands.of(shown, report),
                        ProbeCommands.of(probe),
                        DrillCommands.of(drillRunner),
                        MetricsCommands.of(reporter),
                        LogCommands.of(logLevel),
                        UplinkCommands.of(operatorSwitch()))
                .flatMap(List::stream)
                .toList());
    }

    private OperatorSwitch operatorSwitch() {
        return new OperatorSwitch(new OperatorSwitch.Engine() {
            @Override
            public <T> T ask(Supplier<T> question) {
                return control.ask(question);
            }

            @Override
            public List<EngineSnapshot.UplinkView> uplinks() {
                return driver.snapshot().uplinks();
            }

            @Override
            public Set<String> forbidden() {
                return quotas.forbidden();
            }

            @Override
            public void handle(EngineEvent event) {
                driver.handle(event);
            }
        });
    }

    private DialSettings dialSettings(GatewayConfig first, Cookies cookies) {
        return new DialSettings(
                DialSettings.DEFAULT_CONNECT,
                DialSettings.DEFAULT_REPLY,
                cookies,
                paths,
                nanoTime,
                first.interception().mptcpServers() == MptcpServers.OPERATOR
                        ? List.of()
                        : List.of(TcpOption.MPTCP_PROBE),
                bypass);
    }

    private static InterceptionLimits limits(InterceptionConfig limits) {
        return new InterceptionLimits(limits.maxConnections(), limits.idleTimeout(), limits.halfClosedTimeout());
    }

    // ---- control ----------------------------------------------------------------------------------------------------

    /** Something for the engine to know, from any thread. Before the control thread runs, it waits. */
    private void tell(EngineEvent event) {
        control.post(() -> driver.handle(event));
    }

    private Peer peerAt(InetSocketAddress address) {
        return peers.at(address);
    }

    private void probeAnswered(EngineEvent.ProbeAnswered event) {
        if (event.answer() == ProbeAnswer.HOST || event.answer() == ProbeAnswer.CONVERTER) {
            paths.dialAnswered(event.uplink(), event.conversionPoint(), nanoTime.getAsLong());
        }
        tell(event);
    }

    private StatusReporter startControl(RelayLoops loops, Interceptor interceptor) {
        GatewayConfig first = config.get();
        List<UplinkConfig> uplinks = uplinks(first);
        KernelAccess kernel = KernelAccess.open(lifecycle);
        RouteNetlink netlink = kernel.routes();
        TableGuard guard = new TableGuard(kernel.tables(), nanoTime.getAsLong());
        interception = new Interception(guard, first);
        UplinkTables tables =
                new UplinkTables(uplinks.stream().map(UplinkConfig::device).toList());
        otherTraffic = new OtherTraffic(netlink, kernel.conntrack(), tables, control::post);
        configureOtherTraffic(first);

        UplinkBytes bytes = new UplinkBytes(uplinks);
        BreakLog breaks = new BreakLog(new BreakLog.Sources() {
            @Override
            public GapMeter startGapMeter(String uplink) {
                GapMeter meter = new GapMeter(nanoTime.getAsLong());
                interceptor.uplinkBroke(meter);
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
        events = new EventLog(breaks, boot, nanoTime);
        Prober prober = new Prober(loops, router, nanoTime, this::probeAnswered);
        router.askThrough(prober);
        HandshakeExaminer examiner = new HandshakeExaminer(probeConnections, nanoTime);
        lifecycle.onStop("questions", examiner::stop);
        router.examineThrough(examiner);
        RelayLoop clockLoop = loops.all().get(0);
        QuestionClock clock = new QuestionClock(clockLoop, router, nanoTime);
        router.tellOfNews(clock::wake);
        lifecycle.onStop("question clock", () -> clockLoop.run(clock::stop));
        PathManagerCommands commands = new PathManagerCommands(kernel.pathManager(), kernel.sockets());
        driver = new EngineDriver(
                new PolicyEngine(EnginePolicy.of(first), nanoTime.getAsLong()),
                uplinks,
                netlink,
                new PolicyRouting(netlink, tables),
                commands,
                prober,
                inOrder -> {
                    publish(inOrder, interceptor);
                    meter.pathsChanged(inOrder);
                },
                (decision, detectNanos) -> {
                    if (decision instanceof Decision.PathVerdict verdict) {
                        router.judged(verdict, nanoTime.getAsLong());
                    }
                    events.onDecision(decision, detectNanos);
                    if (decision instanceof Decision.UplinkTransition || decision instanceof Decision.PathVerdict) {
                        management.poke();
                    }
                },
                control::post,
                nanoTime);
        SystemSources facts = SystemSources.of(nanoTime, netlink);
        wall = facts::wall;
        quotas = new QuotaKeeper(
                uplinks,
                first.site().timeZone().orElseGet(ZoneId::systemDefault),
                QuotaFile.open(first.site().stateFolder()),
                files,
                facts,
                driver::handle);
        lifecycle.onStop("quotas", quotas::stop);
        InterceptionKeeper keeper = new InterceptionKeeper(guard, events::onInterception);
        Rehearsals rehearsals = new Rehearsals(() -> Rehearsal.play(commands::execute), nanoTime.getAsLong());
        control.start(ControlLoop.Clockwork.of(driver, quotas, keeper, rehearsals));
        lifecycle.onStop("control", control::stop);
        lifecycle.onStop("upkeep", upkeep::stop);
        Drills drills = startDrills(
                () -> {
                    bytes.update(netlink.links());
                    return bytes.carried();
                },
                events,
                facts);
        KernelWatch watch = new KernelWatch(control, driver, nanoTime, lifecycle);
        watch.routes(kernel.routeEvents(), otherTraffic);
        watch.connections(kernel.connectionEvents(), probeConnections, peers, bypass);
        watch.tables(kernel.tableEvents(), keeper);
        // First what connections may do, then where they can: nobody is to be moved twice.
        config.onChange(now -> interceptor.configure(limits(now.interception()), now.rules()));
        config.onChange(now -> bypass.configure(EnginePolicy.uplinks(now)));
        config.onChange(now -> control.ask(() -> {
            bytes.configure(uplinks(now));
            uplinks(now).forEach(uplink -> tables.add(uplink.device()));
            configureOtherTraffic(now);
            driver.configure(uplinks(now), EnginePolicy.of(now));
            quotas.configure(uplinks(now));
            return Boolean.TRUE;
        }));
        return new StatusReporter(
                config::get,
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
                                    Stream.of(
                                                    keeper.problems(nanoTime.getAsLong()),
                                                    discovery.problems(),
                                                    drills.view(facts.wall()).problems(),
                                                    management.problems(),
                                                    SettingsProblems.of(settings.health()))
                                            .flatMap(List::stream)
                                            .toList(),
                                    drills.view(facts.wall()),
                                    facts.now());
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

    private Drills startDrills(Supplier<Map<String, UplinkBytes.Count>> carried, EventLog events, SystemSources facts) {
        GatewayConfig first = config.get();
        DrillFile file = DrillFile.open(first.site().stateFolder(), files, new SecureRandom().nextLong());
        DrillWays.Control known = new DrillWays.Control() {
            @Override
            public List<EngineSnapshot.UplinkView> uplinks() {
                return control.ask(() -> driver.snapshot().uplinks());
            }

            @Override
            public Map<String, QuotaStanding> standings() {
                return control.ask(() -> quotas.view().standings());
            }

            @Override
            public Map<String, UplinkBytes.Count> carried() {
                return control.ask(carried);
            }

            @Override
            public void handle(EngineEvent event) {
                tell(event);
            }
        };
        DrillWays ways = new DrillWays(uplinks(first), known, router, drill -> {
            file.add(drill);
            control.post(() -> events.onDrill(drill));
        });
        drillRunner = new DrillRunner(ways, first.drill().limitBytes(), probeConnections, nanoTime, facts::wall);
        lifecycle.onStop("drill", drillRunner::stop);
        ZoneId zone = first.site().timeZone().orElseGet(ZoneId::systemDefault);
        Drills drills = new Drills(DrillSchedule.of(first.drill(), zone, file.seed()), file, drillRunner);
        upkeep.every(Drills.LOOK, () -> drills.tick(facts.now()));
        config.onChange(now -> {
            ways.configure(uplinks(now));
            drillRunner.configure(now.drill().limitBytes());
            drills.configure(DrillSchedule.of(now.drill(), zone, file.seed()));
        });
        return drills;
    }

    private void publish(List<InitialPath> inOrder, Interceptor interceptor) {
        paths.publishPaths(inOrder);
        if (router.publishPaths(inOrder)) {
            interceptor.pathsChanged();
        }
        otherTraffic.publishPaths(inOrder);
    }

    private void configureOtherTraffic(GatewayConfig now) {
        otherTraffic.configure(
                uplinks(now).stream()
                        .map(uplink -> new OtherTraffic.Uplink(uplink.name(), uplink.device(), uplink.preference()))
                        .toList(),
                now.interception().lanDevices(),
                now.interception().enabled());
    }

    // ---- interception -----------------------------------------------------------------------------------------------

    private void startConversionPoints(CookieJars cookies) {
        lifecycle.onStop("interception", interception::release);
        discovery.start(lifecycle, this::conversionPointsChanged);
        config.onChange(now -> {
            cookies.follow(now);
            discovery.configure(now.conversionPoints(), uplinks(now));
            interception.configure(now);
        });
    }

    private void conversionPointsChanged(List<ConversionPoint> points) {
        List<InetSocketAddress> addresses =
                points.stream().map(ConversionPoint::address).distinct().toList();
        peers.conversionPoints(addresses);
        router.publishConversionPoints(points);
        tell(new EngineEvent.ConversionPointsKnown(List.copyOf(points.stream()
                .collect(Collectors.groupingBy(
                        ConversionPoint::name,
                        LinkedHashMap::new,
                        Collectors.mapping(ConversionPoint::address, Collectors.toList())))
                .values())));
        interception.pointsChanged(addresses);
    }

    /** Stops everything and leaves no trace; new connections are forwarded from the first moment on. */
    @Override
    public void close() {
        lifecycle.close();
    }
}
