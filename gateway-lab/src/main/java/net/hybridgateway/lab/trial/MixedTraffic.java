package net.hybridgateway.lab.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.web.PageVisit;

/**
 * What a home does all the time: a download and an upload without end, two conversations with a short message each 50 ms,
 * and pages that are opened meanwhile. A flow that dies is noted as a loss, and another one starts in its place.
 */
final class MixedTraffic implements AutoCloseable {
    private static final Duration PAGE_PERIOD = Duration.ofMillis(300);
    private static final Duration START = Duration.ofSeconds(60);
    /** The queues on the way hold megabytes. */
    private static final Duration FAREWELL = Duration.ofSeconds(60);

    private static final List<TrafficKind> FLOWS =
            List.of(TrafficKind.DOWNLOAD, TrafficKind.UPLOAD, TrafficKind.ECHO, TrafficKind.ECHO);

    private final Ground ground;
    private final List<Flow> flows = new ArrayList<>();
    private final PageLoads pages;
    private final List<String> losses = new ArrayList<>();
    private int connections;

    /**
     * What became of it.
     *
     * @param connections flows and pages together
     * @param losses one line for each connection that died, hung or had a wrong byte
     * @param slowestPageSeconds of those that came
     */
    record Outcome(int connections, List<String> losses, double slowestPageSeconds) {
        int wrongBytes() {
            return (int) losses.stream().filter(loss -> loss.contains("wrong")).count();
        }
    }

    private MixedTraffic(Ground ground) {
        this.ground = ground;
        FLOWS.forEach(kind -> add(kind));
        this.pages = ground.pageLoads(PAGE_PERIOD);
    }

    /** Starts it, and waits until bytes arrive on every flow. */
    static MixedTraffic start(Ground ground) {
        MixedTraffic traffic = new MixedTraffic(ground);
        for (Flow flow : traffic.flows) {
            if (!flow.awaitBytes(Flow.ECHO_BYTES, START)) {
                traffic.close();
                throw new LabException(
                        flow + " does not start: " + flow.failure().orElse("no byte arrives"));
            }
        }
        return traffic;
    }

    private Flow add(TrafficKind kind) {
        Flow flow = ground.flow(kind);
        flows.add(flow);
        connections++;
        return flow;
    }

    /** Notes what has died and starts another one in its place; gives the number of losses so far, without pages. */
    int replaceDead(String when) {
        for (Flow flow : List.copyOf(flows)) {
            Optional<String> failure = flow.failure();
            if (failure.isPresent()) {
                losses.add(when + ": " + flow + ": " + failure.get());
                flow.close();
                flows.remove(flow);
                add(flow.kind());
            }
        }
        return losses.size();
    }

    /** Lets all come to its end. */
    Outcome finish() {
        replaceDead("before the end");
        flows.forEach(Flow::stop);
        for (Flow flow : flows) {
            try {
                flow.finish(FAREWELL);
            } catch (LabException e) {
                losses.add("in the end: " + e.getMessage());
            }
        }
        List<PageVisit> visits = pages.finish();
        long start = visits.isEmpty() ? 0 : visits.get(0).startNanos();
        double slowest = 0;
        for (PageVisit visit : visits) {
            slowest = Math.max(slowest, visit.isGood() ? visit.seconds() : 0);
            visit.failure()
                    .ifPresent(failure -> losses.add(String.format(
                            "page opened %.1f s after the first, failed after %.1f s: %s",
                            (visit.startNanos() - start) / 1e9, visit.seconds(), failure)));
        }
        return new Outcome(connections + visits.size(), List.copyOf(losses), slowest);
    }

    @Override
    public void close() {
        pages.close();
        flows.forEach(Flow::close);
    }
}
