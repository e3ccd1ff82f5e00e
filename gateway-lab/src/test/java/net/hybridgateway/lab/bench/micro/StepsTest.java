package net.hybridgateway.lab.bench.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.List;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertServerOutcome;
import net.hybridgateway.netlink.diag.DiagnosedSubflow;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import org.junit.jupiter.api.Test;

/** What is measured is done, and what it is compared with does the same. */
class StepsTest {
    @Test
    void readsTheSameEventBothWays() throws UnknownHostException {
        NetlinkSteps steps = new NetlinkSteps();

        MptcpEvent event = steps.event();

        assertInstanceOf(MptcpEvent.SubflowEstablished.class, event);
        assertEquals(event, steps.eventAtKnownPlaces());
    }

    @Test
    void readsAWholeListOfSubflows() {
        List<DiagnosedSubflow> subflows = new NetlinkSteps().subflowOfAList();

        assertEquals(NetlinkSteps.DUMPED, subflows.size());
        DiagnosedSubflow first = subflows.get(0);
        assertEquals(KernelWords.TOKEN, first.token());
        assertEquals(KernelWords.LOCAL, first.local());
        assertEquals(KernelWords.REMOTE, first.remote());
        assertTrue(first.tcp().isPresent() && first.fullyEstablished());
    }

    @Test
    void hearsThatACommandWasDone() {
        new NetlinkSteps().command();
    }

    @Test
    void asksForTheSameServerBothWays() {
        ConvertSteps steps = new ConvertSteps();

        assertArrayEquals(steps.request(), steps.requestAtKnownPlaces());
    }

    @Test
    void bothEndsOfConvertComeToTheirGoal() {
        ConvertSteps steps = new ConvertSteps();

        assertInstanceOf(ConvertClientOutcome.Accepted.class, steps.wholeOfTheGateway());
        assertInstanceOf(ConvertServerOutcome.Connect.class, steps.wholeOfTheConversionPoint());
    }

    @Test
    void movesEveryConnectionInABreak() {
        for (int connections : List.of(1, 10, 1000)) {
            assertEquals(connections, new Household(connections).breakOfTheFixedLine());
        }
    }

    @Test
    void takesOneMoreInAndForgetsIt() {
        Household household = new Household(3);

        household.open(4);
        assertEquals(4, household.snapshot().connections().size());
        household.close(4);
        assertEquals(3, household.snapshot().connections().size());
    }
}
