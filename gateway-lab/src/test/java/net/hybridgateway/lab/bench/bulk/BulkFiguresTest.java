package net.hybridgateway.lab.bench.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import org.junit.jupiter.api.Test;

class BulkFiguresTest {
    private static final BulkCase DIRECT = new BulkCase(Leg.TCP, 1, BulkCase.Way.UP, 50);
    private static final BulkCase MULTIPATH = new BulkCase(Leg.MPTCP, 4, BulkCase.Way.DOWN, 1);
    private static final long GIGABYTE = 1_000_000_000;
    private static final long SECOND = 1_000_000_000;

    private final List<BulkRun> runs = new ArrayList<>();

    @Test
    void comparesWhatBelongsToTheSameRound() {
        run(DIRECT, Rival.GATEWAY, 1, 1.0, GIGABYTE);
        run(DIRECT, Rival.SS_REDIR, 1, 4.0, GIGABYTE);
        run(DIRECT, Rival.GATEWAY, 2, 3.0, GIGABYTE);
        run(DIRECT, Rival.SS_REDIR, 2, 6.0, GIGABYTE);
        run(DIRECT, Rival.GATEWAY, 3, 9.0, GIGABYTE);
        run(DIRECT, Rival.SS_REDIR, 3, 9.0, GIGABYTE);
        run(MULTIPATH, Rival.SS_REDIR, 3, 1.0, GIGABYTE);

        BulkFigures figures = BulkFigures.of(DIRECT, runs);

        // 0.25, 0.5 and 1: not the ratio of the medians.
        assertEquals(Optional.of(0.5), figures.costTo(Rival.SS_REDIR));
        assertEquals(Optional.empty(), figures.costTo(Rival.HAPROXY));
        assertEquals(List.of(), figures.misses());
    }

    @Test
    void takesTheSettingOfHaproxyThatIsBestAtWhatCounts() {
        run(MULTIPATH, Rival.GATEWAY, 1, 0.9, GIGABYTE);
        run(MULTIPATH, Rival.HAPROXY, 1, 1.0, GIGABYTE / 2);
        run(MULTIPATH, Rival.HAPROXY_LARGE, 1, 2.0, GIGABYTE);

        BulkFigures figures = BulkFigures.of(MULTIPATH, runs);

        assertEquals(0.9, figures.costToHaproxy().orElseThrow(), 1e-9);
        assertEquals(1.0, figures.goodputToHaproxy().orElseThrow(), 1e-9);
    }

    @Test
    void namesEveryBoundThatIsMissed() {
        run(MULTIPATH, Rival.GATEWAY, 1, 0.96, GIGABYTE * 9 / 10);
        run(MULTIPATH, Rival.HAPROXY, 1, 1.0, GIGABYTE);
        run(MULTIPATH, Rival.SS_REDIR, 1, 1.5, GIGABYTE);
        run(DIRECT, Rival.GATEWAY, 1, 1.2, GIGABYTE);
        run(DIRECT, Rival.HAPROXY, 1, 0.1, GIGABYTE);
        run(DIRECT, Rival.HAPROXY_SPLICE, 1, 1.0, GIGABYTE);

        List<String> multipath = BulkFigures.of(MULTIPATH, runs).misses();
        assertEquals(3, multipath.size(), multipath::toString);
        assertTrue(multipath.get(1).contains("goodput to HAProxy's best 0.900, wanted ≥ 1.00"), multipath::toString);
        // Without Multipath TCP it is splice alone that counts.
        assertEquals(
                List.of("TCP→TCP, 1 Gbit/s up, 50: processor time to HAProxy's splice 1.200, wanted ≤ 1.10"),
                BulkFigures.of(DIRECT, runs).misses());
    }

    @Test
    void measuresAllThatIsAskedForAndNothingElse() {
        assertEquals(24, BulkCase.all(BulkOptions.parse(List.of())).size());
        BulkOptions one = BulkOptions.parse(
                List.of("--leg", "mptcp", "--rate", "4", "--way", "down", "--connections", "1", "--count", "1"));
        assertEquals(List.of(MULTIPATH), BulkCase.all(one));
        for (List<String> wrong : List.of(
                List.of("--connections", "1001"),
                List.of("--connections", "1,,2"),
                List.of("--rate", "0"),
                List.of("--system", "nginx"))) {
            assertThrows(IllegalArgumentException.class, () -> BulkOptions.parse(wrong), wrong::toString);
        }
    }

    private void run(BulkCase kind, Rival rival, int round, double cpuPerGigabyte, long bytes) {
        long cpu = Math.round(cpuPerGigabyte * bytes / GIGABYTE * SECOND);
        runs.add(new BulkRun(rival, kind, round, bytes, SECOND, cpu, 0.5));
    }
}
