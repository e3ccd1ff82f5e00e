package net.hybridgateway.lab.bench.bonding;

import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * What is measured in each round.
 *
 * @param pair the lines
 * @param traffic a download or an upload
 * @param connections how many at the same time, at least 1
 */
record BondCase(LinePair pair, TrafficKind traffic, int connections) {
    BondCase {
        if (traffic == TrafficKind.ECHO || connections < 1) {
            throw new IllegalArgumentException("no rate has " + connections + " × " + traffic);
        }
    }

    /** For people. */
    String title() {
        return pair.title() + ", " + connections + " " + BenchOptions.word(traffic) + (connections == 1 ? "" : "s");
    }
}
