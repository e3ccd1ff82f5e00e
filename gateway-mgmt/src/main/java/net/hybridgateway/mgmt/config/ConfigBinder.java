package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns sections into a {@link GatewayConfig} and checks what concerns several sections. */
final class ConfigBinder {
    private final Problems problems;
    private final UniqueTexts uplinkNames;
    private final UniqueTexts devices;
    private final UniqueTexts conversionPointNames;
    private final List<UplinkConfig> uplinks = new ArrayList<>();
    private final List<ConversionPointConfig> conversionPoints = new ArrayList<>();
    private Optional<InterceptionConfig> interception = Optional.empty();
    private Optional<UciSection> gatewaySection = Optional.empty();
    private boolean uplinkSectionSeen;

    private ConfigBinder(Problems problems) {
        this.problems = problems;
        this.uplinkNames = new UniqueTexts(problems);
        this.devices = new UniqueTexts(problems);
        this.conversionPointNames = new UniqueTexts(problems);
    }

    /** Throws {@link ConfigException} if {@code problems} has any, now or before. */
    static GatewayConfig bind(List<UciSection> sections, Problems problems) {
        ConfigBinder binder = new ConfigBinder(problems);
        sections.forEach(binder::section);
        binder.checkWhole();
        problems.throwIfAny();
        return new GatewayConfig(binder.interception.orElseThrow(), binder.uplinks, binder.conversionPoints);
    }

    private void section(UciSection section) {
        switch (section.type()) {
            case "gateway" -> gateway(section);
            case "uplink" -> {
                uplinkSectionSeen = true;
                SectionReader in = new SectionReader(section, UplinkSection.TYPE, problems);
                UplinkSection.read(in, uplinkNames, devices).ifPresent(uplinks::add);
            }
            case "conversion_point" -> {
                SectionReader in = new SectionReader(section, ConversionPointSection.TYPE, problems);
                ConversionPointSection.read(in, conversionPointNames).ifPresent(conversionPoints::add);
            }
            default -> unknownSection(section);
        }
    }

    private void gateway(UciSection section) {
        if (gatewaySection.isPresent()) {
            problems.add(
                    section.line(),
                    "a second section gateway, the first is on line "
                            + gatewaySection.get().line());
            return;
        }
        gatewaySection = Optional.of(section);
        SectionReader in = new SectionReader(section, GatewaySection.TYPE, problems);
        interception = GatewaySection.read(in);
    }

    private void unknownSection(UciSection section) {
        if (ConfigSchema.LATER_SECTIONS.contains(section.type())) {
            problems.add(section.line(), "section '" + section.type() + "' is not available in this version");
        } else {
            problems.add(
                    section.line(),
                    "unknown section type " + Problems.quoted(section.type()),
                    section.type(),
                    ConfigSchema.sectionNames());
        }
    }

    private void checkWhole() {
        if (gatewaySection.isEmpty()) {
            problems.add(0, "no LAN device: write a section 'config gateway' with list lan 'DEVICE'");
        }
        if (!uplinkSectionSeen) {
            problems.add(0, "no uplink: write at least one section 'config uplink'");
        } else if (problems.count() == 0 && uplinks.stream().noneMatch(UplinkConfig::enabled)) {
            problems.add(0, "no uplink is enabled");
        }
        checkLanAgainstUplinks();
    }

    private void checkLanAgainstUplinks() {
        for (String device : interception.map(InterceptionConfig::lanDevices).orElse(List.of())) {
            devices.owner(device)
                    .ifPresent(owner -> problems.add(
                            gatewaySection
                                    .flatMap(section -> section.option(GatewaySection.LAN.name()))
                                    .map(UciOption::line)
                                    .orElse(0),
                            "LAN device " + Problems.quoted(device) + " is also the device of " + owner));
        }
    }
}
