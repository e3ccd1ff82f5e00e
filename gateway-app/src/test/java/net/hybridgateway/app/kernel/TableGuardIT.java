package net.hybridgateway.app.kernel;

import static net.hybridgateway.netlink.testing.NetnsCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.kernel.TableGuard.Damage;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftChain;
import net.hybridgateway.netlink.nftables.NftRule;
import net.hybridgateway.netlink.nftables.NftTable;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to the table, and what is there afterwards. */
@ExtendWith(NetnsExtension.class)
class TableGuardIT {
    private long now = Long.MAX_VALUE - 1000; // a clock may be anywhere, and run over
    private NfTables nfTables;
    private TableGuard guard;

    @BeforeEach
    void keepATable() {
        nfTables = NfTables.open();
        guard = new TableGuard(nfTables, now);
        guard.keep(table(7080));
    }

    @AfterEach
    void close() {
        nfTables.close();
    }

    @Test
    void leavesATableAloneThatNobodyTouched() {
        String before = listed();
        run("nft add table inet fw4");
        long generation = nfTables.generation();

        assertEquals(Optional.empty(), lookNow());
        now += TableGuard.LOOK_NANOS;
        assertEquals(Optional.empty(), guard.tick(now));

        assertEquals(generation, nfTables.generation());
        assertEquals(before, listed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flush chain inet hybrid_gateway prerouting",
                "insert rule inet hybrid_gateway prerouting accept",
                "delete element inet hybrid_gateway lan { br-lan }",
                "add element inet hybrid_gateway excluded4 { 10.0.0.0/8 }",
                "chain inet hybrid_gateway prerouting { policy drop; }",
                "add table inet hybrid_gateway { flags dormant; }",
                "add chain inet hybrid_gateway more { type filter hook forward priority 0; policy drop; }"
            })
    void putsRightWhatOthersChange(String change) {
        String before = listed();
        run("nft " + change);

        assertEquals(Optional.of(Damage.CHANGED), lookNow());

        assertEquals(before, listed());
        assertEquals(Optional.empty(), lookNow(), "its own change is none of others");
    }

    @Test
    void putsBackATableThatWasFlushedWithAllOthers() {
        String before = listed();
        run("nft flush ruleset");

        assertEquals(Optional.of(Damage.REMOVED), lookNow());

        assertEquals(before, listed());
    }

    @Test
    void findsOutByItselfIfNobodyTellsIt() {
        run("nft flush ruleset");
        assertEquals(Optional.empty(), guard.tick(now), "nobody has told it to look");
        now += TableGuard.LOOK_NANOS;

        assertEquals(Optional.of(Damage.REMOVED), guard.tick(now));
    }

    @Test
    void isInNoHurryAgainstSomebodyWhoRemovesItAllTheTime() {
        run("nft flush ruleset");
        assertEquals(Optional.of(Damage.REMOVED), lookNow());

        run("nft flush ruleset");
        assertEquals(Optional.empty(), lookNow(), "right after the last time");
        now += TableGuard.PAUSE_NANOS;
        assertEquals(Optional.of(Damage.REMOVED), guard.tick(now), "but soon");
    }

    @Test
    void guardsTheNewTableAndNotTheOld() {
        guard.keep(table(7081));
        assertEquals(Optional.empty(), lookNow());
        run("nft delete table inet hybrid_gateway");

        assertEquals(Optional.of(Damage.REMOVED), lookNow());

        assertTrue(listed().contains(":7081"), listed());
    }

    @Test
    void guardsTheOldTableIfTheKernelRefusesTheNew() {
        NftTable loop = new NftTable(
                KernelNames.TABLE,
                List.of(),
                List.of(
                        NftChain.prerouting("base", List.of(NftRule.builder().jump("a"))),
                        NftChain.regular("a", List.of(NftRule.builder().jump("a")))));
        assertThrows(NetlinkException.class, () -> guard.keep(loop));
        run("nft flush ruleset");

        assertEquals(Optional.of(Damage.REMOVED), lookNow());
        assertTrue(listed().contains(":7080"), listed());
    }

    @Test
    void guardsNothingAnyMoreAfterItsRelease() {
        guard.release();

        assertEquals(Optional.empty(), lookNow());
        assertFalse(nfTables.exists(KernelNames.TABLE));
    }

    private Optional<Damage> lookNow() {
        guard.look(now);
        assertEquals(Optional.empty(), guard.tick(now), "others may not be ready yet");
        now += TableGuard.SETTLE_NANOS;
        return guard.tick(now);
    }

    private static NftTable table(int port) {
        return InterceptionTable.table(
                List.of("br-lan"), List.of(), port, List.of(), List.of(), false, List.of("wan0"), false);
    }

    private static String listed() {
        return run("nft list table inet hybrid_gateway");
    }
}
