package net.hybridgateway.lab.bench.bonding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import net.hybridgateway.lab.bench.contender.ContenderHouse;
import net.hybridgateway.lab.bench.contender.GatewayHouse;
import net.hybridgateway.lab.bench.contender.KernelHouse;
import net.hybridgateway.lab.measure.AtOnce;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.Flow;

/** Two houses with the same lines, this gateway in one and raw Multipath TCP in the other, which measure at the same time. */
final class BondGround implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    // A slow start over 200 ms of round trip, and the joining of the second line.
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ContenderHouse gateway;
    private final ContenderHouse raw;

    BondGround() {
        HousePlan plan = HousePlan.shaped(LinePair.EQUAL.fixed(), LinePair.EQUAL.cellular());
        gateway = GatewayHouse.build(plan, "always");
        try {
            raw = KernelHouse.build(plan, "subflow");
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    /** Gives both houses these lines. */
    void shape(LinePair pair) {
        for (ContenderHouse house : List.of(gateway, raw)) {
            house.house().fixed().shape(pair.fixed());
            house.house().cellular().shape(pair.cellular());
        }
    }

    /** Measures the lines alone, each in one house, and then both together, each system in its house. */
    BondTrial measure(BondCase bondCase, int round, Duration time) {
        List<Double> alone = AtOnce.all(
                threads,
                List.of(
                        () -> rate(bondCase, time, () -> gateway.startOn(Access.FIXED, bondCase.traffic())),
                        () -> rate(bondCase, time, () -> raw.startOn(Access.CELLULAR, bondCase.traffic()))));
        gateway.prepare();
        raw.prepare();
        try {
            List<Double> together = AtOnce.all(
                    threads,
                    List.of(
                            () -> rate(bondCase, time, () -> gateway.start(bondCase.traffic())),
                            () -> rate(bondCase, time, () -> raw.start(bondCase.traffic()))));
            return new BondTrial(bondCase, round, alone.get(0), alone.get(1), together.get(0), together.get(1));
        } finally {
            gateway.mend();
            raw.mend();
        }
    }

    private static double rate(BondCase bondCase, Duration time, Supplier<Flow> starter) {
        List<Flow> flows = new ArrayList<>();
        try {
            for (int i = 0; i < bondCase.connections(); i++) {
                flows.add(starter.get());
            }
            for (Flow flow : flows) {
                if (!flow.awaitBytes(1, START)) {
                    throw new LabException(bondCase.title() + ": " + flow + " does not start: " + flow.failure());
                }
            }
            Pause.of(WARM_UP);
            long from = System.nanoTime();
            Pause.of(time);
            long to = System.nanoTime();
            for (Flow flow : flows) {
                flow.failure().ifPresent(why -> {
                    throw new LabException(bondCase.title() + ": " + flow + " died: " + why);
                });
            }
            return flows.stream()
                    .mapToDouble(flow -> flow.progress().bitsPerSecond(from, to))
                    .sum();
        } finally {
            flows.forEach(Flow::close);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        gateway.close();
        raw.close();
    }
}
