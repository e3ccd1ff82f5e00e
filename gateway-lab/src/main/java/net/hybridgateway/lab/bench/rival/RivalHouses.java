package net.hybridgateway.lab.bench.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;

/** A house for each rival on each leg that it takes. */
public final class RivalHouses implements AutoCloseable {
    private final List<RivalHouse> houses = new ArrayList<>();

    private RivalHouses() {}

    /** Builds all of them alike. */
    public static RivalHouses build(List<Rival> rivals, List<Leg> legs, HousePlan plan) {
        return of(legs.stream().flatMap(leg -> rivals.stream()
                .filter(rival -> rival.takes(leg))
                .<Supplier<RivalHouse>>map(rival -> () -> RivalHouse.build(rival, leg, plan))));
    }

    /** As {@link #build}, for one leg; who does not take it goes by plain TCP, and so forwarding is there, too. */
    public static RivalHouses beside(List<Rival> rivals, Leg leg, HousePlan plan) {
        return of(rivals.stream()
                .<Supplier<RivalHouse>>map(
                        rival -> () -> RivalHouse.build(rival, rival.takes(leg) ? leg : Leg.TCP, plan)));
    }

    private static RivalHouses of(Stream<Supplier<RivalHouse>> builders) {
        RivalHouses built = new RivalHouses();
        try {
            builders.forEach(builder -> built.houses.add(builder.get()));
            return built;
        } catch (RuntimeException e) {
            built.close();
            throw e;
        }
    }

    /** In the order in which they were built. */
    public List<RivalHouse> all() {
        return List.copyOf(houses);
    }

    /** Gives each measured program the first processor. */
    public void giveFirstCore() {
        houses.forEach(house -> house.measured().map(LabProcess::pid).ifPresent(Cores::toFirst));
    }

    @Override
    public void close() {
        houses.forEach(RivalHouse::close);
        houses.clear();
    }
}
