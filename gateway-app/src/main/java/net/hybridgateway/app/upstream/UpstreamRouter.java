package net.hybridgateway.app.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.PathState;
import net.hybridgateway.scheduler.ProbeAnswer;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;

/**
 * Picks the conversion point and the uplink of each new connection, from what the policy engine published last.
 *
 * <p>Thread-safe: the control thread publishes, the relay loops ask.
 */
public final class UpstreamRouter {
    private record Key(String conversionPoint, InetAddress address, String uplink) {}

    /** Asks conversion points for a sign of life. */
    @FunctionalInterface
    public interface Inquirer {
        /** Sends an Info request; what is answered comes through {@link #probed} and the memory. Must not block. */
        void ask(ConversionPoint conversionPoint, String uplink);
    }

    /** Between two questions whether a conversion point is back, where they cost next to nothing, and elsewhere. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private static final Duration LONGEST_PAUSE_CELLULAR = Duration.ofSeconds(60);

    private final Map<Key, PathMemory> memories = new ConcurrentHashMap<>();
    private final Map<String, PointPause> pauses = new ConcurrentHashMap<>();
    private volatile Inquirer inquirer = (point, uplink) -> {};
    private volatile Optional<PathExaminer> examiner = Optional.empty();
    private volatile Runnable news = () -> {};
    private volatile List<InitialPath> paths = List.of();
    private volatile PointOrder points = PointOrder.of(List.of());

    /** Who asks conversion points, from now on; without one, what is down stays down. */
    public void askThrough(Inquirer asker) {
        inquirer = asker;
    }

    /** Who finds out about handshakes, from now on; without one, only users' connections do. */
    public void examineThrough(PathExaminer someone) {
        examiner = Optional.of(someone);
    }

    /** Who is told that {@link #askWhatIsDue} may have something to ask sooner than it said. On any thread; must not block. */
    public void tellOfNews(Runnable listener) {
        news = listener;
    }

    /**
     * The uplinks in the order in which they are to be tried, from the policy engine. What failed over an uplink that was away
     * or has another address is tried anew, unless the engine suspects the conversion point.
     *
     * @return whether that is something new
     */
    public boolean publishPaths(List<InitialPath> inOrder) {
        List<InitialPath> before = paths;
        boolean differ = !before.equals(inOrder);
        paths = List.copyOf(inOrder);
        if (differ) {
            inOrder.stream()
                    .filter(path -> before.stream()
                            .noneMatch(old -> old.uplink().equals(path.uplink())
                                    && old.sources().equals(path.sources())))
                    .forEach(this::arrived);
            news.run();
        }
        return differ;
    }

    private void arrived(InitialPath path) {
        for (ConversionPoint point : points.inOrder()) {
            known(point, path.uplink())
                    .ifPresent(memory -> memory.uplinkArrived(path.suspect().contains(point.address())));
        }
    }

    /** Whether an uplink that was chosen before may still be used, and from this address. */
    public boolean offers(InitialPath chosen, InetAddress source) {
        return paths.stream()
                .filter(path ->
                        path.uplink().equals(chosen.uplink()) && path.interfaceIndex() == chosen.interfaceIndex())
                .anyMatch(path -> path.sources().contains(source));
    }

    /**
     * The address from which the gateway's own questions may go to a destination over an uplink; empty if the uplink does not
     * work now, and if it is a cellular one that others are preferred to: it is to stay silent.
     */
    public Optional<InetAddress> sourceOfQuestions(String uplink, InetAddress destination) {
        List<InitialPath> now = paths;
        return now.stream()
                .filter(path -> path.uplink().equals(uplink))
                .filter(path -> path.kind() != UplinkKind.CELLULAR || path.equals(now.get(0)))
                .findFirst()
                .flatMap(path -> source(path, destination));
    }

    /**
     * The conversion points in the order of preference, each with each of its addresses. What was learnt of addresses that
     * are gone is forgotten: behind a name they may change for ever.
     */
    public void publishConversionPoints(List<ConversionPoint> inOrder) {
        points = PointOrder.of(inOrder);
        memories.keySet().removeIf(key -> inOrder.stream()
                .noneMatch(point -> point.name().equals(key.conversionPoint())
                        && point.address().getAddress().equals(key.address())));
        pauses.keySet().retainAll(points.names());
        news.run();
    }

    public List<ConversionPoint> conversionPoints() {
        return points.inOrder();
    }

    /** Whether a conversion point may just have stopped to answer over an uplink. */
    public boolean isSuspect(String uplink, InetSocketAddress conversionPoint) {
        return paths.stream()
                .anyMatch(path -> path.uplink().equals(uplink) && path.suspect().contains(conversionPoint));
    }

    /**
     * The best way to a conversion point; empty if none is worth a try now, so that the connection goes direct.
     *
     * <p>The uplink comes first: another conversion point on the preferred uplink is better than the preferred
     * conversion point over cellular. On one uplink, those that nothing is suspected of come first, and of each
     * conversion point the addresses that such a network is likely to lead to.
     *
     * @param rights what the user's rules allow the connection
     * @param client the LAN host: each is led to the same of several equal conversion points, as far as that one works
     * @param passedOver tells by uplink and conversion point what is not wanted
     */
    public Optional<Route> route(
            long nowNanos,
            TrafficRights rights,
            InetAddress client,
            BiPredicate<InitialPath, ConversionPoint> passedOver) {
        for (InitialPath path : paths) {
            if (!isAllowed(path, rights)) {
                continue;
            }
            for (ConversionPoint conversionPoint : points.of(path, client)) {
                if (!passedOver.test(path, conversionPoint)) {
                    Optional<Route> route = route(nowNanos, path, conversionPoint);
                    if (route.isPresent()) {
                        return route;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Route> route(long nowNanos, InitialPath path, ConversionPoint conversionPoint) {
        PathMemory memory = memory(conversionPoint, path.uplink());
        return source(path, conversionPoint.address().getAddress())
                .filter(source -> admits(memory, conversionPoint, path, nowNanos))
                .map(source -> {
                    examineIfDue(conversionPoint, path, source, nowNanos);
                    return openRoute(conversionPoint, path, source, nowNanos);
                });
    }

    private Route openRoute(ConversionPoint point, InitialPath path, InetAddress source, long nowNanos) {
        return new Route(point, path, source, mode(point, path.uplink(), nowNanos), memory(point, path.uplink()));
    }

    private boolean admits(PathMemory memory, ConversionPoint point, InitialPath path, long nowNanos) {
        PathHealth.Admission admission = memory.admit(nowNanos);
        if (admission == PathHealth.Admission.NO_BUT_ASK || memory.takeConfirmation(nowNanos)) {
            inquirer.ask(point, path.uplink());
        }
        return admission == PathHealth.Admission.YES;
    }

    private void examineIfDue(ConversionPoint point, InitialPath path, InetAddress source, long nowNanos) {
        examiner.filter(any -> memory(point, path.uplink()).takeHandshakeQuestion(nowNanos))
                .ifPresent(some -> some.examine(openRoute(point, path, source, nowNanos)));
    }

    /**
     * Asks, over uplinks on which that costs next to nothing, for what is down and was not asked for a while; and what becomes
     * of handshakes, where connections may be expected and it is not known. Cellular has to wait for a connection, whose way is
     * asked for then: while it is idle, it is to cost nothing.
     *
     * @return when to ask again, if there is no news until then; empty for never
     */
    public Optional<Duration> askWhatIsDue(long nowNanos) {
        return paths.stream()
                .filter(path -> path.kind() != UplinkKind.CELLULAR && path.allowance() != Allowance.EMERGENCY_ONLY)
                .flatMap(path ->
                        points.inOrder().stream().flatMap(point -> askWhatIsDue(path, point, nowNanos).stream()))
                .min(Comparator.naturalOrder());
    }

    private Optional<Duration> askWhatIsDue(InitialPath path, ConversionPoint point, long nowNanos) {
        Optional<InetAddress> source = source(path, point.address().getAddress());
        if (source.isEmpty() || (known(point, path.uplink()).isEmpty() && !points.isFirstChoice(point, path))) {
            return Optional.empty();
        }
        PathMemory memory = memory(point, path.uplink());
        if (memory.takeQuestion(nowNanos)) {
            inquirer.ask(point, path.uplink());
        }
        examineIfDue(point, path, source.get(), nowNanos);
        return memory.untilQuestion(nowNanos);
    }

    /**
     * Asks because an attempt over this route gets no answer: is it one lost packet, or more?
     *
     * @param pause since this was asked last, by whatever attempt
     */
    void askAboutSilence(Route route, Duration pause, long nowNanos) {
        if (route.memory().takeQuestionAboutSilence(pause.toNanos(), nowNanos)) {
            inquirer.ask(route.conversionPoint(), route.path().uplink());
        }
    }

    /** A conversion point was asked for a sign of life over an uplink, and this is what came back. */
    void probed(String uplink, InetSocketAddress address, ProbeAnswer answer, long nowNanos) {
        memoriesOf(uplink, address).forEach(memory -> memory.probed(answer, nowNanos));
    }

    /** The engine has made up its mind about a conversion point over an uplink: no connection needs to find that out. */
    public void judged(Decision.PathVerdict verdict, long nowNanos) {
        points.inOrder().stream()
                .filter(point -> point.address().equals(verdict.conversionPoint()))
                .map(point -> memory(point, verdict.uplink()))
                .forEach(memory -> {
                    if (verdict.state() == PathState.DEAD) {
                        memory.failed(PointTrouble.SILENT, nowNanos);
                    } else if (verdict.reason() == Reason.ANSWERS_AGAIN) {
                        memory.probed(ProbeAnswer.CONVERTER, nowNanos);
                    }
                });
    }

    /** Whether a conversion point ever answered an Info request, over whatever uplink. */
    boolean answersInfo(InetSocketAddress address) {
        return memories.entrySet().stream()
                .anyMatch(entry -> entry.getKey().address().equals(address.getAddress())
                        && entry.getValue().extensions().isPresent());
    }

    /** What is known of a conversion point's address over an uplink; nothing of what is not configured any more. */
    Stream<PathMemory> memoriesOf(String uplink, InetSocketAddress address) {
        return points.inOrder().stream()
                .filter(point -> point.address().equals(address))
                .flatMap(point -> known(point, uplink).stream());
    }

    /** Whether a connection with these rights may begin on a path. */
    private static boolean isAllowed(InitialPath path, TrafficRights rights) {
        return isAllowed(path.kind(), rights) && (path.allowance() != Allowance.EMERGENCY_ONLY || rights.emergency());
    }

    private static boolean isAllowed(UplinkKind kind, TrafficRights rights) {
        return kind != UplinkKind.CELLULAR || rights.cellular() != TrafficRights.Cellular.NEVER;
    }

    /**
     * The best uplink for a connection that goes to its server directly, with the source address to use; never one whose
     * network leads to conversion points only.
     */
    public Optional<DirectRoute> directRoute(InetAddress destination, TrafficRights rights) {
        for (InitialPath path : paths) {
            Optional<InetAddress> source =
                    source(path, destination).filter(any -> leadsOn(path) && isAllowed(path, rights));
            if (source.isPresent()) {
                return Optional.of(new DirectRoute(path, source.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * The best uplink for a connection that goes to its server without a conversion point and is to use all uplinks; empty
     * if one of them, as far as the rights allow it to take part, is not there or does not lead to the server, or if
     * anything is suspected of the best.
     *
     * @param uplinks all that are configured
     */
    Optional<DirectRoute> sharedRoute(InetAddress destination, TrafficRights rights, List<UplinkConfig> uplinks) {
        List<InitialPath> now = paths;
        boolean shared = uplinks.stream()
                .filter(uplink -> isAllowed(uplink.kind(), rights))
                .allMatch(uplink -> now.stream()
                        .anyMatch(path -> path.uplink().equals(uplink.name())
                                && leadsOn(path)
                                && source(path, destination).isPresent()));
        return now.stream()
                .filter(path -> isAllowed(path, rights))
                .findFirst()
                .filter(path -> shared && path.suspect().isEmpty())
                .flatMap(path -> source(path, destination).map(source -> new DirectRoute(path, source)));
    }

    /** The conversion point that is best asked whether an uplink works; empty if there is no way to any. */
    public Optional<InetSocketAddress> witness(String uplink) {
        return paths.stream()
                .filter(path -> path.uplink().equals(uplink))
                // Among equals, any will do.
                .flatMap(path -> points.of(path, InetAddress.getLoopbackAddress()).stream()
                        .map(ConversionPoint::address)
                        .filter(address -> source(path, address.getAddress()).isPresent()))
                .findFirst();
    }

    /**
     * Whether a direct connection for which there is no {@link #directRoute} may leave by whatever way the kernel's routes
     * choose: not if that could be one that it is kept off.
     */
    boolean kernelMayChoose(TrafficRights rights) {
        return rights.cellular() != TrafficRights.Cellular.NEVER
                && paths.stream().allMatch(path -> leadsOn(path) && isAllowed(path, rights));
    }

    private static boolean leadsOn(InitialPath path) {
        return path.reach() == UplinkReach.INTERNET;
    }

    /** How a conversion point is to be asked over an uplink: as it is configured, else as experience has it. */
    HandshakeMode mode(ConversionPoint conversionPoint, String uplink, long nowNanos) {
        return conversionPoint.fixedMode().orElseGet(() -> memory(conversionPoint, uplink)
                .mode(nowNanos));
    }

    /** What is known about a conversion point over an uplink. */
    public PathMemory memory(ConversionPoint conversionPoint, String uplink) {
        return memories.computeIfAbsent(
                key(conversionPoint, uplink),
                key -> new PathMemory(
                        pauses.computeIfAbsent(key.conversionPoint(), name -> new PointPause()),
                        isCellular(uplink) ? LONGEST_PAUSE_CELLULAR : LONGEST_PAUSE,
                        ThreadLocalRandom.current().nextDouble(),
                        () -> news.run()));
    }

    /** As {@link #memory}; empty if no connection ever wanted to go there. */
    public Optional<PathMemory> known(ConversionPoint conversionPoint, String uplink) {
        return Optional.ofNullable(memories.get(key(conversionPoint, uplink)));
    }

    private static Key key(ConversionPoint point, String uplink) {
        return new Key(point.name(), point.address().getAddress(), uplink);
    }

    private boolean isCellular(String uplink) {
        return paths.stream().anyMatch(path -> path.uplink().equals(uplink) && path.kind() == UplinkKind.CELLULAR);
    }

    private static Optional<InetAddress> source(InitialPath path, InetAddress destination) {
        List<? extends InetAddress> sources =
                destination instanceof Inet4Address ? path.sourcesIpv4() : path.sourcesIpv6();
        return sources.isEmpty() ? Optional.empty() : Optional.of(sources.get(0));
    }

    /**
     * A way out without a conversion point.
     *
     * @param source the local address, of the destination's family
     */
    public record DirectRoute(InitialPath path, InetAddress source) {}
}
