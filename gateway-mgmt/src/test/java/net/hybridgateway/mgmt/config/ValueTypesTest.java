package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.scheduler.quota.WeeklyWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    @ParameterizedTest
    @CsvSource({"30s,30", "5m,300", "2h4m,7440", "1d,86400", "1d1h1m1s,90061", "0s,0", "90m,5400", "007s,7"})
    void readsDurations(String text, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "4m2h", "5 m", "-5s", "1.5h", "5S", "1h1h", "9999999d", "1w", "٣s"})
    void refusesWhatIsNoDuration(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "5m", "2h4m", "1d1h1m1s", "0s"})
    void writesDurationsAsTheyAreRead(String text) {
        assertEquals(text, DurationText.of(DurationText.parse(text).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7/32",
        "0.0.0.0/0,0.0.0.0/0",
        "10.0.0.0/8,10.0.0.0/8",
        "::/0,0:0:0:0:0:0:0:0/0",
        "2001:db8::/32,2001:db8:0:0:0:0:0:0/32",
        "fe80::1,fe80:0:0:0:0:0:0:1/128",
        "::ffff:192.0.2.7,192.0.2.7/32",
    })
    void readsPrefixes(String text, String prefix) {
        assertEquals(Optional.of(prefix), AddressPrefix.parse(text).map(AddressPrefix::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10/8", "10.1.2/24", "010.0.0.1",
                "2001:db8::/129", "fe80::1%eth0", "[::1]", "localhost", "dead:beef", "::1::", "cafe", "1.2.3.4.", ":"
            })
    void refusesWhatIsNoPrefix(String text) {
        assertEquals(Optional.empty(), AddressPrefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8,10.0.0.0/8",
        "10.1.2.3/20,10.1.0.0/20",
        "10.1.2.3/0,0.0.0.0/0",
        "ffff::1/13,fff8:0:0:0:0:0:0:0/13"
    })
    void clearsTheBitsBehindTheLength(String text, String network) {
        assertEquals(network, AddressPrefix.parse(text).orElseThrow().network().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mcp.example.net",
                "mcp.example.net.",
                "a",
                "_tcp.example",
                "xn--bcher-kva.example",
                "::1",
                "10.0.0.1"
            })
    void acceptsHosts(String text) {
        assertEquals(Optional.of(text), ValueTypes.HOST.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "-a",
                "a-",
                "a_b-.c",
                "1.2.3",
                "256.1.1.1",
                "a b",
                "a/b",
                "bücher.example",
                "http://a"
            })
    void refusesWhatIsNoHost(String text) {
        assertEquals(Optional.empty(), ValueTypes.HOST.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.255,true",
        "192.0.2.0/24,192.0.3.0,false",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.7,192.0.2.7,true",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,2001:db8::1,false",
        "::/0,203.0.113.9,false",
        "::/0,2001:db8::1,true",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "192.0.2.0/24,::ffff:192.0.2.9,true",
    })
    void knowsWhichAddressesAPrefixContains(String prefix, String address, boolean contained) {
        assertEquals(
                contained,
                AddressPrefix.parse(prefix)
                        .orElseThrow()
                        .contains(AddressPrefix.address(address).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"1MB,1000000", "20GB,20000000000", "1.5TB,1500000000000", "999999.999GB,999999999000000", "0.001MB,1000"
    })
    void readsSizesInDecimalUnits(String text, long bytes) {
        assertEquals(Optional.of(bytes), QuantityText.BYTES.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"640kbit,640000", "16mbit,16000000", "1.5mbit,1500000", "1gbit,1000000000"})
    void readsRatesInBitsPerSecond(String text, long rate) {
        assertEquals(Optional.of(rate), ValueTypes.RATE.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "GB", "1 GB", "-1GB", "1.GB", ".5GB", "1.2345GB", "1234567GB", "1gB", "1e3GB", "٣GB"})
    void refusesWhatIsNoSize(String text) {
        assertEquals(Optional.empty(), QuantityText.BYTES.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "mon 08:00-18:00,MONDAY",
        "mon-wed 08:00-18:00,MONDAY TUESDAY WEDNESDAY",
        "sat-mon 08:00-18:00,MONDAY SATURDAY SUNDAY",
        "08:00-18:00,MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
        "sun-sat 08:00-18:00,MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
    })
    void readsTheDaysOfAWindow(String text, String days) {
        assertEquals(
                days,
                WindowText.parse(text).orElseThrow().days().stream()
                        .map(DayOfWeek::name)
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void readsListsOfDays() {
        assertEquals(
                EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                WindowText.parse("sat-sun,mon,wed 08:00-18:00").orElseThrow().days());
    }

    @ParameterizedTest
    @CsvSource({"00:00-24:00,0,1440", "22:30-06:00,1350,360", "00:00-00:01,0,1", "23:59-24:00,1439,1440"})
    void readsTheHoursOfAWindow(String text, int from, int until) {
        assertEquals(
                Optional.of(new WeeklyWindow(EnumSet.allOf(DayOfWeek.class), from, until)), WindowText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wan0", "eth0.7", "br-lan", "a", "123456789012345", "wan@x", "..."})
    void acceptsDevices(String text) {
        assertEquals(Optional.of(text), ValueTypes.DEVICE.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a:1", "a b", "1234567890123456", "wän"})
    void refusesWhatTheKernelRefusesAsADevice(String text) {
        assertEquals(Optional.empty(), ValueTypes.DEVICE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "devise,device",
        "DEVICE,device",
        "kin,kind",
        "on_demand,on-demand",
        "ues,use",
        "preferenec,preference",
        "k,-",
        "x,-",
        "colour,-",
        "'',-"
    })
    void findsTheNearestName(String name, String nearest) {
        List<String> names = List.of("device", "kind", "use", "preference", "on-demand");
        assertEquals(nearest, NearestName.of(name, names).orElse("-"));
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "abc,abc,0", "abc,acb,1", "abc,ab,1", "ab,abc,1", "abc,xbc,1", "abc,xyz,3", "ca,abc,3"})
    void countsTypingErrors(String a, String b, int errors) {
        assertEquals(errors, NearestName.distance(a, b));
    }
}
