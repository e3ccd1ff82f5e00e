package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.Quota;
import net.hybridgateway.scheduler.quota.Schedule;
import net.hybridgateway.scheduler.quota.UplinkLimits;
import net.hybridgateway.scheduler.quota.WeeklyWindow;

/** A section {@code uplink}. */
final class UplinkSection {
    static final ConfigOption<String> DEVICE = ConfigOption.required("device", ValueTypes.DEVICE);

    static final ConfigOption<UplinkKind> KIND = ConfigOption.required("kind", ValueTypes.oneOf(UplinkKind.values()));

    static final ConfigOption<Integer> PREFERENCE =
            ConfigOption.derived("preference", ValueTypes.number(0, 1000), "10 if fixed, 20 if cellular");

    static final ConfigOption<UplinkUse> USE =
            ConfigOption.derived("use", ValueTypes.oneOf(UplinkUse.values()), "always if fixed, on-demand if cellular");

    static final ConfigOption<String> COMMUNITY = ConfigOption.optional("community", ValueTypes.WORD);

    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final ConfigOption<Long> RATE_DOWN = ConfigOption.optional("rate_down", ValueTypes.RATE);

    static final ConfigOption<Long> RATE_UP = ConfigOption.optional("rate_up", ValueTypes.RATE);

    static final ConfigOption<Long> QUOTA = ConfigOption.optional("quota", ValueTypes.SIZE);

    static final ConfigOption<Integer> QUOTA_SOFT =
            ConfigOption.defaulted("quota_soft", ValueTypes.number(1, 100), "80");

    static final ConfigOption<Integer> BILLING_DAY =
            ConfigOption.defaulted("billing_day", ValueTypes.number(1, 31), "1");

    static final ConfigOption<WeeklyWindow> SCHEDULE = ConfigOption.optionalList("schedule", ValueTypes.WINDOW);

    static final ConfigOption<Integer> ACTIVATIONS_PER_HOUR = ConfigOption.derived(
            "activations_per_hour", ValueTypes.number(1, 3600), "10 if cellular, no limit if fixed");

    static final ConfigOption<UplinkReach> REACH =
            ConfigOption.defaulted("reach", ValueTypes.oneOf(UplinkReach.values()), "internet");

    static final SectionType TYPE = new SectionType(
            "uplink",
            List.of(
                    DEVICE,
                    KIND,
                    PREFERENCE,
                    USE,
                    COMMUNITY,
                    ENABLED,
                    RATE_DOWN,
                    RATE_UP,
                    QUOTA,
                    QUOTA_SOFT,
                    BILLING_DAY,
                    SCHEDULE,
                    ACTIVATIONS_PER_HOUR,
                    REACH),
            Map.of("interface", "use 'device'"));

    private UplinkSection() {}

    static Optional<UplinkConfig> read(SectionReader in, UniqueTexts names, UniqueTexts devices) {
        UciSection section = in.section();
        Optional<String> device = in.value(DEVICE);
        Optional<UplinkKind> kind = in.value(KIND);
        Optional<Integer> preference = in.value(PREFERENCE);
        Optional<UplinkUse> use = in.value(USE);
        Optional<String> community = in.value(COMMUNITY);
        Optional<Boolean> enabled = in.value(ENABLED);
        LineRate rate = new LineRate(optionalLong(in.value(RATE_DOWN)), optionalLong(in.value(RATE_UP)));
        UplinkLimits limits = limits(in, kind);
        Optional<UplinkReach> reach = in.value(REACH);
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
                enabled.orElseThrow(),
                rate,
                limits,
                reach.orElseThrow()));
    }

    private static UplinkLimits limits(SectionReader in, Optional<UplinkKind> kind) {
        Optional<Long> limit = in.value(QUOTA);
        Optional<Integer> soft = in.value(QUOTA_SOFT);
        Optional<Integer> billingDay = in.value(BILLING_DAY);
        in.requireWith(QUOTA_SOFT, QUOTA);
        in.requireWith(BILLING_DAY, QUOTA);
        List<WeeklyWindow> windows = in.values(SCHEDULE);
        Optional<Integer> activations =
                in.value(ACTIVATIONS_PER_HOUR).or(() -> kind.flatMap(UplinkSection::defaultActivations));
        return new UplinkLimits(
                limit.flatMap(bytes -> soft.flatMap(percent -> billingDay.map(day -> new Quota(bytes, percent, day)))),
                new Schedule(windows),
                activations.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private static OptionalLong optionalLong(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Optional<Integer> defaultActivations(UplinkKind kind) {
        return switch (kind) {
            case FIXED -> Optional.empty();
            case CELLULAR -> Optional.of(10);
        };
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
}
