package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.scheduler.traffic.PortRange;
import net.hybridgateway.scheduler.traffic.RuleAction;
import net.hybridgateway.scheduler.traffic.TrafficRule;

/** A section {@code rule}. Its conditions are called as in OpenWrt's firewall. */
final class RuleSection {
    static final ConfigOption<RuleAction> ACTION = ConfigOption.required(
            "action", ValueTypes.withLaterWord(ValueTypes.oneOf(RuleAction.values()), "block-quic"));

    static final ConfigOption<PortRange> DEST_PORT = ConfigOption.optionalList("dest_port", ValueTypes.PORTS);

    static final ConfigOption<AddressPrefix> DEST_IP = ConfigOption.optionalList("dest_ip", ValueTypes.PREFIX);

    static final ConfigOption<AddressPrefix> SRC_IP = ConfigOption.optionalList("src_ip", ValueTypes.PREFIX);

    /** Other protocols are not intercepted, and a rule for them would never be asked. */
    static final ConfigOption<String> PROTO = ConfigOption.defaulted(
            "proto", ValueTypes.withLaterWord(ValueTypes.oneOf(List.of("tcp"), word -> word), "udp"), "tcp");

    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final SectionType TYPE =
            new SectionType("rule", List.of(ACTION, DEST_PORT, DEST_IP, SRC_IP, PROTO, ENABLED), Map.of());

    private RuleSection() {}

    /**
     * Reads a section.
     *
     * @param number of the section among the rules, from 1: the name of one that has none
     * @return empty if it is bad, or switched off
     */
    static Optional<TrafficRule> read(SectionReader in, UniqueTexts names, int number) {
        UciSection section = in.section();
        Optional<RuleAction> action = in.value(ACTION);
        List<PortRange> ports = in.values(DEST_PORT);
        List<AddressPrefix> destinations = in.values(DEST_IP);
        List<AddressPrefix> sources = in.values(SRC_IP);
        in.value(PROTO);
        Optional<Boolean> enabled = in.value(ENABLED);
        String name = section.name().orElse("rule " + number);
        names.claim(name, "name", section.title(), section.line());
        if (!in.good() || !enabled.orElseThrow()) {
            return Optional.empty();
        }
        return Optional.of(
                new TrafficRule(name, ports, List.copyOf(destinations), List.copyOf(sources), action.orElseThrow()));
    }
}
