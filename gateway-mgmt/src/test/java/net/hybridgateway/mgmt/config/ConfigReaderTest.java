package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import net.hybridgateway.scheduler.HoldDownConfig;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.Quota;
import net.hybridgateway.scheduler.quota.Schedule;
import net.hybridgateway.scheduler.quota.UplinkLimits;
import net.hybridgateway.scheduler.quota.WeeklyWindow;
import net.hybridgateway.scheduler.traffic.PortRange;
import net.hybridgateway.scheduler.traffic.RuleAction;
import net.hybridgateway.scheduler.traffic.TrafficRule;
import net.hybridgateway.scheduler.traffic.TrafficRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final Path FILE = Path.of("/etc/config/hybrid-gateway");

    /** An ordinary house. */
    private static final String EXAMPLE = """
            config gateway 'main'
                    option enabled '1'
                    list lan 'br-lan'                    # devices whose TCP is intercepted
            config uplink 'fixed'
                    option device 'wan0'
                    option kind 'fixed'                  # fixed | cellular
                    option preference '10'
                    option use 'always'
            config uplink 'cellular'
                    option device 'wwan0'
                    option kind 'cellular'
                    option preference '20'
                    option use 'on-demand'
                    option community 'mno-a'
                    option quota '20GB'
                    option billing_day '1'
            config conversion_point 'operator'
                    option address 'mcp.example.net'     # name or address
                    option port '7000'                   # RFC 8803 has no assigned port
                    option cookie_file '/etc/hybrid-gateway/cookie'
            config rule 'voip'
                    option dest_port '5060-5061'
                    option action 'fixed-only'
            """;

    private static final String MINIMAL = """
            config gateway
                    list lan br-lan
            config uplink
                    option device wan0
                    option kind fixed
            config uplink
                    option device wwan0
                    option kind cellular
            config conversion_point
                    option address 192.0.2.7
            """;

    /** Every option, none with its default. */
    private static final String FULL = """
            config gateway 'main'
                    option enabled '0'
                    list lan 'br-lan'
                    list lan 'br-guest'
                    option transparent_port '9000'
                    option max_connections '64'
                    option idle_timeout '1h'
                    option half_closed_timeout '90s'
                    option hold_down '10s'
                    option hold_down_max '20m'
                    list exclude '10.0.0.0/8'
                    list exclude '2001:db8::/32'
                    list exclude '192.0.2.7'
                    option state_dir '/mnt/state'
                    option time_zone 'Europe/Berlin'
                    option mptcp_hosts 'pass'
                    option mptcp_servers 'keep'
                    option quic 'reject'
                    option drill 'daily'
                    option drill_at '23:59'
                    option drill_limit '64kB'
                    option schema '1'
            config uplink 'dsl'
                    option device 'eth0.7'
                    option kind 'fixed'
                    option preference '3'
                    option use 'standby'
                    option community 'dslam-4'
                    option enabled 'off'
                    option rate_down '16mbit'
                    option rate_up '1.5mbit'
                    option quota '1.5TB'
                    option quota_soft '90'
                    option billing_day '31'
                    list schedule 'mon-fri 08:00-18:00'
                    list schedule '22:00-06:00'
                    option activations_per_hour '4'
                    option reach 'conversion-point'
            config uplink 'modem'
                    option device 'wwan0'
                    option kind 'cellular'
                    option preference '3'
                    option use 'always'
            config conversion_point 'first'
                    list address '2001:db8::7'
                    list address '192.0.2.9'
                    option port '443'
                    option cookie_file '/etc/cookie'
                    option handshake '0rtt'
                    option preference '5'
            config conversion_point 'second'
                    option address 'mcp.example.net'
                    option handshake '1rtt'
            config discovery 'discovery'
                    option dhcpv4_option '224'
                    option dhcpv6_option '65001'
                    option format 'address-list'
                    option srv '1'
                    option port '7001'
                    list allow '198.51.100.0/24'
                    list allow '2001:db8::7'
                    list allow 'Example.net.'
                    option cookie_file '/etc/hybrid-gateway/learnt'
            config rule 'games'
                    list dest_port '3074'
                    list dest_port '27000-27100'
                    list dest_ip '198.51.100.0/24'
                    list src_ip '10.0.0.7'
                    list src_ip '2001:db8::/64'
                    option proto 'tcp'
                    option action 'direct'
            config rule
                    option enabled '0'
                    option action 'emergency'
            config rule
                    option action 'backup-only'
            config mqtt 'mqtt'
                    option enabled '0'
                    list broker 'mqtts://broker.example.net'
                    list broker 'mqtt://[2001:db8::1]:2883'
                    option id 'house-7'
                    option topic_prefix 'operator/cpe'
                    option username 'house-7'
                    option password 'geheim'
                    option ca_file '/etc/ca.pem'
                    option cert_file '/etc/cert.pem'
                    option key_file '/etc/key.pem'
                    option version '3.1.1'
                    option metrics_interval '1m'
                    option metrics_interval_cellular '6h'
                    list allow 'status'
                    list allow 'settings-change'
                    option home_assistant '1'
                    option keep_alive '2m'
            config web 'web'
                    option enabled '0'
                    list listen '192.168.1.1:80'
                    list listen '[fd00::1]:8480'
                    option tls '1'
                    option cert_file '/etc/web.pem'
                    option key_file '/etc/web.key'
                    option metrics '1'
                    option session_timeout '1h'
            """;

    private static final DrillConfig USUAL_DRILL = new DrillConfig(DrillPeriod.WEEKLY, LocalTime.of(3, 10), 16_000);

    private static final Optional<MqttConfig> MQTT = Optional.of(new MqttConfig(
            false,
            List.of(new BrokerAddress(true, "broker.example.net", 8883), new BrokerAddress(false, "2001:db8::1", 2883)),
            Optional.of("house-7"),
            "operator/cpe",
            new MqttConfig.Credentials(Optional.of("house-7"), Optional.of(new Secret("geheim")), Optional.empty()),
            new MqttConfig.Tls(
                    Optional.of(Path.of("/etc/ca.pem")),
                    Optional.of(Path.of("/etc/cert.pem")),
                    Optional.of(Path.of("/etc/key.pem"))),
            MqttVersion.V3,
            Duration.ofMinutes(1),
            Duration.ofHours(6),
            Set.of("status", "settings-change"),
            true,
            Duration.ofMinutes(2)));

    private static final Optional<WebConfig> WEB = Optional.of(new WebConfig(
            false,
            List.of(new InetSocketAddress("192.168.1.1", 80), new InetSocketAddress("fd00::1", 8480)),
            Optional.of(new WebConfig.Certificate(Path.of("/etc/web.pem"), Path.of("/etc/web.key"))),
            true,
            Duration.ofHours(1)));

    private static final Optional<DiscoveryConfig> DISCOVERY = Optional.of(new DiscoveryConfig(
            OptionalInt.of(224),
            OptionalInt.of(65_001),
            PointFormat.ADDRESS_LIST,
            true,
            7001,
            new AllowList(
                    List.of(
                            AddressPrefix.parse("198.51.100.0/24").orElseThrow(),
                            AddressPrefix.parse("2001:db8::7").orElseThrow()),
                    List.of("example.net")),
            Optional.of(Path.of("/etc/hybrid-gateway/learnt"))));

    @Test
    void readsWhatAnOrdinaryHouseHas(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hybrid-gateway"), EXAMPLE);

        GatewayConfig config = ConfigReader.read(file);

        assertEquals(List.of("br-lan"), config.interception().lanDevices());
        assertEquals(
                List.of(
                        new UplinkConfig(
                                "fixed",
                                "wan0",
                                UplinkKind.FIXED,
                                10,
                                UplinkUse.ALWAYS,
                                Optional.empty(),
                                true,
                                LineRate.UNKNOWN,
                                UplinkLimits.NONE,
                                UplinkReach.INTERNET),
                        new UplinkConfig(
                                "cellular",
                                "wwan0",
                                UplinkKind.CELLULAR,
                                20,
                                UplinkUse.ON_DEMAND,
                                Optional.of("mno-a"),
                                true,
                                LineRate.UNKNOWN,
                                new UplinkLimits(
                                        Optional.of(new Quota(20_000_000_000L, 80, 1)),
                                        Schedule.ALWAYS,
                                        OptionalInt.of(10)),
                                UplinkReach.INTERNET)),
                config.uplinks());
        assertEquals(
                List.of(new ConversionPointConfig(
                        "operator",
                        List.of("mcp.example.net"),
                        7000,
                        Optional.of(Path.of("/etc/hybrid-gateway/cookie")),
                        Handshake.AUTO)),
                config.conversionPoints());
        assertEquals(
                new TrafficRules(List.of(new TrafficRule(
                        "voip", List.of(new PortRange(5060, 5061)), List.of(), List.of(), RuleAction.FIXED_ONLY))),
                config.rules());
    }

    @Test
    void fillsInTheDefaults() throws IOException {
        assertEquals(
                new GatewayConfig(
                        new InterceptionConfig(
                                true,
                                List.of("br-lan"),
                                8089,
                                4096,
                                Duration.ofMinutes(124),
                                Duration.ofMinutes(5),
                                List.of(),
                                MptcpHosts.TERMINATE,
                                MptcpServers.OPERATOR,
                                QuicPolicy.LEAVE),
                        new SiteConfig(Path.of("/etc/hybrid-gateway"), Optional.empty(), HoldDownConfig.DEFAULTS),
                        List.of(
                                new UplinkConfig(
                                        "wan0",
                                        "wan0",
                                        UplinkKind.FIXED,
                                        10,
                                        UplinkUse.ALWAYS,
                                        Optional.empty(),
                                        true,
                                        LineRate.UNKNOWN,
                                        UplinkLimits.NONE,
                                        UplinkReach.INTERNET),
                                new UplinkConfig(
                                        "wwan0",
                                        "wwan0",
                                        UplinkKind.CELLULAR,
                                        20,
                                        UplinkUse.ON_DEMAND,
                                        Optional.empty(),
                                        true,
                                        LineRate.UNKNOWN,
                                        new UplinkLimits(Optional.empty(), Schedule.ALWAYS, OptionalInt.of(10)),
                                        UplinkReach.INTERNET)),
                        List.of(new ConversionPointConfig(
                                "192.0.2.7", List.of("192.0.2.7"), 7000, Optional.empty(), Handshake.AUTO)),
                        TrafficRules.NONE,
                        Optional.empty(),
                        USUAL_DRILL,
                        Optional.empty(),
                        Optional.empty()),
                ConfigReader.parse(FILE, MINIMAL));
    }

    @Test
    void fillsInTheDefaultsOfDiscovery() {
        assertEquals(
                Optional.of(new DiscoveryConfig(
                        OptionalInt.of(224),
                        OptionalInt.empty(),
                        PointFormat.PCP_LIST,
                        false,
                        7000,
                        AllowList.EVERYTHING,
                        Optional.empty())),
                ConfigReader.parse(FILE, MINIMAL + "config discovery\noption dhcpv4_option 224\n")
                        .discovery());
    }

    @Test
    void fillsInTheDefaultsOfMqttAndWeb() {
        GatewayConfig config =
                ConfigReader.parse(FILE, MINIMAL + "config mqtt\noption broker mqtt://broker\nconfig web\n");
        assertEquals(
                Optional.of(new MqttConfig(
                        true,
                        List.of(new BrokerAddress(false, "broker", 1883)),
                        Optional.empty(),
                        "hybrid-gateway/v1",
                        new MqttConfig.Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                        new MqttConfig.Tls(Optional.empty(), Optional.empty(), Optional.empty()),
                        MqttVersion.AUTO,
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Set.of(
                                "status",
                                "connections",
                                "events",
                                "drill",
                                "probe",
                                "report",
                                "uplink",
                                "log-level",
                                "reload"),
                        false,
                        Duration.ofMinutes(5))),
                config.mqtt());
        assertEquals(
                Optional.of(new WebConfig(true, List.of(), Optional.empty(), false, Duration.ofMinutes(30))),
                config.web());
    }

    @Test
    void takesNobodysCommandsIfNoneIsAllowed() {
        GatewayConfig config =
                ConfigReader.parse(FILE, MINIMAL + "config mqtt\noption broker mqtt://b\nlist allow none\n");
        assertEquals(Set.of(), config.mqtt().orElseThrow().allow());
    }

    @Test
    void aPasswordIsNotInThePrintedConfiguration() {
        assertFalse(ConfigReader.parse(FILE, FULL).toString().contains("geheim"));
    }

    @Test
    void mapsEveryOption() throws IOException {
        assertEquals(
                new GatewayConfig(
                        new InterceptionConfig(
                                false,
                                List.of("br-lan", "br-guest"),
                                9000,
                                64,
                                Duration.ofHours(1),
                                Duration.ofSeconds(90),
                                List.of(prefix("10.0.0.0", 8), prefix("2001:db8::", 32), prefix("192.0.2.7", 32)),
                                MptcpHosts.PASS,
                                MptcpServers.KEEP,
                                QuicPolicy.REJECT),
                        new SiteConfig(
                                Path.of("/mnt/state"),
                                Optional.of(ZoneId.of("Europe/Berlin")),
                                HoldDownConfig.between(Duration.ofSeconds(10), Duration.ofMinutes(20))),
                        List.of(
                                new UplinkConfig(
                                        "dsl",
                                        "eth0.7",
                                        UplinkKind.FIXED,
                                        3,
                                        UplinkUse.STANDBY,
                                        Optional.of("dslam-4"),
                                        false,
                                        new LineRate(OptionalLong.of(16_000_000), OptionalLong.of(1_500_000)),
                                        new UplinkLimits(
                                                Optional.of(new Quota(1_500_000_000_000L, 90, 31)),
                                                new Schedule(List.of(
                                                        new WeeklyWindow(
                                                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                                                8 * 60,
                                                                18 * 60),
                                                        new WeeklyWindow(
                                                                EnumSet.allOf(DayOfWeek.class), 22 * 60, 6 * 60))),
                                                OptionalInt.of(4)),
                                        UplinkReach.CONVERSION_POINT),
                                new UplinkConfig(
                                        "modem",
                                        "wwan0",
                                        UplinkKind.CELLULAR,
                                        3,
                                        UplinkUse.ALWAYS,
                                        Optional.empty(),
                                        true,
                                        LineRate.UNKNOWN,
                                        new UplinkLimits(Optional.empty(), Schedule.ALWAYS, OptionalInt.of(10)),
                                        UplinkReach.INTERNET)),
                        List.of(
                                new ConversionPointConfig(
                                        "first",
                                        List.of("2001:db8::7", "192.0.2.9"),
                                        443,
                                        Optional.of(Path.of("/etc/cookie")),
                                        Handshake.ZERO_RTT,
                                        OptionalInt.of(5)),
                                new ConversionPointConfig(
                                        "second",
                                        List.of("mcp.example.net"),
                                        7000,
                                        Optional.empty(),
                                        Handshake.ONE_RTT)),
                        new TrafficRules(List.of(
                                new TrafficRule(
                                        "games",
                                        List.of(new PortRange(3074, 3074), new PortRange(27000, 27100)),
                                        List.of(prefix("198.51.100.0", 24)),
                                        List.of(prefix("10.0.0.7", 32), prefix("2001:db8::", 64)),
                                        RuleAction.DIRECT),
                                new TrafficRule("rule 3", List.of(), List.of(), List.of(), RuleAction.BACKUP_ONLY))),
                        DISCOVERY,
                        new DrillConfig(DrillPeriod.DAILY, LocalTime.of(23, 59), 64_000),
                        MQTT,
                        WEB),
                ConfigReader.parse(FILE, FULL));
    }

    @Test
    void theFullExampleForgetsNoOption() {
        List<UciSection> sections = UciReader.read(FULL, new Problems(FILE));
        for (SectionType type : ConfigSchema.SECTIONS) {
            Set<String> written = sections.stream()
                    .filter(section -> section.type().equals(type.name()))
                    .flatMap(section -> section.options().stream())
                    .map(UciOption::name)
                    .collect(Collectors.toSet());
            Set<String> all = new HashSet<>(type.optionNames());
            all.remove(MqttSection.PASSWORD_FILE.name()); // not beside 'password'
            assertEquals(all, written, type.name());
        }
    }

    @Test
    void everyDefaultIsAValidValue() {
        for (SectionType type : ConfigSchema.SECTIONS) {
            for (ConfigOption<?> option : type.options()) {
                boolean defaulted = option.presence() == ConfigOption.Presence.DEFAULTED;
                assertEquals(defaulted, !option.defaultValues().isEmpty(), type.name() + "." + option.name());
            }
        }
    }

    @Test
    void listsAllProblemsAtOnceInTheOrderOfTheLines() {
        ConfigException refused = assertThrows(ConfigException.class, () -> ConfigReader.parse(FILE, """
                        config gateway 'main'
                                list lan 'wan0'
                                option idle_timeout 'soon'
                        config uplink 'fixed'
                                option devise 'wan0'
                                option kind 'fibre'
                        config uplnk 'cellular'
                        config uplink 'fixed'
                                option device 'wwan0'
                                option kind 'cellular'
                                option kind 'cellular'
                        config mqtt
                                option brokr 'mqtts://broker.example.net'
                        """));

        assertEquals("""
                /etc/config/hybrid-gateway:3: bad value 'soon' for 'idle_timeout' in section gateway 'main': allowed is a \
                duration from 10s to 7d, like 30s, 5m or 2h4m
                /etc/config/hybrid-gateway:5: unknown option 'devise' in section uplink 'fixed'; did you mean 'device'?
                /etc/config/hybrid-gateway:6: bad value 'fibre' for 'kind' in section uplink 'fixed': allowed is fixed or \
                cellular
                /etc/config/hybrid-gateway:7: unknown section type 'uplnk'; did you mean 'uplink'?
                /etc/config/hybrid-gateway:8: name 'fixed' is already that of section uplink 'fixed' (line 4)
                /etc/config/hybrid-gateway:11: option 'kind' is given twice, first on line 10
                /etc/config/hybrid-gateway:13: unknown option 'brokr' in section mqtt; did you mean 'broker'?""", refused.getMessage());
        assertEquals(7, refused.problems().size());
        assertEquals(Optional.of("device"), refused.problems().get(1).nearest());
    }

    @Test
    void refusesFilesThatAreNoConfiguration(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": no such file", refusal(missing));

        Path large = Files.write(folder.resolve("large"), new byte[ConfigReader.MAX_FILE_BYTES + 1]);
        assertEquals(large + ": larger than 256 KiB: this is not a configuration file", refusal(large));

        Path binary = Files.write(folder.resolve("binary"), new byte[] {'#', '\n', '#', (byte) 0xff, '\n'});
        assertEquals(binary + ":2: not UTF-8 text", refusal(binary));

        assertTrue(refusal(folder).startsWith(folder + ": can't be read"), refusal(folder));
    }

    @Test
    void acceptsCommentsInAnyLanguage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("commented");
        Files.write(file, ("# für zu Hause, 家\r\n" + MINIMAL).getBytes(StandardCharsets.UTF_8));
        assertEquals(2, ConfigReader.read(file).uplinks().size());
    }

    private static String refusal(Path file) {
        return assertThrows(ConfigException.class, () -> ConfigReader.read(file))
                .getMessage();
    }

    private static AddressPrefix prefix(String address, int length) throws IOException {
        return new AddressPrefix(InetAddress.getByName(address), length);
    }
}
