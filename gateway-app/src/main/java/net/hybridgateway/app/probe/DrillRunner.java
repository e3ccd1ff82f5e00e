package net.hybridgateway.app.probe;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.DrillSource;
import net.hybridgateway.mgmt.status.DrillReport;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.DrillStatus.Result;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.scheduler.UplinkState;
import org.tinylog.Logger;

/** Rehearses with one backup after the other on a thread of its own, "drill", for which nobody waits. */
public final class DrillRunner implements DrillSource {
    private static final int STOP_SECONDS = 5;

    /** What is under way when a drill ends belongs to its bytes. */
    private static final long ECHO_MILLIS = 500;

    /** Where the ways come from; called on the thread "drill", but for the names. */
    public interface Ways {
        /** The names of all uplinks that are backups; they never change. */
        Set<String> backupNames();

        /** The uplinks as they are now, most preferred first. */
        List<DrillUplink> uplinks();

        /** The conversion points as they are now, in the order of their use, with each of their addresses. */
        List<ConversionPoint> conversionPoints();

        /** Bytes that the device of an uplink has carried, both ways. */
        long carried(String uplink);

        /** An uplink is about to be woken. */
        void used(String uplink);

        /** What became of one; to be kept and told. */
        void done(DrillStatus drill);
    }

    private final Ways ways;
    private final ProbeConnections connections;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> wall;
    private final EventFd stop = new EventFd();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "drill");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<DrillReport> report = Optional.empty();
    private volatile long limitBytes;

    /**
     * Makes the thread; it sleeps until it is asked.
     *
     * @param limitBytes that a drill is ended at, for each backup
     * @param connections keeps the drill's connections from others
     * @param wall the wall clock
     */
    public DrillRunner(
            Ways ways, long limitBytes, ProbeConnections connections, LongSupplier nanoTime, Supplier<Instant> wall) {
        this.ways = ways;
        this.limitBytes = limitBytes;
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.wall = wall;
    }

    /** The next drill is ended at so many bytes, for each backup. */
    public void configure(long limit) {
        limitBytes = limit;
    }

    @Override
    public synchronized DrillReport begin(Optional<String> uplink) throws CommandException {
        if (uplink.isPresent() && !ways.backupNames().contains(uplink.get())) {
            throw new CommandException("there is no backup '" + uplink.get() + "': "
                    + (ways.backupNames().isEmpty()
                            ? "all uplinks are in use all the time"
                            : "known are " + String.join(", ", new TreeSet<>(ways.backupNames()))));
        }
        if (report.filter(last -> !last.finished()).isPresent()) {
            throw new CommandException("a drill is under way: try again in a few seconds");
        }
        DrillReport begun = DrillReport.begun(report.map(DrillReport::number).orElse(0L) + 1);
        report = Optional.of(begun);
        worker.execute(() -> report = Optional.of(run(begun.number(), uplink)));
        return begun;
    }

    @Override
    public Optional<DrillReport> report() {
        return report.map(last -> new DrillReport(
                last.number(),
                last.finished(),
                last.failure(),
                last.drills().stream().map(drill -> drill.toldAt(wall.get())).toList()));
    }

    private DrillReport run(long number, Optional<String> named) {
        try {
            List<DrillStatus> drills = new ArrayList<>();
            for (String backup : ways.uplinks().stream()
                    .filter(uplink ->
                            uplink.backup() && named.orElse(uplink.name()).equals(uplink.name()))
                    .map(DrillUplink::name)
                    .toList()) {
                DrillStatus drill = rehearse(backup, named.isPresent());
                drills.add(drill);
                ways.done(drill);
            }
            return new DrillReport(number, true, Optional.empty(), drills);
        } catch (RuntimeException e) {
            // The asker must hear of it, and the next drill must be possible.
            Logger.warn("a drill failed: {}", e.getMessage());
            return new DrillReport(number, true, Optional.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    private DrillStatus rehearse(String name, boolean named) {
        Instant at = wall.get().truncatedTo(ChronoUnit.SECONDS);
        long before = ways.carried(name);
        DrillPath.Outcome outcome = rehearse(name, named, before);
        if (outcome.begun()) {
            pause();
        }
        return new DrillStatus(
                name,
                at,
                0,
                outcome.result(),
                outcome.begun() ? Math.max(0, ways.carried(name) - before) : 0,
                outcome.joinMillis(),
                outcome.answerMillis(),
                outcome.text());
    }

    private DrillPath.Outcome rehearse(String name, boolean named, long before) {
        // As it is now, not as it was before the one that was tried first.
        List<DrillUplink> uplinks = ways.uplinks();
        DrillUplink backup = uplinks.stream()
                .filter(uplink -> uplink.name().equals(name))
                .findFirst()
                .orElseThrow();
        Optional<DrillPath.Outcome> hindrance = hindrance(backup, named);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        List<ProbeUplink> others = uplinks.stream()
                .filter(uplink -> uplink.works()
                        && !uplink.name().equals(name)
                        && uplink.line().forbidden().isEmpty())
                .map(DrillUplink::line)
                .toList();
        if (others.isEmpty()) {
            return DrillPath.Outcome.skipped("No other uplink works: it carries everything already.");
        }
        DrillPath.Outcome last = DrillPath.Outcome.skipped("No conversion point is known.");
        for (DrillPath.Ways way : ways(others, backup.line())) {
            ways.used(name);
            last = new DrillPath(way, connections, stop, nanoTime, () -> ways.carried(name) - before, limitBytes)
                    .rehearse();
            if (last.begun()) {
                return last;
            }
        }
        return last;
    }

    private static Optional<DrillPath.Outcome> hindrance(DrillUplink backup, boolean named) {
        if (backup.state() == UplinkState.DISABLED) {
            return Optional.of(DrillPath.Outcome.skipped("It is switched off."));
        }
        if (!named && backup.line().forbidden().isPresent()) {
            return Optional.of(
                    DrillPath.Outcome.skipped(backup.line().forbidden().get()
                            + " To try it all the same: hybrid-gateway drill " + backup.name()));
        }
        if (!backup.works()) {
            return Optional.of(new DrillPath.Outcome(
                    Result.FAILED,
                    false,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    "It is down. " + backup.reason().orElse("It was never up.")));
        }
        return Optional.empty();
    }

    /** For each conversion point, the first uplink that can reach it. */
    private List<DrillPath.Ways> ways(List<ProbeUplink> others, ProbeUplink backup) {
        Map<String, List<InetSocketAddress>> points = ways.conversionPoints().stream()
                .collect(Collectors.groupingBy(
                        ConversionPoint::name,
                        LinkedHashMap::new,
                        Collectors.mapping(ConversionPoint::address, Collectors.toList())));
        List<DrillPath.Ways> found = new ArrayList<>();
        for (List<InetSocketAddress> addresses : points.values()) {
            others.stream()
                    .flatMap(other -> reachable(other, addresses).stream()
                            .map(point -> new DrillPath.Ways(other, point, backup, reachable(backup, addresses))))
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found;
    }

    /** The addresses that an uplink can be used for, those first that suit it. */
    private static List<InetSocketAddress> reachable(ProbeUplink uplink, List<InetSocketAddress> addresses) {
        List<InetSocketAddress> all = addresses.stream()
                .filter(address -> uplink.sourceFor(address.getAddress()).isPresent())
                .toList();
        List<InetSocketAddress> suitable = all.stream()
                .filter(address -> uplink.reach().suits(address.getAddress()))
                .toList();
        return suitable.isEmpty() ? all : suitable;
    }

    private static void pause() {
        try {
            Thread.sleep(ECHO_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfoTalk.StoppedException();
        }
    }

    /** Ends the thread, in the midst of a drill too. */
    public void stop() throws InterruptedException {
        stop.signal();
        worker.shutdownNow();
        if (worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            stop.close();
        }
    }
}
