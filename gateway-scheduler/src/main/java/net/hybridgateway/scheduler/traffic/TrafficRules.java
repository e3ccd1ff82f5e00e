package net.hybridgateway.scheduler.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * All rules, in the order in which they are asked: the first that takes a connection decides about it.
 *
 * <p>Immutable, so that every thread that opens connections may ask.
 */
public record TrafficRules(List<TrafficRule> rules) {
    /** Every connection is normal. */
    public static final TrafficRules NONE = new TrafficRules(List.of());

    public TrafficRules {
        rules = List.copyOf(rules);
    }

    /**
     * What a LAN host's connection may do.
     *
     * @param destination the server, resolved
     */
    public TrafficVerdict judge(InetAddress source, InetSocketAddress destination) {
        for (TrafficRule rule : rules) {
            if (rule.takes(source, destination)) {
                return TrafficVerdict.of(rule);
            }
        }
        return TrafficVerdict.NORMAL;
    }

    /** Whether connections differ in what they may do: there is a rule that does more than name the normal case. */
    public boolean distinguish() {
        return rules.stream().anyMatch(rule -> rule.action() != RuleAction.BOND);
    }
}
