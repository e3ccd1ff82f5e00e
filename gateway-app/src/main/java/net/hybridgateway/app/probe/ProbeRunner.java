package net.hybridgateway.app.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.ProbeSource;
import net.hybridgateway.mgmt.status.ProbeFacts;
import net.hybridgateway.mgmt.status.ProbeReport;
import net.hybridgateway.mgmt.status.ProbeVerdict;
import net.hybridgateway.mgmt.status.ProbedPath;
import net.hybridgateway.netlink.ffi.EventFd;
import org.tinylog.Logger;

/** Probes one way after the other on a thread of its own, "probe", which waits for the network and nobody for it. */
public final class ProbeRunner implements ProbeSource {
    private static final int STOP_SECONDS = 5;

    /** Where the ways come from; called on the thread "probe", but for the names. */
    public interface Ways {
        /** The names of all uplinks; they never change. */
        Set<String> uplinkNames();

        /** The uplinks as they are now. */
        List<ProbeUplink> uplinks();

        /** The conversion points as they are now, with each of their addresses. */
        List<ConversionPoint> conversionPoints();
    }

    /** A way with what was seen on it; a verdict is there already where nothing was sent. */
    private record Seen(
            String uplink, ConversionPoint point, ProbeFacts facts, Optional<ProbeVerdict> verdict, long bytes) {
        static Seen nothing(ProbeUplink uplink, ConversionPoint point, ProbeVerdict verdict) {
            return new Seen(uplink.name(), point, ProbeFacts.NONE, Optional.of(verdict), 0);
        }
    }

    private final Ways ways;
    private final ProbeConnections connections;
    private final LongSupplier nanoTime;
    private final EventFd stop = new EventFd();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "probe");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<ProbeReport> report = Optional.empty();

    /**
     * Makes the thread; it sleeps until it is asked.
     *
     * @param connections keeps the probe's connections from others
     */
    public ProbeRunner(Ways ways, ProbeConnections connections, LongSupplier nanoTime) {
        this.ways = ways;
        this.connections = connections;
        this.nanoTime = nanoTime;
    }

    @Override
    public ProbeReport begin(Optional<String> uplink) throws CommandException {
        if (uplink.isPresent() && !ways.uplinkNames().contains(uplink.get())) {
            throw new CommandException("there is no uplink '" + uplink.get() + "': known are "
                    + String.join(", ", new TreeSet<>(ways.uplinkNames())));
        }
        if (report.filter(last -> !last.finished()).isPresent()) {
            throw new CommandException("a probe is under way: try again in a few seconds");
        }
        ProbeReport begun = ProbeReport.begun(report.map(ProbeReport::number).orElse(0L) + 1);
        report = Optional.of(begun);
        worker.execute(() -> report = Optional.of(run(begun.number(), uplink)));
        return begun;
    }

    @Override
    public Optional<ProbeReport> report() {
        return report;
    }

    private ProbeReport run(long number, Optional<String> named) {
        try {
            List<Seen> seen = new ArrayList<>();
            List<ConversionPoint> points = ways.conversionPoints();
            for (ProbeUplink uplink : ways.uplinks()) {
                if (named.isEmpty() || named.get().equals(uplink.name())) {
                    points.forEach(point -> seen.add(look(uplink, point, points, named.isPresent())));
                }
            }
            return new ProbeReport(
                    number,
                    true,
                    Optional.empty(),
                    seen.stream().map(one -> path(one, seen)).toList());
        } catch (RuntimeException e) {
            // The asker must hear of it, and the next probe must be possible.
            Logger.warn("a probe failed: {}", e.getMessage());
            return new ProbeReport(number, true, Optional.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    private Seen look(ProbeUplink uplink, ConversionPoint point, List<ConversionPoint> all, boolean named) {
        InetAddress address = point.address().getAddress();
        if (!named && uplink.forbidden().isPresent()) {
            return Seen.nothing(
                    uplink,
                    point,
                    ProbeVerdict.notAsked(uplink.forbidden().get() + " To probe it all the same: hybrid-gateway probe "
                            + uplink.name()));
        }
        if (uplink.sources().isEmpty()) {
            return Seen.nothing(
                    uplink,
                    point,
                    new ProbeVerdict(
                            ProbeVerdict.Result.UNUSABLE,
                            List.of(ProbeVerdict.LooksLike.UPLINK_DOWN),
                            List.of("The uplink is down.")));
        }
        Optional<InetAddress> source = uplink.sourceFor(address);
        if (source.isEmpty()) {
            return Seen.nothing(
                    uplink, point, ProbeVerdict.notAsked("The uplink has no address of the same family with a route."));
        }
        if (!uplink.reach().suits(address) && all.stream().anyMatch(other -> suitsBetter(uplink, point, other))) {
            return Seen.nothing(
                    uplink,
                    point,
                    ProbeVerdict.notAsked("The uplink is to reach the conversion point at another of its addresses."));
        }
        PathProbe probe =
                new PathProbe(source.get(), uplink.interfaceIndex(), point.address(), connections, stop, nanoTime);
        ProbeFacts facts = probe.run();
        return new Seen(uplink.name(), point, facts, Optional.empty(), probe.bytes());
    }

    private static boolean suitsBetter(ProbeUplink uplink, ConversionPoint point, ConversionPoint other) {
        InetAddress address = other.address().getAddress();
        return other.name().equals(point.name())
                && uplink.reach().suits(address)
                && uplink.sourceFor(address).isPresent();
    }

    private static ProbedPath path(Seen one, List<Seen> all) {
        List<ProbeFacts> others = all.stream()
                .filter(other -> !other.uplink().equals(one.uplink())
                        && other.point().address().equals(one.point().address()))
                .map(Seen::facts)
                .toList();
        return new ProbedPath(
                one.uplink(),
                one.point().name(),
                one.point().address(),
                one.facts(),
                one.verdict().orElseGet(() -> ProbeJudge.judge(one.facts(), ProbeJudge.Elsewhere.of(others))),
                one.bytes());
    }

    /** Ends the thread, in the midst of a probe too. */
    public void stop() throws InterruptedException {
        stop.signal();
        worker.shutdownNow();
        if (worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            stop.close();
        }
    }
}
