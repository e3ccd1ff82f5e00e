package net.hybridgateway.app.daemon;

import static net.hybridgateway.netlink.testing.NetnsCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.app.kernel.InterceptionTable;
import net.hybridgateway.app.kernel.TableGuard;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is said of those who do not leave the table alone. */
@ExtendWith(NetnsExtension.class)
class InterceptionKeeperIT {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> events = new ArrayList<>();
    private long now = 77 * SECOND;
    private NfTables nfTables;
    private InterceptionKeeper keeper;

    @BeforeEach
    void keepATable() {
        nfTables = NfTables.open();
        TableGuard guard = new TableGuard(nfTables, now);
        guard.keep(InterceptionTable.table(
                List.of("br-lan"), List.of(), 7080, List.of(), List.of(), false, List.of("wan0"), false));
        keeper = new InterceptionKeeper(guard, events::add);
    }

    @AfterEach
    void close() {
        nfTables.close();
    }

    @Test
    void tellsWhoRemovedTheTable() {
        flushAndRepair();

        assertEquals(
                List.of("Another program (nft) removed the nftables table inet hybrid_gateway. It was put back."),
                events);
        assertEquals(List.of(), keeper.problems(now), "once is a firewall that was restarted");
    }

    @Test
    void complainsAboutSomebodyWhoDoesItAgainAndAgainUntilThatEnds() {
        for (int i = 0; i < InterceptionKeeper.MANY; i++) {
            flushAndRepair();
        }

        List<HealthProblem> problems = keeper.problems(now);
        assertEquals(1, problems.size());
        assertEquals(HealthCode.INTERCEPTION_REMOVED, problems.get(0).code());
        assertTrue(
                problems.get(0)
                        .text()
                        .startsWith("Another program (nft) removed or changed the nftables table inet"
                                + " hybrid_gateway 5 times in 10 minutes:"),
                problems.get(0).text());

        now += InterceptionKeeper.MEMORY_NANOS;
        assertEquals(List.of(), keeper.problems(now));
    }

    @Test
    void goesOnWhenTheKernelIsNotToBeAsked() {
        nfTables.close();

        keeper.touched("nft", now);
        keeper.tick(keeper.nextDeadlineNanos().getAsLong());

        assertEquals(List.of(), events);
        assertTrue(keeper.nextDeadlineNanos().getAsLong() > now, "and tries again later");
    }

    private void flushAndRepair() {
        now += SECOND;
        run("nft flush ruleset");
        keeper.touched("nft", now);
        now = keeper.nextDeadlineNanos().getAsLong();
        keeper.tick(now);
        assertTrue(nfTables.exists("hybrid_gateway"));
    }
}
