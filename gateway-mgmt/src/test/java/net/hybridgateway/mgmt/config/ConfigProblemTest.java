package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake in a good configuration gives one problem, in these words. */
class ConfigProblemTest {
    private static final Path FILE = Path.of("f");

    private static final String GATEWAY = "config gateway\nlist lan br-lan\n";
    private static final String UPLINK = "config uplink a\noption device wan0\noption kind fixed\n";
    private static final String POINT = "config conversion_point p\noption address mcp.example.net\n";

    private static String problem(String text) {
        return assertThrows(ConfigException.class, () -> ConfigReader.parse(FILE, text))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option transparent_port 0 | f:3: bad value '0' for 'transparent_port' in section gateway: allowed is a number from 1 to 65535",
                "option transparent_port 65536 | f:3: bad value '65536' for 'transparent_port' in section gateway: allowed is a number from 1 to 65535",
                "option max_connections 99999999999 | f:3: bad value '99999999999' for 'max_connections' in section gateway: allowed is a number from 1 to 65536",
                "option max_connections -1 | f:3: bad value '-1' for 'max_connections' in section gateway: allowed is a number from 1 to 65536",
                "option enabled maybe | f:3: bad value 'maybe' for 'enabled' in section gateway: allowed is 1 or 0 (or yes, no, on, off, true, false, enabled, disabled)",
                "option idle_timeout 5 | f:3: bad value '5' for 'idle_timeout' in section gateway: allowed is a duration from 10s to 7d, like 30s, 5m or 2h4m",
                "option hold_down 10m | f:3: option 'hold_down_max' is less than 'hold_down' in section gateway",
                "option hold_down_max 2s | f:3: option 'hold_down_max' is less than 'hold_down' in section gateway",
                "option idle_timeout 8d | f:3: bad value '8d' for 'idle_timeout' in section gateway: allowed is a duration from 10s to 7d, like 30s, 5m or 2h4m",
                "list lan br-lan | f:3: bad value 'br-lan' for 'lan' in section gateway: it is listed twice",
                "list lan this-name-is-too-long | f:3: bad value 'this-name-is-too-long' for 'lan' in section gateway: allowed is the name of a network device, at most 15 characters, without blanks, '/' and ':'",
                "list lan '' | f:3: bad value '' for 'lan' in section gateway: allowed is the name of a network device, at most 15 characters, without blanks, '/' and ':'",
                "list exclude 10.0.0.1/8 | f:3: bad value '10.0.0.1/8' for 'exclude' in section gateway: the address has bits set behind the first 8; the prefix is 10.0.0.0/8",
                "list exclude 10.0.0.0/33 | f:3: bad value '10.0.0.0/33' for 'exclude' in section gateway: allowed is an address or prefix, like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32",
                "list exclude example.net | f:3: bad value 'example.net' for 'exclude' in section gateway: allowed is an address or prefix, like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32",
                "list enabled 1 | f:3: 'enabled' takes one value in section gateway: write option, not list",
                "option port 1 | f:3: unknown option 'port' in section gateway",
                "option max-connections 7 | f:3: bad option name 'max-connections': allowed are letters, digits and '_'",
                "config gateway | f:3: a second section gateway, the first is on line 1",
                "option state_dir var | f:3: bad value 'var' for 'state_dir' in section gateway: allowed is an absolute path",
                "option time_zone Europe/Berln | f:3: bad value 'Europe/Berln' for 'time_zone' in section gateway: allowed is a time zone, like Europe/Berlin or UTC; did you mean 'Europe/Berlin'?",
                "option time_zone +02:00 | f:3: bad value '+02:00' for 'time_zone' in section gateway: allowed is a time zone, like Europe/Berlin or UTC",
                "config discovery | f:3: section 'discovery' is not available in this version",
                "config web | f:3: section 'web' is not available in this version",
            })
    void namesTheMistakeInTheGatewaySection(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + line + "\n" + UPLINK));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option use on_demand | f:6: bad value 'on_demand' for 'use' in section uplink 'a': allowed is always, overflow, standby or on-demand; did you mean 'on-demand'?",
                "option use alway | f:6: bad value 'alway' for 'use' in section uplink 'a': allowed is always, overflow, standby or on-demand; did you mean 'always'?",
                "option preference high | f:6: bad value 'high' for 'preference' in section uplink 'a': allowed is a number from 0 to 1000",
                "option community 'a b' | f:6: bad value 'a b' for 'community' in section uplink 'a': allowed is a word of letters, digits, '_', '.' and '-', at most 32 characters",
                "option interface wan | f:6: option 'interface' is not available in this version, use 'device'",
                "option quota 20 | f:6: bad value '20' for 'quota' in section uplink 'a': allowed is a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
                "option quota 20GiB | f:6: bad value '20GiB' for 'quota' in section uplink 'a': allowed is a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
                "option quota 20gb | f:6: bad value '20gb' for 'quota' in section uplink 'a': allowed is a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
                "option quota 1001TB | f:6: bad value '1001TB' for 'quota' in section uplink 'a': allowed is a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
                "option quota 0MB | f:6: bad value '0MB' for 'quota' in section uplink 'a': allowed is a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
                "option rate_down 100 | f:6: bad value '100' for 'rate_down' in section uplink 'a': allowed is a rate from 1kbit to 100gbit, like 640kbit, 16mbit or 1gbit (per second, 1mbit is 1000000 bits)",
                "option rate_up 50MB | f:6: bad value '50MB' for 'rate_up' in section uplink 'a': allowed is a rate from 1kbit to 100gbit, like 640kbit, 16mbit or 1gbit (per second, 1mbit is 1000000 bits)",
                "option rate_up 101gbit | f:6: bad value '101gbit' for 'rate_up' in section uplink 'a': allowed is a rate from 1kbit to 100gbit, like 640kbit, 16mbit or 1gbit (per second, 1mbit is 1000000 bits)",
                "list schedule mon-fri | f:6: bad value 'mon-fri' for 'schedule' in section uplink 'a': allowed is hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
                "list schedule 'mo 08:00-18:00' | f:6: bad value 'mo 08:00-18:00' for 'schedule' in section uplink 'a': allowed is hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
                "list schedule 8:00-18:00 | f:6: bad value '8:00-18:00' for 'schedule' in section uplink 'a': allowed is hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
                "list schedule 24:00-06:00 | f:6: bad value '24:00-06:00' for 'schedule' in section uplink 'a': allowed is hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
                "list schedule 'mon 10:00-24:01' | f:6: bad value 'mon 10:00-24:01' for 'schedule' in section uplink 'a': allowed is hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
                "list schedule 'mon 10:00-10:00' | f:6: bad value 'mon 10:00-10:00' for 'schedule' in section uplink 'a': it opens and closes at the same time; a whole day is 00:00-24:00",
                "list schedule 'fri 18:00-00:00' | f:6: bad value 'fri 18:00-00:00' for 'schedule' in section uplink 'a': a window that ends at midnight is written with 24:00",
                "option activations_per_hour 0 | f:6: bad value '0' for 'activations_per_hour' in section uplink 'a': allowed is a number from 1 to 3600",
                "option quota 1GB;option billing_day 32 | f:6: bad value '32' for 'billing_day' in section uplink 'a': allowed is a number from 1 to 31",
                "option quota 1GB;option quota_soft 80% | f:6: bad value '80%' for 'quota_soft' in section uplink 'a': allowed is a number from 1 to 100",
                "option billing_day 1 | f:6: option 'billing_day' has no effect without 'quota' in section uplink 'a'",
                "option quota_soft 50 | f:6: option 'quota_soft' has no effect without 'quota' in section uplink 'a'",
                "option quata 1GB;option billing_day 1 | f:6: unknown option 'quata' in section uplink 'a'; did you mean 'quota'?",
                "option prefrence 5 | f:6: unknown option 'prefrence' in section uplink 'a'; did you mean 'preference'?",
            })
    void namesTheMistakeInAnUplink(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config uplink b;option device wan0;option kind cellular | f:6: device 'wan0' is already that of section uplink 'a' (line 4)",
                "config uplink a;option device wan1;option kind cellular | f:6: name 'a' is already that of section uplink 'a' (line 3)",
                "config uplink b;option device br-lan;option kind cellular | f:2: LAN device 'br-lan' is also the device of section uplink 'b' (line 6)",
                "config uplink b;option device wan1 | f:6: option 'kind' is missing in section uplink 'b'",
                "config uplink b;option kind fixed | f:6: option 'device' is missing in section uplink 'b'",
            })
    void namesTheMistakeInASecondUplink(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option handshake 2rtt | f:8: bad value '2rtt' for 'handshake' in section conversion_point 'p': allowed is auto, 0rtt or 1rtt; did you mean '0rtt'?",
                "option cookie_file cookie | f:8: bad value 'cookie' for 'cookie_file' in section conversion_point 'p': allowed is an absolute path",
                "config conversion_point p;option address ::1 | f:8: name 'p' is already that of section conversion_point 'p' (line 6)",
                "config conversion_point q;option address 10.1 | f:8: bad value '10.1' for 'address' in section conversion_point 'q': allowed is an IP address or a DNS name",
                "config conversion_point q;option address 1.2.3.256 | f:8: bad value '1.2.3.256' for 'address' in section conversion_point 'q': allowed is an IP address or a DNS name",
                "config conversion_point q;option address 1::2::3 | f:8: bad value '1::2::3' for 'address' in section conversion_point 'q': allowed is an IP address or a DNS name",
                "config conversion_point q;option address -a.example | f:8: bad value '-a.example' for 'address' in section conversion_point 'q': allowed is an IP address or a DNS name",
                "config conversion_point q | f:8: list 'address' is missing in section conversion_point 'q'",
            })
    void namesTheMistakeInAConversionPoint(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + POINT + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option action block-quic | f:7: bad value 'block-quic' for 'action' in section rule 'r': 'block-quic' is not available in this version",
                "option action fixed_only | f:7: bad value 'fixed_only' for 'action' in section rule 'r': allowed is bond, fixed-only, backup-only, direct or emergency; did you mean 'fixed-only'?",
                "option action bond;list dest_port 0 | f:8: bad value '0' for 'dest_port' in section rule 'r': allowed is a port or a range of ports from 1 to 65535, like 443 or 5060-5061",
                "option action bond;list dest_port 443-65536 | f:8: bad value '443-65536' for 'dest_port' in section rule 'r': allowed is a port or a range of ports from 1 to 65535, like 443 or 5060-5061",
                "option action bond;list dest_port 80,443 | f:8: bad value '80,443' for 'dest_port' in section rule 'r': allowed is a port or a range of ports from 1 to 65535, like 443 or 5060-5061",
                "option action bond;list dest_port 90-80 | f:8: bad value '90-80' for 'dest_port' in section rule 'r': the range ends before it begins",
                "option action bond;list dest_ip 10.0.0.1/8 | f:8: bad value '10.0.0.1/8' for 'dest_ip' in section rule 'r': the address has bits set behind the first 8; the prefix is 10.0.0.0/8",
                "option action bond;list src_ip example.net | f:8: bad value 'example.net' for 'src_ip' in section rule 'r': allowed is an address or prefix, like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32",
                "option action bond;option proto udp | f:8: bad value 'udp' for 'proto' in section rule 'r': 'udp' is not available in this version",
                "option action bond;option proto icmp | f:8: bad value 'icmp' for 'proto' in section rule 'r': allowed is tcp",
                "option dest_port 443 | f:6: option 'action' is missing in section rule 'r'",
                "option action bond;option src_port 7 | f:8: unknown option 'src_port' in section rule 'r'",
                "option action bond;config rule r;option action bond;option dest_port 1 | f:8: name 'r' is already that of section rule 'r' (line 6)",
                "option action bond;config rule s;option action direct | f:8: section rule 's' is never asked: rule 'r' before it takes every connection",
            })
    void namesTheMistakeInARule(String lines, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + "config rule r\n" + lines.replace(';', '\n') + "\n"));
    }

    @Test
    void wantsAnUplinkAndALanDevice() {
        assertEquals("""
                f: no LAN device: write a section 'config gateway' with list lan 'DEVICE'
                f: no uplink: write at least one section 'config uplink'""", problem("# nothing\n"));
        assertEquals("f:1: list 'lan' is missing in section gateway", problem("config gateway\n" + UPLINK));
        assertEquals("f: no uplink is enabled", problem(GATEWAY + UPLINK + "option enabled 0\n"));
    }

    @Test
    void namesAllMissingOptions() {
        assertEquals("""
                f:3: option 'device' is missing in section uplink
                f:3: option 'kind' is missing in section uplink""", problem(GATEWAY + "config uplink\n"));
    }

    @Test
    void acceptsEqualPreferences() {
        assertDoesNotThrow(() -> ConfigReader.parse(
                FILE,
                GATEWAY + UPLINK + "option preference 1\nconfig uplink b\noption device x\noption kind fixed\n"
                        + "option preference 1\n"));
    }

    @Test
    void listsNoMoreThanAHundredProblems() {
        String[] lines = problem("junk\n".repeat(50_000)).split("\n", -1);
        assertEquals(Problems.MAX_PROBLEMS + 1, lines.length);
        assertEquals("f: and 49902 more problems that are not listed", lines[Problems.MAX_PROBLEMS]);
    }
}
