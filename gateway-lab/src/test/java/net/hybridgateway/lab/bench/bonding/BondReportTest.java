package net.hybridgateway.lab.bench.bonding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.traffic.TrafficKind;
import org.junit.jupiter.api.Test;

class BondReportTest {
    private static final Circumstances HERE =
            new Circumstances("sudo ./dev bench bond", LocalDate.of(2026, 1, 2), "6.18.1", "2 × x");
    private static final BondCase ONE = new BondCase(LinePair.EQUAL, TrafficKind.DOWNLOAD, 1);

    @Test
    void takesTheMedianOfRatiosWithinTheirTrial() {
        BondFigures figures = BondFigures.of(
                ONE,
                List.of(
                        new BondTrial(ONE, 1, 20e6, 20e6, 38e6, 38e6),
                        new BondTrial(ONE, 2, 20e6, 20e6, 19e6, 38e6),
                        new BondTrial(ONE, 3, 10e6, 10e6, 20e6, 19e6)));

        assertEquals(List.of("40.0", "0.95", "0.95", "1.00", "0.50", "1.90"), figures.cells());
        assertTrue(figures.isGood());
    }

    @Test
    void marksWhatIsBelowItsBound() {
        BondReport slowerThanRaw = report(new BondTrial(ONE, 1, 20e6, 20e6, 36e6, 38e6));
        BondReport slowerThanOneLine = report(new BondTrial(ONE, 1, 40e6, 5e6, 36e6, 36e6));

        assertFalse(slowerThanRaw.isGood());
        assertTrue(slowerThanRaw.toTable().contains("0.95 !"), slowerThanRaw::toTable);
        assertFalse(slowerThanOneLine.isGood());
        assertTrue(slowerThanOneLine.toMarkdown().contains("| 0.90 ! |"), slowerThanOneLine::toMarkdown);
    }

    @Test
    void measuresEachPairInBothDirectionsWithOneConnectionAndMany() {
        assertEquals(4, BondOptions.cases(LinePair.RTT_TEN).size());
        assertEquals(
                List.of(LinePair.EQUAL, LinePair.LOSS_MUCH),
                BondOptions.parse(List.of("--pair", "equal,loss-much")).pairs());
        assertThrows(IllegalArgumentException.class, () -> BondOptions.parse(List.of("--rounds", "0")));
        assertThrows(IllegalArgumentException.class, () -> new BondCase(LinePair.EQUAL, TrafficKind.ECHO, 1));
    }

    private static BondReport report(BondTrial trial) {
        return new BondReport(HERE, 1, List.of(trial));
    }
}
