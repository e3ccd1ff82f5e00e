package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.stream.Stream;

/** All section types. */
final class ConfigSchema {
    static final List<SectionType> SECTIONS =
            List.of(GatewaySection.TYPE, UplinkSection.TYPE, ConversionPointSection.TYPE, RuleSection.TYPE);

    /** Refused, for a setting that is quietly without effect is worse than one that is refused. */
    static final List<String> LATER_SECTIONS = List.of("discovery", "mqtt", "web");

    private ConfigSchema() {}

    static List<String> sectionNames() {
        return Stream.concat(SECTIONS.stream().map(SectionType::name), LATER_SECTIONS.stream())
                .toList();
    }
}
