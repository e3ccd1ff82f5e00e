package net.hybridgateway.netlink.nftables;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of family inet, whole.
 *
 * @param name unique in the network namespace
 * @param sets that rules look up in
 * @param chains with the rules
 */
public record NftTable(String name, List<NftSet> sets, List<NftChain> chains) {
    /** Checks that names are unique, and that rules refer to sets and chains of this table only. */
    public NftTable {
        NftNumbers.requireIdentifier(name, "table");
        sets = List.copyOf(sets);
        chains = List.copyOf(chains);
        Set<String> setNames = unique(name, "set", sets.stream().map(NftSet::name));
        Set<String> chainNames = unique(name, "chain", chains.stream().map(NftChain::name));
        for (NftChain chain : chains) {
            for (NftRule rule : chain.rules()) {
                requireKnown(setNames, rule.sets(), "set", chain);
                requireKnown(chainNames, rule.chains(), "chain", chain);
            }
        }
    }

    private static Set<String> unique(String table, String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("table " + table + " has two " + what + "s " + name);
            }
        });
        return seen;
    }

    private static void requireKnown(Set<String> known, Stream<String> used, String what, NftChain chain) {
        used.filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("chain " + chain.name() + " refers to no " + what + " " + name);
        });
    }
}
