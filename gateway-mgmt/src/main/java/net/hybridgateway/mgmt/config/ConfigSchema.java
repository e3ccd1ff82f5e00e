package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Optional;

/** All section types. */
public final class ConfigSchema {
    /** In the order in which the documentation tells of them. */
    public static final List<SectionType> SECTIONS = List.of(
            GatewaySection.TYPE,
            UplinkSection.TYPE,
            ConversionPointSection.TYPE,
            DiscoverySection.TYPE,
            RuleSection.TYPE,
            MqttSection.TYPE,
            WebSection.TYPE);

    /** The version of the form that files have, see {@code option schema}. */
    public static final int VERSION = SchemaVersion.CURRENT;

    private ConfigSchema() {}

    /** The row of an option; empty if there is no such type of section, or no such option. */
    public static Optional<ConfigOption<?>> option(String sectionType, String name) {
        return SECTIONS.stream()
                .filter(type -> type.name().equals(sectionType))
                .<ConfigOption<?>>flatMap(type -> type.options().stream())
                .filter(option -> option.name().equals(name))
                .findFirst();
    }

    static List<String> sectionNames() {
        return SECTIONS.stream().map(SectionType::name).toList();
    }
}
