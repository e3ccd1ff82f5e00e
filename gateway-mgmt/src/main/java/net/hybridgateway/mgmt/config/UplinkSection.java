package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkUse;

/** A section {@code uplink}. */
final class UplinkSection {
    static final ConfigOption<String> DEVICE = ConfigOption.required("device", ValueTypes.DEVICE);

    static final ConfigOption<UplinkKind> KIND =
            ConfigOption.required("kind", ValueTypes.oneOf(List.of(UplinkKind.values()), UplinkSection::word));

    static final ConfigOption<Integer> PREFERENCE =
            ConfigOption.derived("preference", ValueTypes.number(0, 1000), "10 if fixed, 20 if cellular");

    static final ConfigOption<UplinkUse> USE = ConfigOption.derived(
            "use",
            ValueTypes.withLaterWord(
                    ValueTypes.oneOf(
                            List.of(UplinkUse.ALWAYS, UplinkUse.STANDBY, UplinkUse.ON_DEMAND), UplinkSection::word),
                    word(UplinkUse.OVERFLOW)),
            "always if fixed, on-demand if cellular");

    static final ConfigOption<String> COMMUNITY = ConfigOption.optional("community", ValueTypes.WORD);

    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final SectionType TYPE = new SectionType(
            "uplink",
            List.of(DEVICE, KIND, PREFERENCE, USE, COMMUNITY, ENABLED),
            Map.of("interface", "use 'device'", "quota", "", "billing_day", ""));

    private UplinkSection() {}

    static Optional<UplinkConfig> read(SectionReader in, UniqueTexts names, UniqueTexts devices) {
        UciSection section = in.section();
        Optional<String> device = in.value(DEVICE);
        Optional<UplinkKind> kind = in.value(KIND);
        Optional<Integer> preference = in.value(PREFERENCE);
        Optional<UplinkUse> use = in.value(USE);
        Optional<String> community = in.value(COMMUNITY);
        Optional<Boolean> enabled = in.value(ENABLED);
        section.name().or(() -> device).ifPresent(name -> names.claim(name, "name", section.title(), section.line()));
        device.ifPresent(text -> devices.claim(text, "device", section.title(), in.line(DEVICE)));
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new UplinkConfig(
                section.name().or(() -> device).orElseThrow(),
                device.orElseThrow(),
                kind.orElseThrow(),
                preference.orElse(defaultPreference(kind.get())),
                use.orElse(defaultUse(kind.get())),
                community,
                enabled.orElseThrow()));
    }

    private static int defaultPreference(UplinkKind kind) {
        return switch (kind) {
            case FIXED -> 10;
            case CELLULAR -> 20;
        };
    }

    private static UplinkUse defaultUse(UplinkKind kind) {
        return switch (kind) {
            case FIXED -> UplinkUse.ALWAYS;
            case CELLULAR -> UplinkUse.ON_DEMAND;
        };
    }

    /** {@code ON_DEMAND} is written {@code on-demand}. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
