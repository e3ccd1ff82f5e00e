package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
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
            config conversion_point 'second'
                    option address 'mcp.example.net'
                    option handshake '1rtt'
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
            """;

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
                        TrafficRules.NONE),
                ConfigReader.parse(FILE, MINIMAL));
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
                                        Handshake.ZERO_RTT),
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
                                new TrafficRule("rule 3", List.of(), List.of(), List.of(), RuleAction.BACKUP_ONLY)))),
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
            assertEquals(new HashSet<>(type.optionNames()), written, type.name());
        }
    }

    @Test
    void everyDefaultIsAValidValue() {
        for (SectionType type : ConfigSchema.SECTIONS) {
            for (ConfigOption<?> option : type.options()) {
                boolean defaulted = option.presence() == ConfigOption.Presence.DEFAULTED;
                assertEquals(defaulted, option.defaultValue().isPresent(), type.name() + "." + option.name());
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
                                option broker 'mqtts://broker.example.net'
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
                /etc/config/hybrid-gateway:12: section 'mqtt' is not available in this version""", refused.getMessage());
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
