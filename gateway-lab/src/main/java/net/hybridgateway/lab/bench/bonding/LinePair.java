package net.hybridgateway.lab.bench.bonding;

import net.hybridgateway.lab.net.LineShape;

/** The lines of a household, from those that match to those that hardly go together. */
enum LinePair {
    EQUAL("equal rates", 20, 20, 20, 0),
    TWO_TO_ONE("rates 2:1", 40, 20, 20, 0),
    EIGHT_TO_ONE("rates 8:1", 40, 5, 20, 0),
    RTT_THREE("round trips 1:3", 40, 20, 60, 0),
    RTT_TEN("round trips 1:10", 40, 20, 200, 0),
    LOSS_LITTLE("0.1 % lost", 40, 20, 20, 0.1),
    LOSS_MUCH("1 % lost", 40, 20, 20, 1);

    private static final double FIXED_RTT_MILLIS = 20;

    private final String title;
    private final int fixedMegabits;
    private final int cellularMegabits;
    private final double cellularRttMillis;
    private final double cellularLossPercent;

    LinePair(
            String title,
            int fixedMegabits,
            int cellularMegabits,
            double cellularRttMillis,
            double cellularLossPercent) {
        this.title = title;
        this.fixedMegabits = fixedMegabits;
        this.cellularMegabits = cellularMegabits;
        this.cellularRttMillis = cellularRttMillis;
        this.cellularLossPercent = cellularLossPercent;
    }

    /** For people. */
    String title() {
        return title;
    }

    LineShape fixed() {
        return LineShape.of(fixedMegabits, FIXED_RTT_MILLIS);
    }

    LineShape cellular() {
        return LineShape.of(cellularMegabits, cellularRttMillis).withLossPercent(cellularLossPercent);
    }
}
