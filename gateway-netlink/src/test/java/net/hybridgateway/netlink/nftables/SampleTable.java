package net.hybridgateway.netlink.nftables;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import net.hybridgateway.netlink.AddressFamily;

/** The table of table.golden, in our words: what a gateway uses, and some more. */
final class SampleTable {
    static final String NAME = "hybrid_gateway";
    static final int MARK = 0x20000;

    private SampleTable() {}

    static NftTable table() {
        return new NftTable(
                NAME,
                List.of(
                        NftSet.ofDevices("lan", List.of("br-lan", "br-guest")),
                        NftSet.ofAddressTypes(
                                "kept",
                                List.of(
                                        AddressType.LOCAL,
                                        AddressType.BROADCAST,
                                        AddressType.ANYCAST,
                                        AddressType.MULTICAST)),
                        NftSet.ofRanges(
                                "excluded4",
                                AddressFamily.IPV4,
                                Set.of(range("240.0.0.0", 4), range("10.0.0.0", 8), range("192.0.2.1", 32))),
                        NftSet.ofRanges(
                                "excluded6", AddressFamily.IPV6, Set.of(range("fe80::", 10), range("2001:db8::", 32)))),
                List.of(
                        NftChain.prerouting(
                                "prerouting",
                                List.of(
                                        NftRule.builder()
                                                .inputDeviceNotIn("lan")
                                                .leave(),
                                        NftRule.builder()
                                                .protocolNot(NftRule.IPPROTO_TCP)
                                                .leave(),
                                        NftRule.builder()
                                                .destinationTypeIn("kept")
                                                .leave(),
                                        NftRule.builder()
                                                .destinationIn(AddressFamily.IPV4, "excluded4")
                                                .leave(),
                                        NftRule.builder()
                                                .destinationIn(AddressFamily.IPV6, "excluded6")
                                                .leave(),
                                        proxy("127.0.0.1"),
                                        proxy("::1"))),
                        NftChain.regular(
                                "more",
                                List.of(
                                        NftRule.builder()
                                                .inputDevice("br-*")
                                                .tcpDestinationPort(443)
                                                .goTo("last"),
                                        NftRule.builder()
                                                .destination(address("192.0.2.0"), 25)
                                                .tcpDestinationPortNot(22)
                                                .jump("last"),
                                        NftRule.builder()
                                                .destinationType(AddressType.LOCAL)
                                                .drop())),
                        NftChain.regular(
                                "last",
                                List.of(NftRule.builder().inputDevice("lo").leave()))));
    }

    private static NftRule proxy(String listener) {
        InetAddress address = address(listener);
        return NftRule.builder()
                .family(AddressFamily.of(address))
                .protocol(NftRule.IPPROTO_TCP)
                .proxyTo(new InetSocketAddress(address, 7001))
                .setMark(MARK)
                .counter()
                .comment("to the relay")
                .accept();
    }

    static AddressRange range(String address, int prefixLength) {
        return AddressRange.ofPrefix(address(address), prefixLength);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
