package net.hybridgateway.netlink.nftables;

import java.util.List;
import java.util.Optional;

/**
 * A list of rules.
 *
 * @param name unique within the table
 * @param hook where packets come from; empty for a chain that others jump to
 * @param rules in this order
 */
public record NftChain(String name, Optional<Hook> hook, List<NftRule> rules) {
    /** Before conntrack of most helpers, after raw: where marks for routing are set (NF_IP_PRI_MANGLE). */
    public static final int PRIORITY_MANGLE = -150;

    /** NF_IP_PRI_FILTER. */
    public static final int PRIORITY_FILTER = 0;

    /**
     * Makes a base chain of type filter.
     *
     * @param point where on the way of a packet
     * @param priority among the chains there, lowest first
     * @param dropByDefault what becomes of packets that no rule decides on: false accepts
     */
    public record Hook(HookPoint point, int priority, boolean dropByDefault) {}

    /** The hooks of family inet (NF_INET_*). */
    public enum HookPoint {
        PREROUTING(0),
        INPUT(1),
        FORWARD(2),
        OUTPUT(3),
        POSTROUTING(4);

        private final int number;

        HookPoint(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public NftChain {
        NftNumbers.requireIdentifier(name, "chain");
        rules = List.copyOf(rules);
    }

    /** A chain for packets before routing, with the priority of mangle, which accepts by default. */
    public static NftChain prerouting(String name, List<NftRule> rules) {
        return new NftChain(name, Optional.of(new Hook(HookPoint.PREROUTING, PRIORITY_MANGLE, false)), rules);
    }

    /** A chain to jump to. */
    public static NftChain regular(String name, List<NftRule> rules) {
        return new NftChain(name, Optional.empty(), rules);
    }
}
