package net.hybridgateway.lab.net;

import java.time.Duration;

/** {@code ./dev lab}: builds a house and keeps it until Ctrl-C, for looking around by hand. */
public final class ShowHouse {
    private ShowHouse() {}

    /**
     * Builds, prints how to get in, and waits.
     *
     * @param arguments the shapes of the fixed and of the cellular line, as {@link LineShape#parse} reads them; none for
     *     plain lines
     */
    public static void main(String[] arguments) {
        try {
            HousePlan plan = arguments.length < 2
                    ? HousePlan.plain()
                    : HousePlan.shaped(LineShape.parse(arguments[0]), LineShape.parse(arguments[1]));
            House house = House.build(plan);
            house.shells().forEach(System.out::println);
            System.out.println("logs in " + house.run().logs() + "; Ctrl-C removes everything");
            while (true) {
                Pause.of(Duration.ofDays(1));
            }
        } catch (LabException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
