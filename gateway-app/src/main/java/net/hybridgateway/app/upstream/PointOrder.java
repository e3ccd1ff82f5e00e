package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.hybridgateway.scheduler.InitialPath;

/**
 * The order in which the conversion points are tried over an uplink.
 *
 * <p>Those that nothing is suspected of come first, then the more preferred ones. Equals share the LAN's hosts: each host goes
 * to the one with which it makes the highest hash (rendezvous hashing), so that a server sees a host come from one address,
 * and the end of one conversion point moves its own hosts only. Of each point, the addresses that the uplink's network is
 * likely to lead to come first.
 *
 * @param inOrder each point with each of its addresses
 * @param names of the points, in the same order, once each
 * @param ranks by name; equals have the same
 */
record PointOrder(List<ConversionPoint> inOrder, List<String> names, Map<String, Integer> ranks) {
    static PointOrder of(List<ConversionPoint> inOrder) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> ranks = new HashMap<>();
        OptionalInt last = OptionalInt.empty();
        for (ConversionPoint point : inOrder) {
            if (!ranks.containsKey(point.name())) {
                boolean equal = !names.isEmpty()
                        && point.preference().isPresent()
                        && point.preference().equals(last);
                ranks.put(point.name(), equal ? ranks.get(names.get(names.size() - 1)) : names.size());
                names.add(point.name());
                last = point.preference();
            }
        }
        return new PointOrder(List.copyOf(inOrder), List.copyOf(names), Map.copyOf(ranks));
    }

    /** All of them, in the order for an uplink and a LAN host. */
    List<ConversionPoint> of(InitialPath path, InetAddress client) {
        boolean allDiffer = ranks.values().stream().distinct().count() == inOrder.size();
        if (path.suspect().isEmpty() && allDiffer) {
            return inOrder;
        }
        return inOrder.stream()
                .sorted(Comparator.<ConversionPoint, Boolean>comparing(
                                point -> path.suspect().contains(point.address()))
                        .thenComparing(point -> ranks.get(point.name()))
                        .thenComparing(point -> -share(client, point.name()))
                        .thenComparing(point -> names.indexOf(point.name()))
                        .thenComparing(
                                point -> !path.reach().suits(point.address().getAddress())))
                .toList();
    }

    /** Whether connections of some host would begin at this address over this uplink, if all were well. */
    boolean isFirstChoice(ConversionPoint point, InitialPath path) {
        boolean suits = path.reach().suits(point.address().getAddress());
        return ranks.get(point.name()) == 0
                && (suits
                        || inOrder.stream()
                                .noneMatch(other -> other.name().equals(point.name())
                                        && path.reach().suits(other.address().getAddress())));
    }

    /** A hash of both in which each bit of either matters: neighbouring addresses must not all choose alike. 0 to 2^31 - 1. */
    private static int share(InetAddress client, String name) {
        int hash = client.hashCode() ^ Integer.rotateLeft(name.hashCode() * 0x9E3779B1, 13);
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return (hash ^ (hash >>> 16)) & Integer.MAX_VALUE;
    }
}
