package net.hybridgateway.lab.net;

import java.util.Objects;

/**
 * How the networks between the house and the internet are made.
 *
 * @param fixed what the fixed line carries
 * @param cellular what the cellular line carries
 * @param cellularReach what is behind the cellular line
 * @param balanced whether the conversion points stand behind a load balancer with one address for all of them, which
 *     leads each new connection to the next: {@link House#balancedIpv4}
 */
public record Topology(Families fixed, Families cellular, Reach cellularReach, boolean balanced) {
    /** What an access network leads to. */
    public enum Reach {
        INTERNET,
        /** The conversion points, under their public addresses, and nothing else. */
        CONVERSION_POINTS,
        /** The conversion points, under addresses that only this network knows: {@link House#privateIpv4}. */
        PRIVATE_ADDRESSES
    }

    /** Both families everywhere, and everything reachable from everywhere. */
    public static final Topology PLAIN = new Topology(Families.BOTH, Families.BOTH, Reach.INTERNET, false);

    public Topology {
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(cellular, "cellular");
        Objects.requireNonNull(cellularReach, "cellularReach");
        if (cellularReach == Reach.PRIVATE_ADDRESSES && cellular != Families.IPV4) {
            throw new IllegalArgumentException("the private addresses are IPv4, so the cellular line has to be");
        }
    }

    public static Topology ofFamilies(Families fixed, Families cellular) {
        return new Topology(fixed, cellular, Reach.INTERNET, false);
    }

    /** A cellular network of its own, which leads to the conversion points only. */
    public static Topology dedicatedCellular(Reach reach) {
        Families cellular = reach == Reach.PRIVATE_ADDRESSES ? Families.IPV4 : Families.BOTH;
        return new Topology(Families.BOTH, cellular, reach, false);
    }

    public static Topology loadBalanced() {
        return new Topology(Families.BOTH, Families.BOTH, Reach.INTERNET, true);
    }

    /** Whether not everybody reaches everything. */
    boolean isConfined() {
        return hasPrivateAddresses() || cellularReach != Reach.INTERNET;
    }

    /** Whether conversion points have addresses of their own beside those that the internet knows. */
    boolean hasPrivateAddresses() {
        return balanced || cellularReach == Reach.PRIVATE_ADDRESSES;
    }
}
