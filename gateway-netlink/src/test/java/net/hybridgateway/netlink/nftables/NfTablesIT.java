package net.hybridgateway.netlink.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
class NfTablesIT {
    /** As nft 1.0.6 prints it; spaces and line ends are made equal before comparing. */
    private static final String LISTED = """
            table inet hybrid_gateway {
                set lan { type ifname elements = { "br-lan", "br-guest" } }
                set kept { type fib_addrtype elements = { local, broadcast, anycast, multicast } }
                set excluded4 { type ipv4_addr flags interval elements = { 10.0.0.0/8, 192.0.2.1, 240.0.0.0/4 } }
                set excluded6 { type ipv6_addr flags interval elements = { 2001:db8::/32, fe80::/10 } }
                chain prerouting {
                    type filter hook prerouting priority mangle; policy accept;
                    iifname != @lan return
                    meta l4proto != tcp return
                    fib daddr type @kept return
                    ip daddr @excluded4 return
                    ip6 daddr @excluded6 return
                    meta nfproto ipv4 meta l4proto tcp tproxy ip to 127.0.0.1:7001 meta mark set 0x00020000 counter packets 0 bytes 0 accept comment "to the relay"
                    meta nfproto ipv6 meta l4proto tcp tproxy ip6 to [::1]:7001 meta mark set 0x00020000 counter packets 0 bytes 0 accept comment "to the relay"
                }
                chain more {
                    iifname "br-*" tcp dport 443 goto last
                    ip daddr 192.0.2.0/25 tcp dport != 22 jump last
                    fib daddr type local drop
                }
                chain last { iifname "lo" return }
            }
            """;

    @Test
    void theNftToolListsWhatWasMeant() {
        try (NfTables tables = NfTables.open()) {
            tables.replace(SampleTable.table());
            assertEquals(words(LISTED), words(list(SampleTable.NAME)));
        }
    }

    @Test
    void theNftToolListsMarksAndSockets() {
        NftChain chain = new NftChain(
                "marks",
                Optional.of(new NftChain.Hook(NftChain.HookPoint.PREROUTING, NftChain.PRIORITY_FILTER, true)),
                List.of(
                        NftRule.builder().mark(0x100, 0xff00).accept(),
                        NftRule.builder()
                                .transparentSocket()
                                .setMark(0x20000, 0xff0000)
                                .build(),
                        NftRule.builder()
                                .connectionMark(0x100, 0x100)
                                .setConnectionMark(0x20000, 0xff0000)
                                .build(),
                        NftRule.builder()
                                .destination(SampleTable.address("2001:db8::1"), 128)
                                .counter()
                                .build(),
                        NftRule.builder()
                                .destination(SampleTable.address("::"), 0)
                                .drop()));
        try (NfTables tables = NfTables.open()) {
            tables.replace(new NftTable("marks", List.of(), List.of(chain)));
            assertEquals(words("""
                            table inet marks {
                                chain marks {
                                    type filter hook prerouting priority filter; policy drop;
                                    meta mark & 0x0000ff00 == 0x00000100 accept
                                    socket transparent 1 meta mark set meta mark & 0xff02ffff | 0x00020000
                                    ct mark & 0x00000100 == 0x00000100 ct mark set ct mark & 0xff02ffff | 0x00020000
                                    ip6 daddr 2001:db8::1 counter packets 0 bytes 0
                                    ip6 daddr ::/0 drop
                                }
                            }
                            """), words(list("marks")));
        }
    }

    @Test
    void replacingTwiceIsAsReplacingOnce() {
        try (NfTables tables = NfTables.open()) {
            tables.replace(SampleTable.table());
            String once = list(SampleTable.NAME);
            tables.replace(SampleTable.table());
            assertEquals(once, list(SampleTable.NAME));
            tables.replace(new NftTable(SampleTable.NAME, List.of(), List.of()));
            assertEquals("table inet hybrid_gateway { }", words(list(SampleTable.NAME)));
        }
    }

    @Test
    void deletesOnlyItsOwnTableAndOnlyOnce() {
        NetnsCommands.run("nft add table inet other");
        try (NfTables tables = NfTables.open()) {
            assertFalse(tables.exists(SampleTable.NAME));
            tables.delete(SampleTable.NAME);
            tables.replace(SampleTable.table());
            assertTrue(tables.exists(SampleTable.NAME));
            tables.delete(SampleTable.NAME);
            tables.delete(SampleTable.NAME);
            assertFalse(tables.exists(SampleTable.NAME));
            assertTrue(tables.exists("other"));
        }
        assertEquals("table inet other", words(NetnsCommands.run("nft list tables")));
    }

    @Test
    void namesTheMessageThatFailsAndLeavesTheOldTable() {
        // The kernel refuses loops of jumps.
        NftTable loop = new NftTable(
                SampleTable.NAME,
                List.of(),
                List.of(
                        NftChain.prerouting("base", List.of(NftRule.builder().jump("a"))),
                        NftChain.regular("a", List.of(NftRule.builder().jump("a")))));
        try (NfTables tables = NfTables.open()) {
            tables.replace(SampleTable.table());
            String before = list(SampleTable.NAME);
            NetlinkException refused = assertThrows(NetlinkException.class, () -> tables.replace(loop));
            assertTrue(refused.errno().isPresent(), refused::toString);
            assertTrue(refused.operation().contains("chain a"), refused::toString);
            assertEquals(before, list(SampleTable.NAME));
            tables.replace(SampleTable.table());
        }
    }

    @Test
    void takesThousandsOfPrefixes() {
        List<AddressRange> ranges = IntStream.range(0, 2500)
                .mapToObj(i -> SampleTable.range("10." + i / 250 + "." + i % 250 + ".0", 25))
                .toList();
        try (NfTables tables = NfTables.open()) {
            tables.replace(new NftTable(
                    "long",
                    List.of(
                            NftSet.ofRanges("many", AddressFamily.IPV4, ranges),
                            NftSet.ofRanges("none", AddressFamily.IPV6, List.of()),
                            NftSet.ofRanges("all", AddressFamily.IPV6, List.of(SampleTable.range("::", 0)))),
                    List.of()));
            String listed = list("long");
            assertEquals(2500, listed.split("/25", -1).length - 1);
            assertTrue(words(listed).contains("set all { type ipv6_addr flags interval elements = { ::/0 } }"), listed);
        }
    }

    @Test
    void anImageStaysAsItIsUntilSomebodyChangesTheTable() {
        try (NfTables tables = NfTables.open()) {
            assertEquals(Optional.empty(), tables.image(SampleTable.NAME));
            tables.replace(SampleTable.table());
            Optional<NftTableImage> image = tables.image(SampleTable.NAME);
            long generation = tables.generation();
            NetnsCommands.run("nft add table inet other");
            assertEquals(image, tables.image(SampleTable.NAME));
            assertEquals(generation + 1, tables.generation());

            for (String change : List.of(
                    "add rule inet hybrid_gateway last accept",
                    "add chain inet hybrid_gateway foreign",
                    "flush chain inet hybrid_gateway prerouting",
                    "add element inet hybrid_gateway lan { br-more }",
                    "delete element inet hybrid_gateway excluded4 { 10.0.0.0/8 }",
                    "add set inet hybrid_gateway foreign { type ipv4_addr; }",
                    "chain inet hybrid_gateway prerouting { policy drop; }",
                    "add table inet hybrid_gateway { flags dormant; }")) {
                Optional<NftTableImage> before = tables.image(SampleTable.NAME);
                NetnsCommands.run("nft " + change);
                assertNotEquals(before, tables.image(SampleTable.NAME), change);
            }
            tables.replace(SampleTable.table());
            assertNotEquals(image, tables.image(SampleTable.NAME), "another table, although it says the same");
            tables.delete(SampleTable.NAME);
            assertEquals(Optional.empty(), tables.image(SampleTable.NAME));
        }
    }

    @Test
    void aMonitorTellsWhoseTableATransactionTouched() {
        try (NfTables tables = NfTables.open();
                NftMonitor monitor = NftMonitor.open()) {
            tables.replace(SampleTable.table());
            assertEquals(Set.of(SampleTable.NAME), touched(monitor));

            NetnsCommands.run("nft add table inet other");
            assertEquals(Set.of("other"), touched(monitor));

            NetnsCommands.run("nft add table ip others");
            assertEquals(Set.of(), touched(monitor), "other families are not told of");

            NetnsCommands.run("nft add rule inet hybrid_gateway last accept");
            assertEquals(Set.of(SampleTable.NAME), touched(monitor));

            NetnsCommands.run("nft flush ruleset");
            assertEquals(Set.of(SampleTable.NAME, "other"), touched(monitor));
        }
    }

    /** The tables of one transaction. */
    private static Set<String> touched(NftMonitor monitor) {
        Set<String> tables = new HashSet<>();
        while (true) {
            NftEvent event = monitor.next(Duration.ofSeconds(10)).orElseThrow();
            if (event instanceof NftEvent.TableChanged changed) {
                tables.add(changed.table());
            } else if (event instanceof NftEvent.Committed committed) {
                assertTrue(committed.generation() > 0, committed::toString);
                assertFalse(committed.process().isEmpty(), committed::toString);
                return tables;
            }
        }
    }

    /** Names of protocols are those of /etc/protocols, which a minimal system lacks; nft then writes the number. */
    private static String list(String table) {
        return NetnsCommands.run("nft list table inet " + table).replaceAll("l4proto ((?:!= )?)6\\b", "l4proto $1tcp");
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
