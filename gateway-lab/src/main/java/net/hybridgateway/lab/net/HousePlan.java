package net.hybridgateway.lab.net;

import java.util.Objects;
import java.util.Optional;

/**
 * What kind of house to build.
 *
 * @param lanHosts hosts in the LAN, 0 to 50
 * @param conversionPoints hosts for conversion points, 1 to 9
 * @param fixed the fixed line's shape; none makes it plain: as fast as the machine
 * @param cellular the cellular line's shape, likewise
 * @param topology how the networks around the house are made
 */
public record HousePlan(
        int lanHosts,
        int conversionPoints,
        Optional<LineShape> fixed,
        Optional<LineShape> cellular,
        Topology topology) {
    public HousePlan {
        Objects.requireNonNull(topology, "topology");
        if (lanHosts < 0 || lanHosts > 50) {
            throw new IllegalArgumentException("0 to 50 LAN hosts, not " + lanHosts);
        }
        if (conversionPoints < 1 || conversionPoints > 9) {
            throw new IllegalArgumentException("1 to 9 conversion points, not " + conversionPoints);
        }
    }

    /** One LAN host, one conversion point, plain lines: quick to build and to run. */
    public static HousePlan plain() {
        return new HousePlan(1, 1, Optional.empty(), Optional.empty(), Topology.PLAIN);
    }

    /** One LAN host, one conversion point, lines of these shapes. */
    public static HousePlan shaped(LineShape fixed, LineShape cellular) {
        return new HousePlan(1, 1, Optional.of(fixed), Optional.of(cellular), Topology.PLAIN);
    }

    public HousePlan withLanHosts(int count) {
        return new HousePlan(count, conversionPoints, fixed, cellular, topology);
    }

    public HousePlan withConversionPoints(int count) {
        return new HousePlan(lanHosts, count, fixed, cellular, topology);
    }

    public HousePlan withTopology(Topology other) {
        return new HousePlan(lanHosts, conversionPoints, fixed, cellular, other);
    }

    boolean isShaped() {
        return fixed.isPresent() || cellular.isPresent();
    }
}
