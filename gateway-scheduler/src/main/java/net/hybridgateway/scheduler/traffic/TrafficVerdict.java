package net.hybridgateway.scheduler.traffic;

import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.TrafficRights;

/**
 * What the rules say about one connection.
 *
 * @param direct it goes to its server without a conversion point
 * @param ruleName the rule that took it; empty if none did
 */
public record TrafficVerdict(TrafficRights rights, boolean direct, Optional<String> ruleName) {
    /** Of a connection that no rule takes. */
    public static final TrafficVerdict NORMAL = new TrafficVerdict(TrafficRights.NORMAL, false, Optional.empty());

    public TrafficVerdict {
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(ruleName, "ruleName");
    }

    static TrafficVerdict of(TrafficRule rule) {
        return new TrafficVerdict(rule.action().rights(), rule.action() == RuleAction.DIRECT, Optional.of(rule.name()));
    }
}
