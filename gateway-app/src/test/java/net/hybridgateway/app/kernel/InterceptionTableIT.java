package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.netlink.testing.NetnsCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.hybridgateway.netlink.nftables.AddressRange;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code nft} says of the table. */
@ExtendWith(NetnsExtension.class)
class InterceptionTableIT {
    private static final List<String> UPLINKS = List.of("wan0", "wwan0");
    private static final List<AddressRange> EXCLUDED = List.of(
            AddressRange.ofPrefix(ip("10.0.0.0"), 8),
            AddressRange.ofPrefix(ip("192.168.0.0"), 16),
            AddressRange.ofPrefix(ip("2001:db8:5::"), 48));

    private NfTables nfTables;

    @BeforeEach
    void open() {
        nfTables = NfTables.open();
    }

    @AfterEach
    void close() {
        nfTables.close();
    }

    @Test
    void proxiesFirstAndMarksThen() {
        apply();

        String text = run("nft list table inet hybrid_gateway");
        for (String rule : List.of("tproxy ip to 127.0.0.1:7080", "tproxy ip6 to [::1]:7080")) {
            String line =
                    text.lines().filter(each -> each.contains(rule)).findFirst().orElseThrow();
            int mark = line.indexOf("meta mark set");
            assertTrue(mark > line.indexOf(rule), "a packet without listener must stay unmarked: " + line);
            assertTrue(line.indexOf("accept") > mark, line);
            assertTrue(line.contains("0x08000000"), line);
        }
    }

    @Test
    void leavesAloneWhatIsNotToBeIntercepted() {
        apply();

        String text = run("nft list table inet hybrid_gateway");
        int proxy = text.indexOf("ct mark set");
        for (String part : List.of(
                "iifname != @lan",
                "fib daddr type @not_forwarded",
                "ip daddr @excluded4",
                "ip6 daddr @excluded6",
                "ip daddr 203.0.113.1 tcp dport 7000",
                "ip6 daddr 2001:db8:9::1 tcp dport 7001")) {
            int place = text.indexOf(part);
            assertTrue(place > 0 && place < proxy, part + " in front of those that take it in\n" + text);
        }
        assertTrue(text.contains("10.0.0.0/8"), text);
        assertTrue(text.contains("2001:db8:5::/48"), text);
        assertTrue(text.contains("\"br-lan\""), text);
        assertTrue(text.contains("\"guest\""), text);
    }

    @Test
    void isTheSameAfterTheSecondTime() {
        apply();
        String once = run("nft list table inet hybrid_gateway");

        apply();

        assertEquals(once, run("nft list table inet hybrid_gateway"));
        assertEquals("table inet hybrid_gateway\n", run("nft list tables"));
    }

    @Test
    void goesWithoutATrace() {
        run("nft add table inet owners");
        apply();

        InterceptionTable.remove(nfTables);
        InterceptionTable.remove(nfTables);

        assertEquals("table inet owners\n", run("nft list tables"));
        assertFalse(nfTables.exists("hybrid_gateway"));
    }

    @Test
    void needsNoExclusionsNorConversionPoints() {
        nfTables.replace(InterceptionTable.table(
                List.of("br-lan"), List.of(), 7080, List.of(), List.of(), false, UPLINKS, false));
        assertTrue(run("nft list table inet hybrid_gateway").contains("tproxy ip to"));
    }

    @Test
    void leavesHostsThatSpeakMultipathTcpAloneOnlyWhereThatIsWanted() {
        apply();
        assertFalse(run("nft list table inet hybrid_gateway").contains("option"));

        nfTables.replace(
                InterceptionTable.table(List.of("br-lan"), List.of(), 7080, EXCLUDED, List.of(), true, UPLINKS, false));
        List<String> lines = lines();
        int option = indexOf(lines, "tcp option mptcp exists");
        assertTrue(lines.get(option).matches("tcp option mptcp exists counter .*return"), lines.get(option));
        assertTrue(option > indexOf(lines, "socket transparent"), "it is for first packets");
        assertTrue(option < indexOf(lines, "ct mark set"), "and before they are taken");
    }

    @Test
    void letsTheFirstPacketOfAConnectionDecideForAll() {
        apply();

        List<String> lines = lines();
        int known = indexOf(lines, "ct mark & 0x08000000 == 0x08000000");
        assertTrue(
                lines.get(known).matches("tcp flags .*syn.* tproxy ip to .* meta mark set .*accept"), lines.get(known));
        assertTrue(
                lines.get(known + 1).matches("tcp flags .*syn.* tproxy ip6 to .* meta mark set .*accept"),
                lines.get(known + 1));
        assertTrue(
                lines.get(known + 2).matches("tcp flags .*syn.* socket transparent 1 .*accept"), lines.get(known + 2));
        assertTrue(lines.get(known + 3).matches("tcp flags .*syn.* return"), lines.get(known + 3));
        assertTrue(known + 3 < indexOf(lines, "ct mark set"), "only first packets come so far");
        assertTrue(known + 3 < indexOf(lines, "@excluded4"), "what was taken stays, also if it is excluded now");
    }

    @Test
    void keepsTheConnectionsOfALanDeviceThatIsTakenNoMoreAndAddsNone() {
        nfTables.replace(InterceptionTable.table(
                List.of("br-lan"), List.of("br-lan", "guest"), 7080, EXCLUDED, List.of(), false, UPLINKS, false));

        List<String> lines = lines();
        int later = indexOf(lines, "ct mark & 0x08000000 == 0x08000000");
        assertTrue(indexOf(lines, "iifname != @lan_ever return") < later);
        int none = indexOf(lines, "iifname != @lan return");
        assertTrue(none > later && none < indexOf(lines, "ct mark set"), lines::toString);
    }

    @Test
    void neverForwardsFromUplinkToUplink() {
        apply();

        assertEquals(
                List.of(
                        "type filter hook forward priority filter - 1; policy accept;",
                        "oifname != @uplinks return",
                        "iifname @uplinks iifname != @lan counter packets 0 bytes 0 drop"),
                forward().subList(0, 3));
        assertEquals("}", forward().get(3), "QUIC is left alone");
    }

    @Test
    void refusesQuicOnlyWhereThatIsWantedAndNeverSilently() {
        nfTables.replace(
                InterceptionTable.table(List.of("br-lan"), List.of(), 7080, EXCLUDED, List.of(), false, UPLINKS, true));

        assertEquals(
                List.of(
                        "iifname != @lan return",
                        "ip daddr @excluded4 return",
                        "ip6 daddr @excluded6 return",
                        "udp dport 443 counter packets 0 bytes 0 reject"),
                forward().subList(3, 7));
    }

    /** The lines of the chain, without its name. */
    private static List<String> forward() {
        List<String> lines = lines();
        return lines.subList(indexOf(lines, "chain forward") + 1, lines.size());
    }

    private static List<String> lines() {
        return run("nft list table inet hybrid_gateway")
                .lines()
                .map(String::strip)
                .toList();
    }

    private static int indexOf(List<String> lines, String part) {
        String found =
                lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
        return lines.indexOf(found);
    }

    private void apply() {
        nfTables.replace(InterceptionTable.table(
                List.of("br-lan", "guest"),
                List.of(),
                7080,
                EXCLUDED,
                List.of(at("203.0.113.1", 7000), at("2001:db8:9::1", 7001)),
                false,
                UPLINKS,
                false));
    }
}
