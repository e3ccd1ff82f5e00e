package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.AllowList;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.PointFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hooks write is taken as a whole, or refused with the place of the mistake. */
class LeaseReaderTest {
    private static final LeaseKey V4 = new LeaseKey("wan0", LeaseFamily.DHCPV4);
    private static final LeaseKey V6 = new LeaseKey("wan0", LeaseFamily.DHCPV6);
    private static final long NOW = 1_000_000;

    private static final String GOOD_V4 = """
            hybrid-gateway lease 1
            event=held
            uptime=990.50
            lease=3600
            dns=192.0.2.53 192.0.2.54
            domain=example.net\s
            option=224:04c6336407
            option=225:ff
            end
            """;

    private static final String GOOD_V6 = """
            hybrid-gateway lease 1
            event=held
            uptime=990.50
            addresses=2001:db8::1/128,1800,7200 2001:db8::2/128,10,20
            prefixes=2001:db8:1::/56,1800,3600,class=7
            dns=2001:db8::53 fe80::1
            domain=example.net. example.org
            options=001700020000 00E0001020010db8000700000000000000000007
            end
            """.replace("001700020000 ", "001700020000");

    private static InetAddress ip(String literal) {
        return AddressPrefix.address(literal).orElseThrow();
    }

    private static LearntPoint point(String... addresses) {
        return new LearntPoint.ByAddress(
                Arrays.stream(addresses).map(LeaseReaderTest::ip).toList());
    }

    private static DiscoveryConfig config(PointFormat format, AllowList allow) {
        return new DiscoveryConfig(
                OptionalInt.of(224), OptionalInt.of(224), format, false, 7000, allow, Optional.empty());
    }

    private static LeaseReading read(LeaseKey key, PointFormat format, AllowList allow, String text) {
        return new LeaseReader(config(format, allow)).read(key, text.getBytes(StandardCharsets.ISO_8859_1), NOW);
    }

    private static LeaseReading read(LeaseKey key, String text) {
        return read(key, PointFormat.PCP_LIST, AllowList.EVERYTHING, text);
    }

    private static Lease held(LeaseReading reading) {
        return assertInstanceOf(LeaseReading.Held.class, reading, reading::toString)
                .lease();
    }

    private static String refused(LeaseReading reading) {
        return assertInstanceOf(LeaseReading.Refused.class, reading, reading::toString)
                .reason();
    }

    /** A DHCPv4 lease with this value of the option. */
    private static String v4(String hex) {
        return GOOD_V4.replace("04c6336407", hex);
    }

    /** A DHCPv6 lease with these options. */
    private static String v6(String hex) {
        return GOOD_V6.replaceFirst("options=.*", "options=" + hex.replace(" ", ""));
    }

    @Test
    void readsALeaseOfDhcpv4() {
        assertEquals(
                new Lease(
                        V4,
                        990_500 + 3_600_000,
                        List.of(point("198.51.100.7")),
                        List.of(ip("192.0.2.53"), ip("192.0.2.54")),
                        List.of("example.net")),
                held(read(V4, GOOD_V4)));
    }

    @Test
    void readsALeaseOfDhcpv6AndLeavesLinkLocalNameServers() {
        assertEquals(
                new Lease(
                        V6,
                        990_500 + 7_200_000,
                        List.of(point("2001:db8:7::7")),
                        List.of(ip("2001:db8::53")),
                        List.of("example.net", "example.org")),
                held(read(V6, GOOD_V6)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PCP_LIST     | 04c6336407                     | 198.51.100.7",
                "PCP_LIST     | 08c6336407c63364110401020304   | 198.51.100.7+198.51.100.17 1.2.3.4",
                "ADDRESS_LIST | c6336407c6336411               | 198.51.100.7 198.51.100.17",
                "NAME         | 036d6370076578616d706c65036e657400 | mcp.example.net",
                "NAME         | 034D4370076578616d706c65036e657400 | mcp.example.net",
            })
    void readsTheFormatsOfDhcpv4(PointFormat format, String hex, String expected) {
        assertEquals(expected, words(held(read(V4, format, AllowList.EVERYTHING, v4(hex)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PCP_LIST | 00e00010 20010db8000700000000000000000007 | 2001:db8:7:0:0:0:0:7",
                "PCP_LIST | 00e00020 20010db8000700000000000000000007 00000000000000000000ffffc6336407 | 2001:db8:7:0:0:0:0:7+198.51.100.7",
                "PCP_LIST | 00e00010 20010db8000700000000000000000007 00010000 00e00010 00000000000000000000ffffc6336407 | 2001:db8:7:0:0:0:0:7 198.51.100.7",
                "ADDRESS_LIST | 00e00020 20010db8000700000000000000000007 00000000000000000000ffffc6336407 | 2001:db8:7:0:0:0:0:7 198.51.100.7",
                "NAME | 00e00007 036d637001 6100 | mcp.a",
            })
    void readsTheFormatsOfDhcpv6(PointFormat format, String hex, String expected) {
        assertEquals(expected, words(held(read(V6, format, AllowList.EVERYTHING, v6(hex)))));
    }

    private static String words(Lease lease) {
        return String.join(
                " ",
                lease.points().stream()
                        .map(point -> point instanceof LearntPoint.ByAddress some
                                ? String.join(
                                        "+",
                                        some.addresses().stream()
                                                .map(InetAddress::getHostAddress)
                                                .toList())
                                : ((LearntPoint.ByName) point).name())
                        .toList());
    }

    @Test
    void aLeaseWithoutTheOptionTellsNoPoint() {
        assertEquals(
                List.of(),
                held(read(V4, GOOD_V4.replace("option=224", "option=226"))).points());
        assertEquals(List.of(), held(read(V6, v6("00170000"))).points());
        assertEquals(List.of(), held(read(V6, v6(""))).points());
    }

    @ParameterizedTest
    @CsvSource({
        "lease=60, 60",
        "lease=4294967295, 4294967295",
        "lease=, 3600",
    })
    void takesTheTimeThatTheServerTells(String line, long seconds) {
        assertEquals(
                990_500 + 1000 * seconds,
                held(read(V4, GOOD_V4.replace("lease=3600", line))).expiresMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 86400",
        "00200004 00001000, 4096",
        "00200004 00000001, 600",
    })
    void withoutAnAddressDhcpv6HoldsAsLongAsItsInformation(String options, long seconds) {
        String stateless =
                v6(options).replaceFirst("addresses=.*", "addresses=").replaceFirst("prefixes=.*", "prefixes=");

        assertEquals(990_500 + 1000 * seconds, held(read(V6, stateless)).expiresMillis());
    }

    @ParameterizedTest
    @CsvSource({"3600, 3600", "86400, 86400", "604800, 86400", "4294967295, 86400"})
    void whatWasToldOutlivesALeaseThatTheClientLostForADayAtMost(long told, long seconds) {
        String lost = GOOD_V4.replace("event=held", "event=ended").replace("lease=3600", "lease=" + told);

        assertEquals(List.of(point("198.51.100.7")), held(read(V4, lost)).points());
        assertEquals(990_500 + 1000 * seconds, held(read(V4, lost)).expiresMillis());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PCP_LIST | ''                     | option 224, byte 0: it is empty",
                "PCP_LIST | 00                     | option 224, byte 0: a list of 0 bytes, which are no whole addresses",
                "PCP_LIST | 03c63364               | option 224, byte 0: a list of 3 bytes, which are no whole addresses",
                "PCP_LIST | 04c63364               | option 224, byte 0: a list of 4 bytes, and 3 are left",
                "PCP_LIST | 04c633640704           | option 224, byte 5: a list of 4 bytes, and 0 are left",
                "PCP_LIST | ff                     | option 224, byte 0: a list of 255 bytes, and 0 are left",
                "PCP_LIST | 08c6336407e0000001     | option 224, byte 5: 224.0.0.1 is no address of a host",
                "PCP_LIST | 047f000001             | option 224, byte 1: 127.0.0.1 is no address of a host",
                "PCP_LIST | 0400000000             | option 224, byte 1: 0.0.0.0 is no address of a host",
                "PCP_LIST | 04ffffffff             | option 224, byte 1: 255.255.255.255 is no address of a host",
                "PCP_LIST | 04a9fe0001             | option 224, byte 1: 169.254.0.1 is no address of a host",
                "PCP_LIST | 04c633640              | option 224, byte 4 (byte 124 of the file): half a byte at the end",
                "PCP_LIST | 04c6x36407             | option 224, byte 2 (byte 120 of the file): 'x' is no hexadecimal digit",
                "ADDRESS_LIST | ''                 | option 224, byte 0: it is empty",
                "ADDRESS_LIST | c633640705         | option 224, byte 4: 1 bytes, which are no whole address",
                "ADDRESS_LIST | c6336407efffffff   | option 224, byte 4: 239.255.255.255 is no address of a host",
                "NAME | ''                         | option 224, byte 0: the name has no end",
                "NAME | 00                         | option 224, byte 0: the name is empty",
                "NAME | 036d6370                   | option 224, byte 4: the name has no end",
                "NAME | 036d63                     | option 224, byte 0: a label of 3 bytes, and 2 are left",
                "NAME | c000                       | option 224, byte 0: a label of 192 bytes; 63 is the most",
                "NAME | 6d63702e6578616d706c652e6e6574 | option 224, byte 0: a label of 109 bytes; 63 is the most",
                "NAME | 036d0a7000                 | option 224, byte 2: 0x0a does not belong into a name",
                "NAME | 036d2e7000                 | option 224, byte 2: 0x2e does not belong into a name",
                "NAME | 032d637000                 | option 224, byte 0: '-cp.' is no name of a host",
                "NAME | 036d63700000               | option 224, byte 5: 1 bytes behind the name",
            })
    void refusesAMalformedOptionOfDhcpv4(PointFormat format, String hex, String reason) {
        assertEquals("wan0.dhcpv4: " + reason, refused(read(V4, format, AllowList.EVERYTHING, v4(hex))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PCP_LIST | 00e0                   | options, byte 0: an option that is cut short: 2 bytes are left",
                "PCP_LIST | 0017000100 00e000      | options, byte 5: an option that is cut short: 3 bytes are left",
                "PCP_LIST | 00e0001120010db8       | options, byte 2: option 224 says that it has 17 bytes, and 4 are left",
                "PCP_LIST | 00e00000               | option 224, byte 0: it is empty",
                "PCP_LIST | 00e0000420010db8       | option 224, byte 0: 4 bytes, which are no whole address",
                "PCP_LIST | 00e00010 20010db8000700000000000000000007 00e00001 20 | option 224 (instance 2), byte 0: 1 bytes, which are no whole address",
                "PCP_LIST | 00e00010 ff020000000000000000000000000001 | option 224, byte 0: ff02:0:0:0:0:0:0:1 is no address of a host",
                "PCP_LIST | 00e00010 fe800000000000000000000000000001 | option 224, byte 0: fe80:0:0:0:0:0:0:1 is no address of a host",
                "PCP_LIST | 00e00010 00000000000000000000000000000001 | option 224, byte 0: 0:0:0:0:0:0:0:1 is no address of a host",
                "PCP_LIST | 00e00010 00000000000000000000ffff7f000001 | option 224, byte 0: 127.0.0.1 is no address of a host",
                "NAME     | 00e00001 00            | option 224, byte 0: the name is empty",
                "NAME     | 00e00002 0161          | option 224, byte 2: the name has no end",
                "PCP_LIST | 00200002 0000          | option 32, byte 0: 2 bytes, which are no time",
                "PCP_LIST | 00e0000                | options, byte 3 (byte 102 of the file): half a byte at the end",
            })
    void refusesMalformedOptionsOfDhcpv6(PointFormat format, String hex, String reason) {
        String stateless = v6(hex).replaceFirst("addresses=.*", "addresses=").replaceFirst("prefixes=.*", "prefixes=");

        assertEquals(
                "wan0.dhcpv6: " + reason,
                refused(read(V6, format, AllowList.EVERYTHING, stateless))
                        .replaceFirst("byte 1[0-9]+ of", "byte 102 of"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hybrid-gateway lease 1 | hybrid-gateway lease 2 | byte 0: does not begin with 'hybrid-gateway lease 1'",
                "event=held             | event=bound            | event (byte 29 of the file): 'bound' is neither held nor ended",
                "event=held             | envent=held            | envent (byte 30 of the file): nothing of this kind is known",
                "event=held;            | ''                     | there is no line 'event='",
                "event=held             | event=held;event=held  | event (byte 40 of the file): it is there twice",
                "event=held             | event                  | byte 23: a line without '='",
                "uptime=990.50;         | ''                     | there is no line 'uptime='",
                "uptime=990.50          | uptime=990             | uptime (byte 41 of the file): '990' are no seconds with two decimals",
                "uptime=990.50          | uptime=1001.01         | uptime (byte 41 of the file): that is not yet: the file is from before the boot",
                "lease=3600             | lease=-1               | lease (byte 54 of the file): '-1' is no number of seconds",
                "lease=3600             | lease=99999999999      | lease (byte 54 of the file): '99999999999' is no number of seconds",
                "dns=192.0.2.53         | dns=192.0.2.253.       | dns (byte 63 of the file): '192.0.2.253.' is no address",
                "dns=192.0.2.53         | dns=ns.example.net     | dns (byte 63 of the file): 'ns.example.net' is no address",
                "dns=192.0.2.53         | dns=1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 | dns (byte 63 of the file): 17 values, more than 16",
                "domain=example.net     | domain=$(reboot)       | domain (byte 92 of the file): '$(reboot)' is no domain",
                "domain=example.net     | domain=a..b            | domain (byte 92 of the file): 'a..b' is no domain",
                "domain=example.net     | domain=?               | domain (byte 92 of the file): '? ' is no domain",
                "option=225:ff          | option=ff              | option (byte 134 of the file): no code and colon before the bytes",
                "option=225:ff          | option=256:ff          | option 256 (byte 138 of the file): there is no such option in DHCPv4",
                "option=225:ff          | option=224:ff          | option 224 (byte 138 of the file): it is there twice",
                "option=225:ff          | option=225             | option (byte 134 of the file): no code and colon before the bytes",
                "option=225:ff          | option=?               | option (byte 134 of the file): the server's value is too long or has characters that don't belong there",
                "end;                   | ''                     | byte 141: does not end with 'end', so something is missing",
                "end;                   | end;end;more           | byte 153: does not end with 'end', so something is missing",
                "event=held             | event=h\u00e9ld        | byte 30 is 0xe9, which is no printable character",
                "event=held             | event=h\u0000ld        | byte 30 is 0x00, which is no printable character",
            })
    void refusesAMalformedFile(String good, String bad, String reason) {
        String text = GOOD_V4.replace(good.replace(';', '\n'), bad.replace(';', '\n'));

        assertEquals(
                "wan0.dhcpv4: " + reason, refused(read(V4, text)).replace("'?' is no domain", "'? ' is no domain"));
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertEquals("wan0.dhcpv4: longer than 16384 bytes", refused(read(V4, GOOD_V4 + " ".repeat(16_384))));
        StringBuilder many = new StringBuilder();
        for (int code = 1; code < 100; code++) {
            many.append("option=").append(code).append(":00\n");
        }
        assertEquals(
                "wan0.dhcpv4: byte 1071: more than 80 lines",
                refused(read(V4, GOOD_V4.replace("option=224:04c6336407\n", many))));
        assertEquals(
                "wan0.dhcpv4: option 224, byte 132: 33 addresses, more than 32",
                refused(read(V4, PointFormat.ADDRESS_LIST, AllowList.EVERYTHING, v4("c6336407".repeat(33)))));
        assertEquals(
                "wan0.dhcpv6: options, byte 64: more than 16 instances of option 224",
                refused(read(V6, PointFormat.NAME, AllowList.EVERYTHING, v6("00e00000".repeat(17)))));
        assertEquals(
                "wan0.dhcpv4: option 224, byte 256: the name is longer than 255 bytes",
                refused(read(V4, PointFormat.NAME, AllowList.EVERYTHING, v4("0161".repeat(130) + "00"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::1", "2001:db8::1/128", "2001:db8::1/128,1800", "x/1,2,3", "::/0,1,99999999999"})
    void refusesAnAddressOfOdhcp6cWithoutItsTimes(String word) {
        assertEquals(
                "wan0.dhcpv6: addresses (byte 58 of the file): '" + word + "' is no address with its times",
                refused(read(V6, GOOD_V6.replaceFirst("addresses=.*", "addresses=" + word))));
    }

    @Test
    void refusesWhatIsNotAllowedAsAWhole() {
        AllowList operator = new AllowList(List.of(new AddressPrefix(ip("198.51.100.0"), 24)), List.of("example.net"));

        assertEquals(
                List.of(point("198.51.100.7")),
                held(read(V4, PointFormat.PCP_LIST, operator, GOOD_V4)).points());
        assertEquals(
                "wan0.dhcpv4: conversion point 203.0.113.66 is not allowed by list allow of section discovery",
                refused(read(V4, PointFormat.PCP_LIST, operator, v4("08c6336407cb007142"))));
        assertEquals(
                "wan0.dhcpv4: conversion point mcp.example.org is not allowed by list allow of section discovery",
                refused(read(V4, PointFormat.NAME, operator, v4("036d6370076578616d706c65036f726700"))));
    }

    @Test
    void neverFailsInAnotherWayWhateverIsDamaged() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            LeaseKey key = random.nextBoolean() ? V4 : V6;
            byte[] bytes = (key.equals(V4) ? GOOD_V4 : GOOD_V6).getBytes(StandardCharsets.US_ASCII);
            for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextInt(4) > 0
                                ? "0123456789abcdef=:\n .,/".charAt(random.nextInt(23))
                                : random.nextInt(256));
            }
            byte[] damaged = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(bytes.length));
            PointFormat format = List.of(PointFormat.values()).get(random.nextInt(3));
            assertDoesNotThrow(
                    () -> new LeaseReader(config(format, AllowList.EVERYTHING)).read(key, damaged, NOW),
                    "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wan0",
                ".wan0.dhcpv4",
                "wan0.dhcpv4.1",
                "a234567890123456.dhcpv4",
                "a/b.dhcpv4",
                "wan0.dhcpv7",
                ".dhcpv4"
            })
    void otherFilesAreNone(String name) {
        assertEquals(Optional.empty(), LeaseKey.ofFileName(name));
    }

    @Test
    void aFilesNameIsDeviceAndProtocol() {
        assertEquals(Optional.of(new LeaseKey("eth0.7", LeaseFamily.DHCPV6)), LeaseKey.ofFileName("eth0.7.dhcpv6"));
        assertEquals("eth0.7.dhcpv6", new LeaseKey("eth0.7", LeaseFamily.DHCPV6).fileName());
    }
}
