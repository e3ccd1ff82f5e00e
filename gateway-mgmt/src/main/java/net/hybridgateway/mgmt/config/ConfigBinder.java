package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.scheduler.traffic.TrafficRule;
import net.hybridgateway.scheduler.traffic.TrafficRules;

/** Turns sections into a {@link GatewayConfig} and checks what concerns several sections. */
final class ConfigBinder {
    private final Problems problems;
    private final UniqueTexts uplinkNames;
    private final UniqueTexts devices;
    private final UniqueTexts conversionPointNames;
    private final UniqueTexts ruleNames;
    private final List<UplinkConfig> uplinks = new ArrayList<>();
    private final List<ConversionPointConfig> conversionPoints = new ArrayList<>();
    private final List<TrafficRule> rules = new ArrayList<>();
    private int ruleSections;
    private Optional<GatewaySection.Gateway> gateway = Optional.empty();
    private Optional<DiscoveryConfig> discovery = Optional.empty();
    private Optional<MqttConfig> mqtt = Optional.empty();
    private Optional<WebConfig> web = Optional.empty();
    /** Sections of which there may be only one, by type. */
    private final Map<String, UciSection> singles = new HashMap<>();

    private boolean uplinkSectionSeen;

    private ConfigBinder(Problems problems) {
        this.problems = problems;
        this.uplinkNames = new UniqueTexts(problems);
        this.devices = new UniqueTexts(problems);
        this.conversionPointNames = new UniqueTexts(problems);
        this.ruleNames = new UniqueTexts(problems);
    }

    /** Throws {@link ConfigException} if {@code problems} has any, now or before. */
    static GatewayConfig bind(List<UciSection> sections, Problems problems) {
        ConfigBinder binder = new ConfigBinder(problems);
        sections.forEach(binder::section);
        binder.checkWhole();
        problems.throwIfAny();
        GatewaySection.Gateway gateway = binder.gateway.orElseThrow();
        return new GatewayConfig(
                gateway.interception(),
                gateway.site(),
                binder.uplinks,
                binder.conversionPoints,
                new TrafficRules(binder.rules),
                binder.discovery,
                gateway.drill(),
                binder.mqtt,
                binder.web);
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
            case "discovery" -> discovery(section);
            case "rule" -> rule(section);
            case "mqtt" -> {
                if (isFirst(section)) {
                    mqtt = MqttSection.read(new SectionReader(section, MqttSection.TYPE, problems));
                }
            }
            case "web" -> {
                if (isFirst(section)) {
                    web = WebSection.read(new SectionReader(section, WebSection.TYPE, problems));
                }
            }
            default -> unknownSection(section);
        }
    }

    private void gateway(UciSection section) {
        if (!isFirst(section)) {
            return;
        }
        SectionReader in = new SectionReader(section, GatewaySection.TYPE, problems);
        gateway = GatewaySection.read(in);
    }

    private void discovery(UciSection section) {
        if (!isFirst(section)) {
            return;
        }
        discovery = DiscoverySection.read(new SectionReader(section, DiscoverySection.TYPE, problems));
    }

    /** Whether a section is the only one of its type so far; a second one is reported. */
    private boolean isFirst(UciSection section) {
        UciSection first = singles.putIfAbsent(section.type(), section);
        if (first != null) {
            problems.add(
                    section.line(), "a second section " + section.type() + ", the first is on line " + first.line());
        }
        return first == null;
    }

    private void rule(UciSection section) {
        SectionReader in = new SectionReader(section, RuleSection.TYPE, problems);
        Optional<TrafficRule> rule = RuleSection.read(in, ruleNames, ++ruleSections);
        if (rule.isPresent()) {
            rules.stream()
                    .filter(TrafficRule::takesAll)
                    .findFirst()
                    .ifPresent(all -> problems.add(
                            section.line(),
                            section.title() + " is never asked: rule " + Problems.quoted(all.name())
                                    + " before it takes every connection"));
        }
        rule.ifPresent(rules::add);
    }

    private void unknownSection(UciSection section) {
        problems.add(
                section.line(),
                "unknown section type " + Problems.quoted(section.type()),
                section.type(),
                ConfigSchema.sectionNames());
    }

    private void checkWhole() {
        if (!singles.containsKey("gateway")) {
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
        for (String device :
                gateway.map(section -> section.interception().lanDevices()).orElse(List.of())) {
            devices.owner(device)
                    .ifPresent(owner -> problems.add(
                            Optional.ofNullable(singles.get("gateway"))
                                    .flatMap(section -> section.option(GatewaySection.LAN.name()))
                                    .map(UciOption::line)
                                    .orElse(0),
                            "LAN device " + Problems.quoted(device) + " is also the device of " + owner));
        }
    }
}
