package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.scheduler.HoldDownConfig;

/** The section {@code gateway}. */
final class GatewaySection {
    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final ConfigOption<String> LAN = ConfigOption.requiredList("lan", ValueTypes.DEVICE);

    static final ConfigOption<Integer> TRANSPARENT_PORT =
            ConfigOption.defaulted("transparent_port", ValueTypes.PORT, "8089");

    static final ConfigOption<Integer> MAX_CONNECTIONS =
            ConfigOption.defaulted("max_connections", ValueTypes.number(1, 65536), "4096");

    /** RFC 5382 REQ-5: a middlebox must not give up an idle connection before 2 hours and 4 minutes. */
    static final ConfigOption<Duration> IDLE_TIMEOUT = ConfigOption.defaulted(
            "idle_timeout", ValueTypes.duration(Duration.ofSeconds(10), Duration.ofDays(7)), "2h4m");

    /** RFC 5382 REQ-5: nor one that is being closed before 4 minutes. */
    static final ConfigOption<Duration> HALF_CLOSED_TIMEOUT = ConfigOption.defaulted(
            "half_closed_timeout", ValueTypes.duration(Duration.ofSeconds(10), Duration.ofDays(7)), "5m");

    static final ConfigOption<AddressPrefix> EXCLUDE = ConfigOption.optionalList("exclude", ValueTypes.PREFIX);

    static final ConfigOption<Path> STATE_DIR =
            ConfigOption.defaulted("state_dir", ValueTypes.ABSOLUTE_PATH, "/etc/hybrid-gateway");

    static final ConfigOption<ZoneId> TIME_ZONE =
            ConfigOption.derived("time_zone", ValueTypes.TIME_ZONE, "that of the system");

    private static final ValueType<Duration> HOLD_DOWN_SPAN =
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(1));

    static final ConfigOption<Duration> HOLD_DOWN = ConfigOption.defaulted("hold_down", HOLD_DOWN_SPAN, "5s");

    static final ConfigOption<Duration> HOLD_DOWN_MAX = ConfigOption.defaulted("hold_down_max", HOLD_DOWN_SPAN, "5m");

    static final ConfigOption<MptcpHosts> MPTCP_HOSTS =
            ConfigOption.defaulted("mptcp_hosts", ValueTypes.oneOf(MptcpHosts.values()), "terminate");

    static final ConfigOption<MptcpServers> MPTCP_SERVERS =
            ConfigOption.defaulted("mptcp_servers", ValueTypes.oneOf(MptcpServers.values()), "operator");

    static final ConfigOption<QuicPolicy> QUIC =
            ConfigOption.defaulted("quic", ValueTypes.oneOf(QuicPolicy.values()), "leave");

    static final ConfigOption<DrillPeriod> DRILL =
            ConfigOption.defaulted("drill", ValueTypes.oneOf(DrillPeriod.values()), "weekly");

    static final ConfigOption<LocalTime> DRILL_AT = ConfigOption.defaulted("drill_at", ValueTypes.TIME_OF_DAY, "03:10");

    static final ConfigOption<Long> DRILL_LIMIT =
            ConfigOption.defaulted("drill_limit", ValueTypes.size("4kB", "1MB"), "16kB");

    /** Not looked at here: {@link SchemaVersion} did, before anything else was. */
    static final ConfigOption<Integer> SCHEMA = ConfigOption.defaulted(
            "schema", ValueTypes.number(1, SchemaVersion.CURRENT), String.valueOf(SchemaVersion.CURRENT));

    static final SectionType TYPE = new SectionType(
            "gateway",
            List.of(
                    ENABLED,
                    LAN,
                    TRANSPARENT_PORT,
                    MAX_CONNECTIONS,
                    IDLE_TIMEOUT,
                    HALF_CLOSED_TIMEOUT,
                    EXCLUDE,
                    STATE_DIR,
                    TIME_ZONE,
                    HOLD_DOWN,
                    HOLD_DOWN_MAX,
                    MPTCP_HOSTS,
                    MPTCP_SERVERS,
                    QUIC,
                    DRILL,
                    DRILL_AT,
                    DRILL_LIMIT,
                    SCHEMA),
            Map.of());

    private GatewaySection() {}

    /** What the section says about three things. */
    record Gateway(InterceptionConfig interception, SiteConfig site, DrillConfig drill) {}

    static Optional<Gateway> read(SectionReader in) {
        Optional<Boolean> enabled = in.value(ENABLED);
        List<String> lanDevices = in.values(LAN);
        Optional<Integer> transparentPort = in.value(TRANSPARENT_PORT);
        Optional<Integer> maxConnections = in.value(MAX_CONNECTIONS);
        Optional<Duration> idleTimeout = in.value(IDLE_TIMEOUT);
        Optional<Duration> halfClosedTimeout = in.value(HALF_CLOSED_TIMEOUT);
        List<AddressPrefix> exclude = in.values(EXCLUDE);
        Optional<Path> stateFolder = in.value(STATE_DIR);
        Optional<ZoneId> timeZone = in.value(TIME_ZONE);
        Optional<Duration> holdDown = in.value(HOLD_DOWN);
        Optional<Duration> holdDownMax = in.value(HOLD_DOWN_MAX);
        Optional<MptcpHosts> mptcpHosts = in.value(MPTCP_HOSTS);
        Optional<MptcpServers> mptcpServers = in.value(MPTCP_SERVERS);
        Optional<QuicPolicy> quic = in.value(QUIC);
        Optional<DrillPeriod> drill = in.value(DRILL);
        Optional<LocalTime> drillAt = in.value(DRILL_AT);
        Optional<Long> drillLimit = in.value(DRILL_LIMIT);
        in.value(SCHEMA);
        in.requireAtLeast(HOLD_DOWN_MAX, holdDownMax, HOLD_DOWN, holdDown);
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new Gateway(
                new InterceptionConfig(
                        enabled.orElseThrow(),
                        lanDevices,
                        transparentPort.orElseThrow(),
                        maxConnections.orElseThrow(),
                        idleTimeout.orElseThrow(),
                        halfClosedTimeout.orElseThrow(),
                        exclude,
                        mptcpHosts.orElseThrow(),
                        mptcpServers.orElseThrow(),
                        quic.orElseThrow()),
                new SiteConfig(
                        stateFolder.orElseThrow(),
                        timeZone,
                        HoldDownConfig.between(holdDown.orElseThrow(), holdDownMax.orElseThrow())),
                new DrillConfig(drill.orElseThrow(), drillAt.orElseThrow(), drillLimit.orElseThrow())));
    }
}
