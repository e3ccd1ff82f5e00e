package net.hybridgateway.app.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.nftables.AddressRange;
import net.hybridgateway.netlink.nftables.AddressType;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftChain;
import net.hybridgateway.netlink.nftables.NftRule;
import net.hybridgateway.netlink.nftables.NftSet;
import net.hybridgateway.netlink.nftables.NftTable;

/**
 * The nftables table that hands the LAN's TCP packets to the transparent listener.
 *
 * <p>In each rule {@code tproxy} stands before the mark. Where nobody listens, tproxy ends the rule, the packet stays
 * unmarked, and is forwarded as if this program did not exist: that is what keeps a house online when the daemon is
 * killed. With the mark first, such packets would be led to a listener that is not there.
 *
 * <p>The first packet of a connection decides for all. Later ones are taken just if they belong to a connection that was
 * taken, whatever the rules say by then: so a connection that began while the table was missing, or before the start, goes
 * on as it began, and one that was taken is not let go half-way. Which is which, conntrack knows by the connection's mark,
 * also of connections that are over, whose hosts are to be told so; and where conntrack was flushed, a socket tells.
 *
 * <p>The table is replaced as a whole in one transaction, so packets meet the old or the new one. It is our own, so a
 * reload of the firewall leaves it alone; who flushes everything takes it away all the same, and {@link TableGuard} puts it
 * back.
 */
public final class InterceptionTable {
    private static final String LAN = "lan";
    private static final String LAN_EVER = "lan_ever";
    private static final String NOT_FORWARDED = "not_forwarded";
    private static final String EXCLUDED_IPV4 = "excluded4";
    private static final String EXCLUDED_IPV6 = "excluded6";
    private static final String UPLINKS = "uplinks";

    private static final int QUIC_PORT = 443;

    /** The kind of the TCP option (RFC 8684 §3). */
    private static final int MPTCP_OPTION = 30;

    private static final byte[] LOOPBACK_IPV4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private InterceptionTable() {}

    /** Takes the table away; from then on nothing is intercepted. */
    public static void remove(NfTables nfTables) {
        nfTables.delete(KernelNames.TABLE);
    }

    /**
     * The table for these wishes.
     *
     * @param lanDevices whose TCP is taken; they need not exist yet
     * @param formerLanDevices whose TCP was taken since the start: their connections go on, and none is added
     * @param port where the listener is
     * @param excluded destinations that are left alone
     * @param conversionPoints addresses and ports that are left alone, for hosts that speak Convert themselves
     * @param passMultipath whether connections are left alone that hosts begin with Multipath TCP
     * @param uplinks devices; what comes in over one of them leaves over none
     * @param refuseQuic whether the LAN's QUIC is refused on its way to the uplinks, so that browsers take TCP at once
     */
    public static NftTable table(
            Collection<String> lanDevices,
            Collection<String> formerLanDevices,
            int port,
            Collection<AddressRange> excluded,
            Collection<InetSocketAddress> conversionPoints,
            boolean passMultipath,
            Collection<String> uplinks,
            boolean refuseQuic) {
        List<NftRule> rules = new ArrayList<>();
        boolean former = !lanDevices.containsAll(formerLanDevices);
        rules.add(NftRule.builder().inputDeviceNotIn(former ? LAN_EVER : LAN).leave());
        rules.add(NftRule.builder().protocolNot(NftRule.IPPROTO_TCP).leave());
        rules.add(toListener(laterOfTaken(), AddressFamily.IPV4, LOOPBACK_IPV4, port)
                .accept());
        rules.add(toListener(laterOfTaken(), AddressFamily.IPV6, LOOPBACK_IPV6, port)
                .accept());
        rules.add(NftRule.builder()
                .tcpLaterPacket()
                .transparentSocket()
                .setMark(KernelNames.MARK, KernelNames.MARK)
                .accept());
        rules.add(NftRule.builder().tcpLaterPacket().leave());
        if (former) {
            rules.add(NftRule.builder().inputDeviceNotIn(LAN).leave());
        }
        rules.add(NftRule.builder().destinationTypeIn(NOT_FORWARDED).leave());
        rules.add(NftRule.builder()
                .destinationIn(AddressFamily.IPV4, EXCLUDED_IPV4)
                .leave());
        rules.add(NftRule.builder()
                .destinationIn(AddressFamily.IPV6, EXCLUDED_IPV6)
                .leave());
        for (InetSocketAddress point : conversionPoints) {
            InetAddress address = point.getAddress();
            rules.add(NftRule.builder()
                    .destination(address, AddressFamily.of(address).addressBits())
                    .tcpDestinationPort(point.getPort())
                    .leave());
        }
        if (passMultipath) {
            rules.add(NftRule.builder().tcpOption(MPTCP_OPTION).counter().leave());
        }
        rules.add(first(toListener(NftRule.builder(), AddressFamily.IPV4, LOOPBACK_IPV4, port)));
        rules.add(first(toListener(NftRule.builder(), AddressFamily.IPV6, LOOPBACK_IPV6, port)));
        List<NftSet> sets = new ArrayList<>(List.of(
                NftSet.ofDevices(LAN, lanDevices),
                NftSet.ofAddressTypes(
                        NOT_FORWARDED,
                        List.of(AddressType.LOCAL, AddressType.BROADCAST, AddressType.ANYCAST, AddressType.MULTICAST)),
                NftSet.ofRanges(EXCLUDED_IPV4, AddressFamily.IPV4, of(AddressFamily.IPV4, excluded)),
                NftSet.ofRanges(EXCLUDED_IPV6, AddressFamily.IPV6, of(AddressFamily.IPV6, excluded)),
                NftSet.ofDevices(UPLINKS, uplinks)));
        if (former) {
            Set<String> ever = new LinkedHashSet<>(lanDevices);
            ever.addAll(formerLanDevices);
            sets.add(NftSet.ofDevices(LAN_EVER, ever));
        }
        return new NftTable(
                KernelNames.TABLE, sets, List.of(NftChain.prerouting("prerouting", rules), forward(refuseQuic)));
    }

    /**
     * In front of the firewall's own chain, which may let through what it knows already.
     *
     * <p>When an uplink loses its address but not its carrier, the conversion point's packets to that address still arrive.
     * They are nobody's now, and would be forwarded by the default route: over cellular, with a foreign source.
     */
    private static NftChain forward(boolean refuseQuic) {
        List<NftRule> rules = new ArrayList<>();
        rules.add(NftRule.builder().outputDeviceNotIn(UPLINKS).leave());
        rules.add(NftRule.builder()
                .inputDeviceIn(UPLINKS)
                .inputDeviceNotIn(LAN)
                .counter()
                .drop());
        if (refuseQuic) {
            rules.add(NftRule.builder().inputDeviceNotIn(LAN).leave());
            rules.add(NftRule.builder()
                    .destinationIn(AddressFamily.IPV4, EXCLUDED_IPV4)
                    .leave());
            rules.add(NftRule.builder()
                    .destinationIn(AddressFamily.IPV6, EXCLUDED_IPV6)
                    .leave());
            rules.add(NftRule.builder().udpDestinationPort(QUIC_PORT).counter().reject());
        }
        return new NftChain(
                "forward",
                Optional.of(new NftChain.Hook(NftChain.HookPoint.FORWARD, NftChain.PRIORITY_FILTER - 1, false)),
                rules);
    }

    private static NftRule.Builder laterOfTaken() {
        return NftRule.builder().tcpLaterPacket().connectionMark(KernelNames.MARK, KernelNames.MARK);
    }

    private static NftRule first(NftRule.Builder toListener) {
        return toListener
                .setConnectionMark(KernelNames.MARK, KernelNames.MARK)
                .counter()
                .accept();
    }

    private static NftRule.Builder toListener(NftRule.Builder rule, AddressFamily family, byte[] loopback, int port) {
        return rule.family(family)
                .protocol(NftRule.IPPROTO_TCP)
                .proxyTo(new InetSocketAddress(family.address(loopback), port))
                .setMark(KernelNames.MARK, KernelNames.MARK);
    }

    private static List<AddressRange> of(AddressFamily family, Collection<AddressRange> ranges) {
        return ranges.stream().filter(range -> range.family() == family).toList();
    }
}
