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
                "option drill monthly | f:3: bad value 'monthly' for 'drill' in section gateway: allowed is off, daily or weekly",
                "option drill_at 24:00 | f:3: bad value '24:00' for 'drill_at' in section gateway: allowed is a time of day, like 03:10",
                "option drill_at 3:10 | f:3: bad value '3:10' for 'drill_at' in section gateway: allowed is a time of day, like 03:10",
                "option drill_limit 1kB | f:3: bad value '1kB' for 'drill_limit' in section gateway: allowed is a size from 4kB to 1MB, like 16kB (1kB is 1000 bytes)",
                "option schema 2 | f:3: schema 2 is newer than this program, which knows up to 1: update the program, or restore a configuration of its own time",
                "option schema 0 | f:3: bad value '0' for 'schema' in section gateway: allowed is a number from 1 to 1",
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
                "option id gw | f:6: list 'broker' is missing in section mqtt",
                "list broker http://b | f:7: bad value 'http://b' for 'broker' in section mqtt: allowed is mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
                "list broker mqtt://b:0 | f:7: bad value 'mqtt://b:0' for 'broker' in section mqtt: allowed is mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
                "list broker mqtt://::1 | f:7: bad value 'mqtt://::1' for 'broker' in section mqtt: allowed is mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
                "list broker mqtt://[mcp] | f:7: bad value 'mqtt://[mcp]' for 'broker' in section mqtt: allowed is mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
                "list broker mqtt://a/b | f:7: bad value 'mqtt://a/b' for 'broker' in section mqtt: allowed is mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
                "list broker mqtt://b;list broker mqtt://b:1883/ | f:7: bad value 'mqtt://b:1883/' for 'broker' in section mqtt: it is listed twice",
                "list broker mqtt://b;option id 'a b' | f:7: bad value 'a b' for 'id' in section mqtt: allowed is a word of letters, digits, '_', '.' and '-', at most 32 characters",
                "list broker mqtt://b;option topic_prefix /a | f:7: bad value '/a' for 'topic_prefix' in section mqtt: allowed is words of letters, digits, '_', '.' and '-', parted by '/', at most 128 characters",
                "list broker mqtt://b;option topic_prefix a/# | f:7: bad value 'a/' for 'topic_prefix' in section mqtt: allowed is words of letters, digits, '_', '.' and '-', parted by '/', at most 128 characters",
                "list broker mqtt://b;option topic_prefix 'a/+' | f:7: bad value 'a/+' for 'topic_prefix' in section mqtt: allowed is words of letters, digits, '_', '.' and '-', parted by '/', at most 128 characters",
                "list broker mqtt://b;option password_file /p | f:7: option 'password_file' has no effect without 'username' in section mqtt",
                "list broker mqtt://b;option password p | f:7: option 'password' has no effect without 'username' in section mqtt",
                "list broker mqtt://b;option username u;option password p;option password_file /p | f:7: option 'password_file' has no effect beside 'password' in section mqtt",
                "list broker mqtts://b;option cert_file /c | f:7: option 'cert_file' has no effect without 'key_file' in section mqtt",
                "list broker mqtts://b;option key_file /k | f:7: option 'key_file' has no effect without 'cert_file' in section mqtt",
                "list broker mqtt://b;option ca_file /c | f:7: option 'ca_file' has no effect without a broker 'mqtts://HOST' in section mqtt",
                "list broker mqtt://b;option version 4 | f:7: bad value '4' for 'version' in section mqtt: allowed is auto, 5 or 3.1.1",
                "list broker mqtt://b;option metrics_interval 9s | f:7: bad value '9s' for 'metrics_interval' in section mqtt: allowed is a duration from 10s to 1d, like 30s, 5m or 2h4m",
                "list broker mqtt://b;option metrics_interval 2h | f:7: option 'metrics_interval_cellular' is less than 'metrics_interval' in section mqtt",
                "list broker mqtt://b;list allow status;list allow none | f:7: 'none' stands alone in 'allow'",
                "list broker mqtt://b;option keep_alive 19h | f:7: bad value '19h' for 'keep_alive' in section mqtt: allowed is a duration from 10s to 18h, like 30s, 5m or 2h4m",
                "list broker mqtt://b;config mqtt | f:7: a second section mqtt, the first is on line 6",
            })
    void namesTheMistakeInMqtt(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + "config mqtt\n" + line + "\n"));
    }

    @Test
    void namesUserAndPasswordInAUrlWithoutRepeatingThem() {
        String problem = problem(GATEWAY + UPLINK + "config mqtt\nlist broker mqtt://u:geheim@b\n");
        assertEquals(
                "f:7: bad value '***' for 'broker' in section mqtt: name and password do not belong here: write"
                        + " 'username' and 'password_file'",
                problem);
    }

    @Test
    void neverRepeatsAPassword() {
        String long300 = "geheim".repeat(50);
        String problem = problem(GATEWAY + UPLINK
                + "config mqtt\nlist broker mqtt://b\noption username u\noption password " + long300 + "\n");
        assertEquals(
                "f:9: bad value '***' for 'password' in section mqtt: allowed is a text of at most 256 characters",
                problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "list listen 8480 | f:7: bad value '8480' for 'listen' in section web: allowed is an address and a port, like 192.168.1.1:8480 or [fd00::1]:8480",
                "list listen 192.168.1.1 | f:7: bad value '192.168.1.1' for 'listen' in section web: allowed is an address and a port, like 192.168.1.1:8480 or [fd00::1]:8480",
                "list listen 192.168.1.1:0 | f:7: bad value '192.168.1.1:0' for 'listen' in section web: allowed is an address and a port, like 192.168.1.1:8480 or [fd00::1]:8480",
                "list listen router.lan:80 | f:7: bad value 'router.lan:80' for 'listen' in section web: allowed is an address and a port, like 192.168.1.1:8480 or [fd00::1]:8480",
                "list listen 0.0.0.0:8480 | f:7: bad value '0.0.0.0:8480' for 'listen' in section web: that would be open to the Internet, too: write an address of the LAN",
                "list listen [::]:8480 | f:7: bad value '[::]:8480' for 'listen' in section web: that would be open to the Internet, too: write an address of the LAN",
                "option tls 1;option key_file /k | f:7: option 'cert_file' is missing in section web: 'tls' needs it",
                "option tls 1;option cert_file /c | f:7: option 'key_file' is missing in section web: 'tls' needs it",
                "option cert_file /c | f:7: option 'cert_file' has no effect without option tls '1' in section web",
                "option session_timeout 1s | f:7: bad value '1s' for 'session_timeout' in section web: allowed is a duration from 1m to 30d, like 30s, 5m or 2h4m",
                "config web | f:7: a second section web, the first is on line 6",
            })
    void namesTheMistakeInWeb(String line, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + "config web\n" + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option port 7000 | f:6: section discovery learns nothing: write 'dhcpv4_option', 'dhcpv6_option' or option srv '1'",
                "option dhcpv4_option 127 | f:7: bad value '127' for 'dhcpv4_option' in section discovery: allowed is a number from 128 to 254",
                "option dhcpv4_option 255 | f:7: bad value '255' for 'dhcpv4_option' in section discovery: allowed is a number from 128 to 254",
                "option dhcpv4_option 249 | f:7: bad value '249' for 'dhcpv4_option' in section discovery: the DHCP client uses this option itself",
                "option dhcpv6_option 14 | f:7: bad value '14' for 'dhcpv6_option' in section discovery: allowed is a number from 15 to 65535",
                "option dhcpv6_option 65536 | f:7: bad value '65536' for 'dhcpv6_option' in section discovery: allowed is a number from 15 to 65535",
                "option dhcpv6_option 25 | f:7: bad value '25' for 'dhcpv6_option' in section discovery: this option is DHCPv6's own",
                "option srv 1;option format names | f:8: bad value 'names' for 'format' in section discovery: allowed is pcp-list, address-list or name; did you mean 'name'?",
                "option srv 1;option port 0 | f:8: bad value '0' for 'port' in section discovery: allowed is a number from 1 to 65535",
                "option srv 1;list allow 198.51.100.7/24 | f:8: bad value '198.51.100.7/24' for 'allow' in section discovery: the address has bits set behind the first 24; the prefix is 198.51.100.0/24",
                "option srv 1;list allow 198.51.100.0/33 | f:8: bad value '198.51.100.0/33' for 'allow' in section discovery: allowed is an address, a prefix or a DNS name",
                "option srv 1;list allow *.example.net | f:8: bad value '*.example.net' for 'allow' in section discovery: allowed is an address, a prefix or a DNS name",
                "option srv 1;option cookie_file cookie | f:8: bad value 'cookie' for 'cookie_file' in section discovery: allowed is an absolute path",
                "option srv 1;option dhcp4_option 224 | f:8: unknown option 'dhcp4_option' in section discovery; did you mean 'dhcpv4_option'?",
                "option srv 1;config discovery;option srv 1 | f:8: a second section discovery, the first is on line 6",
            })
    void namesTheMistakeInDiscovery(String lines, String problem) {
        assertEquals(problem, problem(GATEWAY + UPLINK + "config discovery\n" + lines.replace(';', '\n') + "\n"));
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
