package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out whose silence it is when a connection stalls: the server's, the uplink's, the conversion point's, or that of
 * the way between these two.
 *
 * <pre>
 *   asked over the uplink:  answers ............................ the server is slow; nothing happens
 *                           silent, another point answers ....... the way to this point is dead
 *                           silent, nobody answers .............. the uplink is silent: connections move, and then
 *   asked over another one: answers, or a subflow comes up ...... that was right
 *                           silent .............................. the conversion point is dead; the uplink is restored
 * </pre>
 *
 * <p>What is found out is written into the {@link UplinkTracker}s; after each call the engine looks at them again. A
 * suspicion that could change nothing, because no other uplink is in service, waits until one is, so that a backup that
 * carries everything is not billed for questions.
 *
 * <p>No verdict is for ever: what is dead is asked again, a dead conversion point now and then over the other uplinks as
 * well, other conversion points over a silent uplink, and the case is opened again when an uplink comes back or changes its
 * addresses.
 */
final class PathWatch {
    /** Other conversion points that are asked over the same uplink, too, those in use first. */
    private static final int MOST_WITNESSES = 2;
    /** Behind a load balancer every connection may have an address of its own. */
    private static final int MOST_IDLE_PATHS = 64;

    /**
     * A dead conversion point is asked over other uplinks, and others over an uplink that is silent, with every fourth question
     * only: that may cost money.
     */
    private static final int ELSEWHERE_EVERY = 4;

    private record Key(UplinkTracker uplink, InetSocketAddress point) {}

    /** A connection that stands still says so again within this; see {@code ProgressWatch}. */
    private static final long STALL_LASTS_NANOS = 60_000_000_000L;

    private record Stall(long lastSignNanos, long rttNanos, long toldNanos) {}

    /** A conversion point is asked over other uplinks because some fell silent. */
    private static final class Confirmation {
        final Set<UplinkTracker> accused = new LinkedHashSet<>();
        final long deadlineNanos;
        long nextNanos;
        int questions;

        Confirmation(long deadlineNanos, long nextNanos) {
            this.deadlineNanos = deadlineNanos;
            this.nextNanos = nextNanos;
        }

        long dueNanos() {
            return deadlineNanos - nextNanos < 0 ? deadlineNanos : nextNanos;
        }
    }

    private final List<UplinkTracker> uplinks;
    private final DetectionTimings timings;
    private final Function<UplinkTracker, Set<InetSocketAddress>> remotesInUse;
    private final Predicate<UplinkTracker> awaited;
    private final Function<InetSocketAddress, List<InetSocketAddress>> otherPoints;
    private final Consumer<Decision> decisions;
    private final Map<Key, WatchedPath> paths = new LinkedHashMap<>();
    private final Map<Key, Long> heardAtNanos = new HashMap<>();
    private final Map<InetSocketAddress, Confirmation> confirmations = new LinkedHashMap<>();
    private final Set<InetSocketAddress> deadPoints = new HashSet<>();
    /** Stalls that could not be followed up when they came. */
    private final Map<Key, Stall> waiting = new LinkedHashMap<>();

    private boolean changed;

    /**
     * @param uplinks most preferred first
     * @param remotesInUse where the living subflows of an uplink go
     * @param awaited whether connections that nothing carries any more could use an uplink
     * @param otherPoints the addresses of the conversion points that do not have this one
     */
    PathWatch(
            List<UplinkTracker> uplinks,
            DetectionTimings timings,
            Function<UplinkTracker, Set<InetSocketAddress>> remotesInUse,
            Predicate<UplinkTracker> awaited,
            Function<InetSocketAddress, List<InetSocketAddress>> otherPoints,
            Consumer<Decision> decisions) {
        this.uplinks = uplinks;
        this.timings = timings;
        this.remotesInUse = remotesInUse;
        this.awaited = awaited;
        this.otherPoints = otherPoints;
        this.decisions = decisions;
    }

    /** A connection stalls. Follows that up if it is new, if it matters, and if that was not done too often of late. */
    void stalled(UplinkTracker uplink, InetSocketAddress point, long lastSignNanos, long rttNanos, long nowNanos) {
        boolean known = confirmations.containsKey(point) || deadPoints.contains(point);
        if (!hasWayTo(uplink, point)) {
            return;
        }
        if (known || !anyOther(uplink)) {
            if (waiting.size() < MOST_IDLE_PATHS) {
                waiting.put(new Key(uplink, point), new Stall(lastSignNanos, rttNanos, nowNanos));
                wake(nowNanos);
            }
            return;
        }
        WatchedPath path = path(uplink, point, nowNanos);
        if (path.state() != PathState.TRUSTED || !path.takeRound(nowNanos)) {
            return;
        }
        path.suspect(lastSignNanos, rttNanos, nowNanos);
        // Those that answered over it before, too: they may be all that knows of more than one conversion point.
        Stream.of(remotesInUse.apply(uplink), otherPoints.apply(point), heardOver(uplink))
                .flatMap(Collection::stream)
                .distinct()
                .filter(other -> !other.equals(point) && hasWayTo(uplink, other))
                .limit(MOST_WITNESSES)
                .forEach(other -> path(uplink, other, nowNanos).askAsWitness(path.patienceNanos()));
    }

    private List<InetSocketAddress> heardOver(UplinkTracker uplink) {
        return heardAtNanos.keySet().stream()
                .filter(key -> key.uplink() == uplink)
                .map(Key::point)
                .sorted(Comparator.comparing(InetSocketAddress::toString))
                .toList();
    }

    private WatchedPath path(UplinkTracker uplink, InetSocketAddress point, long nowNanos) {
        Key key = new Key(uplink, point);
        WatchedPath known = paths.get(key);
        if (known != null) {
            return known;
        }
        if (paths.size() >= MOST_IDLE_PATHS) {
            paths.values().removeIf(WatchedPath::idle);
            heardAtNanos.keySet().retainAll(paths.keySet());
        }
        WatchedPath path = new WatchedPath(uplink, point, timings, decisions, at -> dormant(uplink, at), nowNanos);
        paths.put(key, path);
        return path;
    }

    /** Something came from a conversion point over an uplink. */
    void heard(UplinkTracker uplink, InetSocketAddress point, Reason how, long nowNanos) {
        waiting.remove(new Key(uplink, point));
        boolean wasAsked = confirmations.remove(point) != null;
        boolean resurrected = deadPoints.remove(point);
        if (wasAsked || resurrected) {
            followUp(point::equals, nowNanos);
        }
        WatchedPath path = paths.get(new Key(uplink, point));
        if (path == null) {
            if (suspectSinceNanos(uplink).isPresent()) {
                // A new connection to another conversion point is a witness as well.
                heardAtNanos.put(new Key(uplink, point), nowNanos);
            }
            return;
        }
        heardAtNanos.put(new Key(uplink, point), nowNanos);
        PathState before = path.state();
        boolean news = path.trusted(nowNanos);
        if (uplink.silent()) {
            uplink.heard(nowNanos);
        } else if (uplink.reaches(point, true)) {
            changed = true;
            tell(path, Reason.ANSWERS_AGAIN);
        } else if (resurrected) {
            tell(path, Reason.ANSWERS_AGAIN);
        } else if (news && before == PathState.SUSPECT) {
            tell(path, how);
        }
    }

    private void tell(WatchedPath path, Reason reason) {
        decisions.accept(new Decision.PathVerdict(path.uplink().name(), path.point(), path.state(), reason));
    }

    /** This host, or the network, said that there is no way: as good as silence, and quicker. */
    void unreachable(UplinkTracker uplink, InetSocketAddress point, long nowNanos) {
        WatchedPath path = paths.get(new Key(uplink, point));
        if (path != null && path.state() == PathState.SUSPECT && path.tick(nowNanos)) {
            conclude(path, nowNanos);
        }
    }

    /** Another uplink is in service: there is something to move to, and somebody else to ask. */
    void reopen(long nowNanos) {
        deadPoints.clear();
        followUp(point -> true, nowNanos);
    }

    /** What could not be told apart from a dead conversion point, or was of no use to know, is looked at again. */
    private void followUp(Predicate<InetSocketAddress> points, long nowNanos) {
        for (WatchedPath path : paths.values()) {
            UplinkTracker uplink = path.uplink();
            boolean blameless = !uplink.silent() && uplink.reaches(path.point());
            if (path.state() == PathState.DEAD && blameless && points.test(path.point())) {
                path.trusted(nowNanos);
            }
        }
        for (Map.Entry<Key, Stall> entry : List.copyOf(waiting.entrySet())) {
            Key key = entry.getKey();
            if (points.test(key.point())) {
                waiting.remove(key);
                if (remotesInUse.apply(key.uplink()).contains(key.point())) {
                    Stall stall = entry.getValue();
                    stalled(key.uplink(), key.point(), stall.lastSignNanos(), stall.rttNanos(), nowNanos);
                }
            }
        }
    }

    /** What was found out about an uplink means nothing any more: it may be another line. */
    void forgive(UplinkTracker uplink, long nowNanos) {
        for (WatchedPath path : paths.values()) {
            if (path.uplink() == uplink && path.state() != PathState.TRUSTED) {
                path.trusted(nowNanos);
                changed |= uplink.reaches(path.point(), true);
            }
        }
    }

    /** Asks and judges what is due. */
    void handleDeadline(long nowNanos) {
        for (WatchedPath path : List.copyOf(paths.values())) {
            if (path.due(nowNanos)) {
                if (path.tick(nowNanos)) {
                    conclude(path, nowNanos);
                } else if (path.state() == PathState.DEAD && deadPoints.contains(path.point())) {
                    askElsewhere(path, nowNanos);
                } else if (path.state() == PathState.DEAD && path.uplink().silent()) {
                    askOthers(path, nowNanos);
                }
            }
        }
        for (Map.Entry<InetSocketAddress, Confirmation> entry : List.copyOf(confirmations.entrySet())) {
            confirm(entry.getKey(), entry.getValue(), nowNanos);
        }
    }

    /** Those who were asked when a conversion point was called dead may have been silent themselves. */
    private void askElsewhere(WatchedPath dead, long nowNanos) {
        List<UplinkTracker> others = uplinks.stream()
                .filter(uplink -> uplink != dead.uplink() && hasWayTo(uplink, dead.point()))
                .toList();
        int round = dead.questions() / ELSEWHERE_EVERY;
        if (!others.isEmpty() && dead.questions() % ELSEWHERE_EVERY == 0) {
            path(others.get(round % others.size()), dead.point(), nowNanos).askAsWitness(dead.patienceNanos());
        }
    }

    /** An uplink that was given up for the silence of one conversion point, with nobody to contradict, may lead to others. */
    private void askOthers(WatchedPath dead, long nowNanos) {
        List<InetSocketAddress> others = Stream.concat(
                        uplinks.stream().flatMap(uplink -> remotesInUse.apply(uplink).stream()),
                        otherPoints.apply(dead.point()).stream())
                .distinct()
                .filter(other -> hasSource(dead.uplink(), other) && !isDead(dead.uplink(), other))
                .toList();
        int round = dead.questions() / ELSEWHERE_EVERY;
        if (!others.isEmpty() && dead.questions() % ELSEWHERE_EVERY == 0) {
            path(dead.uplink(), others.get(round % others.size()), nowNanos).askAsWitness(dead.patienceNanos());
        }
    }

    /** Whether a conversion point is asked again and again over an uplink anyway. */
    private boolean isDead(UplinkTracker uplink, InetSocketAddress point) {
        WatchedPath path = paths.get(new Key(uplink, point));
        return path != null && path.state() == PathState.DEAD;
    }

    /** Nobody answered in time. */
    private void conclude(WatchedPath path, long nowNanos) {
        UplinkTracker uplink = path.uplink();
        InetSocketAddress point = path.point();
        if (uplink.silent()) {
            path.dead(nowNanos);
        } else if (!hasWayTo(uplink, point) || !anyOther(uplink)) {
            // It broke for all to see, or there is nothing to move to any more: the suspicion has lost its point.
            path.trusted(nowNanos);
        } else if (othersWereHeard(path)) {
            path.dead(nowNanos);
            changed |= uplink.reaches(point, false);
            tell(path, Reason.NO_ANSWER_HERE);
        } else {
            path.dead(nowNanos);
            uplink.silence(path.lastSignNanos(), nowNanos);
            // The connections that move now ask already; this is for those that have nothing to move.
            long firstNanos = nowNanos + timings.confirmEvery().toNanos() / 2;
            confirmations
                    .computeIfAbsent(
                            point,
                            key -> new Confirmation(nowNanos + timings.confirm().toNanos(), firstNanos))
                    .accused
                    .add(uplink);
        }
    }

    private boolean othersWereHeard(WatchedPath silent) {
        return heardAtNanos.entrySet().stream()
                .anyMatch(entry -> entry.getKey().uplink() == silent.uplink()
                        && !entry.getKey().point().equals(silent.point())
                        && entry.getValue() - silent.askedSinceNanos() >= 0);
    }

    private void confirm(InetSocketAddress point, Confirmation confirmation, long nowNanos) {
        confirmation.accused.removeIf(accused -> !accused.silent());
        List<UplinkTracker> witnesses = witnesses(point, confirmation);
        // Uplinks seldom fall silent together: if two did, it is the conversion point even if there is no third to ask.
        boolean telling = !witnesses.isEmpty() || confirmation.accused.size() > 1;
        if (confirmation.accused.isEmpty() || !telling) {
            confirmations.remove(point);
        } else if (confirmation.deadlineNanos - nowNanos <= 0) {
            confirmations.remove(point);
            deadPoints.add(point);
            confirmation.accused.forEach(accused -> acquit(accused, point));
        } else if (confirmation.nextNanos - nowNanos <= 0) {
            confirmation.nextNanos = nowNanos + timings.confirmEvery().toNanos();
            if (!witnesses.isEmpty()) {
                // In turn, for the first of them may be silent as well.
                UplinkTracker witness = witnesses.get(confirmation.questions++ % witnesses.size());
                path(witness, point, nowNanos).askAsWitness(timings.confirm().toNanos());
            }
        }
    }

    private List<UplinkTracker> witnesses(InetSocketAddress point, Confirmation confirmation) {
        return uplinks.stream()
                .filter(uplink -> mayKnow(uplink, point)
                        && confirmation.accused.stream()
                                .noneMatch(accused -> accused == uplink || accused.sharesFateWith(uplink)))
                .toList();
    }

    /** A network that never led to an address proves nothing by its silence: others have others. */
    private boolean mayKnow(UplinkTracker uplink, InetSocketAddress point) {
        return hasWayTo(uplink, point)
                && (uplink.config().reach().suits(point.getAddress())
                        || heardAtNanos.containsKey(new Key(uplink, point))
                        || remotesInUse.apply(uplink).contains(point));
    }

    private void acquit(UplinkTracker accused, InetSocketAddress point) {
        accused.acquit();
        decisions.accept(new Decision.PathVerdict(accused.name(), point, PathState.DEAD, Reason.NO_ANSWER_ANYWHERE));
    }

    /** A line that has lost its IPv4 address answers nobody over IPv4: that is no news, and no silence. */
    private static boolean hasWayTo(UplinkTracker uplink, InetSocketAddress point) {
        return uplink.inService() && hasSource(uplink, point);
    }

    private static boolean hasSource(UplinkTracker uplink, InetSocketAddress point) {
        return !uplink.sources(point.getAddress().getClass()).isEmpty();
    }

    /** Whether connections could move. Even an uplink that shares the fate of this one is better than none. */
    private boolean anyOther(UplinkTracker uplink) {
        for (UplinkTracker other : uplinks) {
            if (other != uplink && other.inService()) {
                return true;
            }
        }
        return false;
    }

    /** Whether connections have to be looked at again since the last call, beside what the uplinks' states say. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * Whether an uplink waits for nothing but the end of the preferred ones, and costs nothing as long as it waits. One that is
     * online and yet lets connections down, as it may towards a single conversion point, does not count.
     */
    private boolean dormant(UplinkTracker uplink, long nowNanos) {
        return uplink.config().use().onlyWhenNeeded()
                && !awaited.test(uplink)
                && uplinks.stream()
                        .anyMatch(other -> other.rank() < uplink.rank()
                                && other.state() == UplinkState.ONLINE
                                && !letsDown(other, nowNanos));
    }

    /** Whether stalls were told of an uplink that could not be followed up, for there was nothing to move to. */
    private boolean letsDown(UplinkTracker uplink, long nowNanos) {
        return waiting.entrySet().stream()
                .anyMatch(entry -> entry.getKey().uplink() == uplink
                        && nowNanos - entry.getValue().toldNanos() < STALL_LASTS_NANOS);
    }

    /** An uplink may be needed now that was not a moment ago. */
    void wake(long nowNanos) {
        paths.values().forEach(path -> path.wake(nowNanos));
    }

    /** Conversion points that may not answer over an uplink now. */
    Set<InetSocketAddress> doubtful(UplinkTracker uplink) {
        Set<InetSocketAddress> doubtful = new HashSet<>();
        for (WatchedPath path : paths.values()) {
            if (path.uplink() == uplink && path.state() != PathState.TRUSTED) {
                doubtful.add(path.point());
            }
        }
        return doubtful;
    }

    /** The last sign of life over an uplink of which it is being found out whether it is silent. */
    OptionalLong suspectSinceNanos(UplinkTracker uplink) {
        OptionalLong since = OptionalLong.empty();
        for (WatchedPath path : paths.values()) {
            if (path.uplink() == uplink && path.state() == PathState.SUSPECT) {
                since = Deadlines.earlier(since, OptionalLong.of(path.lastSignNanos()));
            }
        }
        return since;
    }

    OptionalLong deadlineNanos() {
        OptionalLong deadline = OptionalLong.empty();
        for (WatchedPath path : paths.values()) {
            deadline = Deadlines.earlier(deadline, path.dueNanos());
        }
        for (Confirmation confirmation : confirmations.values()) {
            deadline = Deadlines.earlier(deadline, OptionalLong.of(confirmation.dueNanos()));
        }
        return deadline;
    }
}
