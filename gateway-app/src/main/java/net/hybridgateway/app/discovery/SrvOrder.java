package net.hybridgateway.app.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** The order in which the targets of SRV records are to be tried (RFC 2782, "Weight"). Pure. */
final class SrvOrder {
    private SrvOrder() {}

    /**
     * Sorts by priority, and draws lots by weight among those of the same one.
     *
     * @param below gives a random number from 0 up to, not including, its argument
     */
    static List<SrvTarget> of(List<SrvTarget> targets, IntUnaryOperator below) {
        List<SrvTarget> inOrder = new ArrayList<>();
        targets.stream()
                .collect(Collectors.groupingBy(SrvTarget::priority, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(group -> drawAll(group, below, inOrder));
        return inOrder;
    }

    private static void drawAll(List<SrvTarget> group, IntUnaryOperator below, List<SrvTarget> drawn) {
        // Those without a weight first, so that they have a very small chance.
        List<SrvTarget> left = new ArrayList<>(group);
        left.sort(Comparator.comparing(target -> target.weight() != 0));
        while (!left.isEmpty()) {
            int lot = below.applyAsInt(left.stream().mapToInt(SrvTarget::weight).sum() + 1);
            int sum = 0;
            for (SrvTarget target : left) {
                sum += target.weight();
                if (sum >= lot) {
                    drawn.add(target);
                    left.remove(target);
                    break;
                }
            }
        }
    }
}
