package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The section {@code discovery}. */
final class DiscoverySection {
    /** Known to udhcpc by a name (busybox, networking/udhcp/common.c), so that they don't come as bytes. */
    private static final Set<Integer> DECODED_BY_UDHCPC = Set.of(132, 133, 150, 209, 210, 211, 212, 249, 252);

    /** IA_NA and the like (RFC 8415 §21): what odhcp6c keeps to itself. */
    private static final Set<Integer> OWN_OF_DHCPV6 = Set.of(25, 26);

    /** No code is assigned for this purpose; below 128 all codes are taken by others. */
    static final ConfigOption<Integer> DHCPV4_OPTION = ConfigOption.optional(
            "dhcpv4_option",
            ValueTypes.but(ValueTypes.number(128, 254), DECODED_BY_UDHCPC, "the DHCP client uses this option itself"));

    static final ConfigOption<Integer> DHCPV6_OPTION = ConfigOption.optional(
            "dhcpv6_option",
            ValueTypes.but(ValueTypes.number(15, 65535), OWN_OF_DHCPV6, "this option is DHCPv6's own"));

    static final ConfigOption<PointFormat> FORMAT =
            ConfigOption.defaulted("format", ValueTypes.oneOf(PointFormat.values()), "pcp-list");

    static final ConfigOption<Boolean> SRV = ConfigOption.defaulted("srv", ValueTypes.BOOLEAN, "0");

    static final ConfigOption<Integer> PORT = ConfigOption.defaulted("port", ValueTypes.PORT, "7000");

    static final ConfigOption<String> ALLOW = ConfigOption.optionalList("allow", ValueTypes.PREFIX_OR_NAME);

    static final ConfigOption<Path> COOKIE_FILE = ConfigOption.optional("cookie_file", ValueTypes.ABSOLUTE_PATH);

    static final SectionType TYPE = new SectionType(
            "discovery", List.of(DHCPV4_OPTION, DHCPV6_OPTION, FORMAT, SRV, PORT, ALLOW, COOKIE_FILE), Map.of());

    private DiscoverySection() {}

    static Optional<DiscoveryConfig> read(SectionReader in) {
        Optional<Integer> dhcpv4Option = in.value(DHCPV4_OPTION);
        Optional<Integer> dhcpv6Option = in.value(DHCPV6_OPTION);
        Optional<PointFormat> format = in.value(FORMAT);
        Optional<Boolean> srv = in.value(SRV);
        Optional<Integer> port = in.value(PORT);
        List<String> allow = in.values(ALLOW);
        Optional<Path> cookieFile = in.value(COOKIE_FILE);
        if (in.good() && dhcpv4Option.isEmpty() && dhcpv6Option.isEmpty() && !srv.orElseThrow()) {
            in.refuse(
                    in.section().title() + " learns nothing: write 'dhcpv4_option', 'dhcpv6_option' or option srv '1'");
        }
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new DiscoveryConfig(
                optionalInt(dhcpv4Option),
                optionalInt(dhcpv6Option),
                format.orElseThrow(),
                srv.orElseThrow(),
                port.orElseThrow(),
                new AllowList(
                        allow.stream()
                                .flatMap(text -> AddressPrefix.parse(text).stream())
                                .toList(),
                        allow.stream()
                                .filter(text -> AddressPrefix.parse(text).isEmpty())
                                .toList()),
                cookieFile));
    }

    private static OptionalInt optionalInt(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
