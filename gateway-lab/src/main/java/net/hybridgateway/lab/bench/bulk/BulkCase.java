package net.hybridgateway.lab.bench.bulk;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.rival.Leg;

/**
 * One kind of measurement.
 *
 * @param leg what is beyond the gateway
 * @param gigabits the line's rate in Gbit/s, Ethernet frames counted
 * @param way where the bytes go
 * @param connections at the same time
 */
record BulkCase(Leg leg, int gigabits, Way way, int connections) {
    /** Which way the bytes go, seen from the LAN host. */
    enum Way {
        UP,
        DOWN
    }

    /** All that were asked for. */
    static List<BulkCase> all(BulkOptions options) {
        List<BulkCase> cases = new ArrayList<>();
        for (Leg leg : options.legs()) {
            for (int gigabits : options.gigabits()) {
                for (Way way : options.ways()) {
                    for (int connections : options.connections()) {
                        cases.add(new BulkCase(leg, gigabits, way, connections));
                    }
                }
            }
        }
        return cases;
    }

    /** For people, in few letters. */
    String title() {
        return gigabits + " Gbit/s " + (way == Way.UP ? "up" : "down") + ", " + connections;
    }
}
