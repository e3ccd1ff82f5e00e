package net.hybridgateway.mgmt.mqtt;

import static net.hybridgateway.mgmt.mqtt.SessionSimulation.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import org.junit.jupiter.api.Test;

/** What a day on cellular costs, from the messages that are really sent. */
class DataBudgetTest {
    private final SessionSimulation house = new SessionSimulation(SessionSimulation.config(FIRST));

    @Test
    void aDayOnCellularCostsAtMostFiftyKilobytes() {
        house.pass(Duration.ofMinutes(5));
        house.status = StatusSamples.duringABreak();
        house.events = StatusSamples.events().events();
        long publishedBefore = house.published().count();

        house.pass(Duration.ofDays(1));

        long bytes = house.session().view().cellularBytes();
        long messages = house.published().count() - publishedBefore;
        System.out.println("a day on cellular: " + bytes + " bytes, " + messages + " messages");
        // 24 metrics, what the break itself brings, and the one new connection with the longer keep alive.
        assertTrue(messages >= 24 + 4, messages + " messages");
        assertTrue(bytes <= DataBudget.DAY_BYTES, bytes + " bytes");
        assertTrue(bytes >= 20_000, "an estimate that forgets something: " + bytes);
    }

    @Test
    void aBadDayOnCellularStaysWithinTheBudgetToo() {
        house.status = StatusSamples.duringABreak();
        List<EventStatus> events = new ArrayList<>();
        // An uplink that tries to come back every half hour.
        for (int i = 1; i <= 48; i++) {
            events.add(new EventStatus(
                    i,
                    Instant.EPOCH,
                    0,
                    0,
                    EventKind.UPLINK,
                    "fixed",
                    "The uplink is up. It was not trusted yet.",
                    1,
                    Optional.empty()));
            house.events = List.copyOf(events.subList(Math.max(0, i - 20), i));
            house.pass(Duration.ofMinutes(30));
        }
        long bytes = house.session().view().cellularBytes();
        System.out.println("a bad day on cellular: " + bytes + " bytes");
        assertEquals(48, house.published("event").size(), "events are not saved");
        assertTrue(house.published("metrics").size() < 24, "metrics are");
        assertTrue(bytes <= DataBudget.DAY_BYTES + 25_000, bytes + " bytes");
    }

    @Test
    void costsNothingOnTheFixedLine() {
        house.pass(Duration.ofDays(1));
        assertEquals(0, house.session().view().cellularBytes());
    }

    @Test
    void countsEachPacketOfALongMessage() {
        long one = DataBudget.message("t", 100, 0);
        long three = DataBudget.message("t", 100 + 2 * DataBudget.SEGMENT, 0);
        assertEquals(2L * (DataBudget.SEGMENT + DataBudget.DATA_HEADERS + DataBudget.TLS_RECORD), three - one);
    }
}
