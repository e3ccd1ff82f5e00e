package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.middlebox.Behaviour;
import net.hybridgateway.lab.middlebox.Middlebox;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabRun;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.web.PageVisit;
import net.hybridgateway.lab.web.WebServer;

/**
 * A middlebox on the fixed line, one behaviour after the other, each in a house of its own with a gateway that has never heard
 * of it: how late a request is the first time, one that nobody may make twice; how late pages are from then on, and while the
 * gateway finds out now and then whether the box is still there; beside plain TCP without the gateway through the same box. At
 * the end the box goes.
 *
 * @param behaviours what the boxes do
 * @param pages how many are opened behind each, one after the other
 * @param watched for how long a page is opened each second after those, where the gateway has given something up
 */
public record MiddleboxTrial(List<Behaviour> behaviours, int pages, Duration watched) implements Trial {
    private static final double RTT_MILLIS = 50;
    private static final LineShape LINE = LineShape.of(40, RTT_MILLIS);
    private static final int WEB_PORT = 8080;
    private static final int PAGE_BYTES = 500;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration BETWEEN_WATCHED = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETURN = Duration.ofMinutes(2);

    public MiddleboxTrial {
        behaviours = List.copyOf(behaviours);
    }

    /**
     * What one box does.
     *
     * @param first the request that must not be made twice
     * @param watched the pages while the gateway tries again; none if it has nothing to try
     * @param returned after how many seconds without the box the gateway used all again; empty if it had given up nothing
     */
    private record Seen(
            Behaviour behaviour,
            double plainMillis,
            PageVisit first,
            List<PageVisit> pages,
            List<PageVisit> watched,
            OptionalDouble returned) {
        double addedMillis(PageVisit visit) {
            return visit.isGood() ? visit.setupSeconds() * 1000 - plainMillis : Double.POSITIVE_INFINITY;
        }

        Percentiles added(List<PageVisit> visits) {
            return Percentiles.of(visits.stream().map(this::addedMillis).toList());
        }

        List<PageVisit> all() {
            return Stream.of(List.of(first), pages, watched)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    @Override
    public TrialResult run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        figures.add(Figure.told("round trip of both lines", RTT_MILLIS, "ms"));
        figures.add(Figure.told("pages behind each middlebox", pages, ""));
        for (Behaviour behaviour : behaviours) {
            String name = behaviour.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            Seen seen = see(behaviour);
            figures.addAll(figures(name, seen));
            seen.all().forEach(visit -> visit.failure().ifPresent(failure -> remarks.add(name + ": " + failure)));
        }
        return new TrialResult("middleboxes", figures, remarks, LabRun.LOGS);
    }

    private static List<Figure> figures(String name, Seen seen) {
        List<Figure> figures = new ArrayList<>();
        double failed =
                (double) seen.all().stream().filter(visit -> !visit.isGood()).count();
        figures.add(Figure.atMost(name + ": requests failed", failed, "", 0));
        figures.add(Figure.told(name + ": first POST later than plain TCP", seen.addedMillis(seen.first()), "ms"));
        figures.add(
                Figure.told(name + ": pages, median", seen.added(seen.pages()).at(50), "ms"));
        figures.add(Figure.atMost(
                name + ": pages, slowest", seen.added(seen.pages()).at(100), "ms", RTT_MILLIS));
        if (!seen.watched().isEmpty()) {
            figures.add(Figure.atMost(
                    name + ": while it tries again, slowest",
                    seen.added(seen.watched()).at(100),
                    "ms",
                    RTT_MILLIS));
        }
        seen.returned()
                .ifPresent(seconds -> figures.add(Figure.atMost(
                        name + ": box gone, all used again after", seconds, "s", (double) LONGEST_RETURN.toSeconds())));
        return figures;
    }

    private Seen see(Behaviour behaviour) throws IOException {
        House house = House.build(HousePlan.shaped(LINE, LINE));
        Middlebox box = Middlebox.on(house, Access.FIXED);
        double plain;
        try {
            // Before the gateway starts: its own questions go through the box from the first.
            box.does(behaviour);
            plain = plainMillis(house);
        } catch (IOException | RuntimeException e) {
            box.close();
            house.close();
            throw e;
        }
        try (Ground ground = Ground.lay(house, GroundConfig.of("on-demand").text());
                box) {
            return see(behaviour, plain, ground, box);
        }
    }

    private Seen see(Behaviour behaviour, double plain, Ground ground, Middlebox box) throws IOException {
        PageVisit first = ground.post(PAGE_BYTES);
        List<PageVisit> visits = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            Pause.of(BETWEEN);
            visits.add(ground.visit(PAGE_BYTES));
        }
        List<PageVisit> later = new ArrayList<>();
        OptionalDouble returned = OptionalDouble.empty();
        if (!watched.isZero() && !ground.view().usesWholeHandshake()) {
            long end = System.nanoTime() + watched.toNanos();
            while (System.nanoTime() - end < 0) {
                Pause.of(BETWEEN_WATCHED);
                later.add(ground.visit(PAGE_BYTES));
            }
            if (!ground.view().usesWholeHandshake()) {
                returned = OptionalDouble.of(secondsToReturn(ground, box));
            }
        }
        ground.checkAlive();
        return new Seen(behaviour, plain, first, visits, later, returned);
    }

    private static double secondsToReturn(Ground ground, Middlebox box) {
        box.rest();
        long start = System.nanoTime();
        boolean whole = Pause.until(LONGEST_RETURN, ground.view()::usesWholeHandshake);
        return whole ? (System.nanoTime() - start) / 1e9 : Double.POSITIVE_INFINITY;
    }

    /** As a home without the gateway's program has it. */
    private double plainMillis(House house) throws IOException {
        try (WebServer web = house.web().call(() -> WebServer.listen(WEB_PORT))) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < pages; i++) {
                millis.add(1000
                        * PageVisit.make(
                                        house.lanHost(0),
                                        new InetSocketAddress(House.webIpv4(), web.port()),
                                        PAGE_BYTES)
                                .setupSeconds());
            }
            return Percentiles.of(millis).at(50);
        }
    }
}
