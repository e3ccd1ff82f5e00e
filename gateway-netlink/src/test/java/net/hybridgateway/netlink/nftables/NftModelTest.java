package net.hybridgateway.netlink.nftables;

import static net.hybridgateway.netlink.nftables.SampleTable.address;
import static net.hybridgateway.netlink.nftables.SampleTable.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NftModelTest {
    static Stream<Arguments> intervals() {
        return Stream.of(
                Arguments.of(List.of(), ""),
                Arguments.of(List.of(range("10.0.0.0", 8)), "!00000000 0a000000 !0b000000"),
                Arguments.of(List.of(range("0.0.0.0", 8)), "00000000 !01000000"),
                Arguments.of(List.of(range("0.0.0.0", 0)), "00000000+"),
                Arguments.of(List.of(range("255.255.255.255", 32)), "!00000000 ffffffff+"),
                // One within the other, and one that touches.
                Arguments.of(
                        List.of(range("10.1.0.0", 16), range("11.0.0.0", 8), range("10.0.0.0", 8)),
                        "!00000000 0a000000 !0c000000"),
                Arguments.of(List.of(range("10.0.0.0", 8), range("10.0.0.0", 8)), "!00000000 0a000000 !0b000000"),
                Arguments.of(
                        List.of(new AddressRange(address("192.0.2.3"), address("192.0.2.5"))),
                        "!00000000 c0000203 !c0000206"));
    }

    @ParameterizedTest
    @MethodSource("intervals")
    void mergesRangesIntoIntervals(List<AddressRange> ranges, String elements) {
        NftSet set = NftSet.ofRanges("s", AddressFamily.IPV4, ranges);
        assertEquals(elements, set.elements().stream().map(NftModelTest::text).collect(Collectors.joining(" ")));
    }

    /** An end has ! in front, a start without end + behind. */
    private static String text(NftSet.Element element) {
        String key = HexFormat.of().formatHex(element.keyBytes());
        return switch (element.place()) {
            case START -> key;
            case END -> "!" + key;
            case OPEN_START -> key + "+";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 8, 10.0.0.0-10.255.255.255",
        "192.0.2.129, 25, 192.0.2.128-192.0.2.255",
        "192.0.2.1, 32, 192.0.2.1-192.0.2.1",
        "2001:db8::1, 127, 2001:db8:0:0:0:0:0:0-2001:db8:0:0:0:0:0:1"
    })
    void aPrefixIsARange(String address, int length, String range) {
        assertEquals(range, range(address, length).toString());
    }

    static Stream<Executable> mistakes() {
        return Stream.of(
                () -> range("10.0.0.0", 33),
                () -> range("10.0.0.0", -1),
                () -> new AddressRange(address("10.0.0.1"), address("10.0.0.0")),
                () -> new AddressRange(address("10.0.0.1"), address("::1")),
                () -> NftSet.ofRanges("s", AddressFamily.IPV6, List.of(range("10.0.0.0", 8))),
                () -> NftSet.ofDevices("s", List.of("a-name-of-16-byte")),
                () -> NftSet.ofDevices("s", List.of("")),
                () -> NftSet.ofDevices("s", List.of("br-*")),
                () -> NftSet.ofDevices("two words", List.of("lo")),
                () -> NftChain.regular("", List.of()),
                () -> new NftTable("t; flush ruleset", List.of(), List.of()),
                () -> NftRule.builder().tcpDestinationPort(0),
                () -> NftRule.builder().setMark(0x300, 0xff),
                () -> NftRule.builder().comment("x".repeat(128)).accept(),
                () -> NftRule.builder().proxyTo(new InetSocketAddress(address("::1"), 0)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesWhatTheKernelOrTheNftToolWouldNotTake(Executable mistake) {
        assertThrows(IllegalArgumentException.class, mistake);
    }

    @Test
    void refusesReferencesOutOfTheTable() {
        NftChain lookup = NftChain.regular(
                "c", List.of(NftRule.builder().inputDeviceIn("lan").accept()));
        assertEquals(
                "chain c refers to no set lan",
                assertThrows(IllegalArgumentException.class, () -> new NftTable("t", List.of(), List.of(lookup)))
                        .getMessage());
        NftChain jump = NftChain.regular("c", List.of(NftRule.builder().jump("other")));
        assertEquals(
                "chain c refers to no chain other",
                assertThrows(IllegalArgumentException.class, () -> new NftTable("t", List.of(), List.of(jump)))
                        .getMessage());
        NftChain empty = NftChain.regular("c", List.of());
        assertEquals(
                "table t has two chains c",
                assertThrows(IllegalArgumentException.class, () -> new NftTable("t", List.of(), List.of(empty, empty)))
                        .getMessage());
    }
}
