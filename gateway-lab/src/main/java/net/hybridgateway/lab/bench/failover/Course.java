package net.hybridgateway.lab.bench.failover;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.contender.ContenderHouse;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;

/** One contender's way through breaks, step by step, so that several can take each step together. */
final class Course implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    // What TCP needs to find its rate, three times over.
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final Duration LONGEST_PHASE = Duration.ofMillis(300);
    private static final Duration REFERENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Contender contender;
    private final ContenderHouse house;
    private final Random random;
    // Nothing for traffic that has no rate.
    private final Map<TrafficKind, OptionalDouble> cellularBytesPerSecond = new EnumMap<>(TrafficKind.class);

    private Course(Contender contender, ContenderHouse house) {
        this.contender = contender;
        this.house = house;
        this.random = new Random();
    }

    static Course of(Contender contender) {
        return new Course(contender, contender.build());
    }

    /** What the cellular line alone gave, for people. */
    String cellularRates() {
        return contender + ": cellular alone gives "
                + cellularBytesPerSecond.entrySet().stream()
                        .filter(entry -> entry.getValue().isPresent())
                        .map(entry -> String.format(
                                "%.1f Mbit/s for %s",
                                entry.getValue().getAsDouble() * 8 / 1e6, BenchOptions.word(entry.getKey())))
                        .collect(Collectors.joining(", "));
    }

    /** Measures what the cellular line alone gives to this traffic, before any break. */
    void measureCellular(TrafficKind kind) {
        OptionalDouble rate = OptionalDouble.empty();
        if (kind != TrafficKind.ECHO) {
            try (Flow flow = house.startOn(Access.CELLULAR, kind)) {
                if (!flow.awaitBytes(1, START)) {
                    throw new LabException(contender + ": nothing goes over cellular: " + flow.failure());
                }
                Pause.of(WARM_UP);
                long from = System.nanoTime();
                Pause.of(REFERENCE);
                rate = OptionalDouble.of(flow.progress().bitsPerSecond(from, System.nanoTime()) / 8);
            }
        }
        cellularBytesPerSecond.put(kind, rate);
    }

    /** Makes the system ready for a break. */
    void prepare() {
        house.prepare();
    }

    /** Lets traffic flow, breaks the line at some moment, and observes. The line stays broken. */
    BreakTrial breakLine(BreakCase breakCase, TrafficKind kind, int round) {
        OptionalDouble rate = cellularBytesPerSecond.get(kind);
        Counters cellularAtFirst = cellular();
        try (Flow flow = house.start(kind)) {
            // A flow that doesn't even start, or dies before the break, is dead all the same.
            if (flow.awaitBytes(1, START)) {
                Pause.of(WARM_UP.plusNanos((long) (random.nextDouble() * LONGEST_PHASE.toNanos())));
            }
            long cellularBytes = cellular().since(cellularAtFirst).bytes();
            long cut = System.nanoTime();
            breakCase.happen(house.house());
            long end = awaitEnd(flow, cut, rate);
            Optional<String> death = flow.failure();
            Interruption interruption = death.isPresent()
                    ? Interruption.forEver(rate.isPresent())
                    : Interruption.of(flow.progress(), cut, end, rate);
            return new BreakTrial(contender, breakCase, kind, round, cellularBytes, interruption, death);
        }
    }

    private static long awaitEnd(Flow flow, long cutNanos, OptionalDouble rate) {
        long now = System.nanoTime();
        while (now - cutNanos < Interruption.LONGEST_NANOS
                && flow.failure().isEmpty()
                && !Interruption.isOver(flow.progress(), cutNanos, now, rate)) {
            Pause.of(POLL);
            now = System.nanoTime();
        }
        return now;
    }

    private Counters cellular() {
        return house.house().gateway().counters(Access.CELLULAR.device());
    }

    /** Puts everything back as it was before the break. */
    void mend() {
        house.mend();
    }

    @Override
    public void close() {
        house.close();
    }
}
