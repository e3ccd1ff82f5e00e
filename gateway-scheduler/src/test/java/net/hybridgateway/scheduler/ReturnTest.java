package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to connections when an uplink comes back. */
class ReturnTest {
    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    private SimulatedConnection connectAndBreak() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(10));
        gateway.mark();
        return connection;
    }

    /** Hold-down 5 s; 40 ms until the fixed subflow is fully established; quiet time 10 s; the peer closes in 35 ms. */
    @Test
    void movesBackAfterTheHoldDownAndClosesCellularAfterTheQuietTime() {
        SimulatedConnection connection = connectAndBreak();

        gateway.carrier("fixed", true);
        gateway.runUntilQuiet();

        assertEquals("""
                0 fixed HOLD_DOWN CAME_BACK
                5000 fixed ONLINE STAYED_UP
                5000 create fixed 0 to 192.0.2.1
                15040 remove cellular 1
                """, gateway.story());
        assertTrue(connection.usable());
        assertTrue(connection.on("cellular").isEmpty());
    }

    @Test
    void destroysTheCellularSubflowItselfWhenThePeerDoesNotCloseIt() {
        connectAndBreak();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(15));
        gateway.mark();

        // The engine knows nothing of the cellular line's death: its events come late.
        gateway.uplink("cellular").observe(gateway.uplink("cellular").withCarrier(false));
        gateway.runUntilQuiet();

        assertEquals("""
                40 remove cellular 1
                1040 destroy cellular 1
                """, gateway.story());
    }

    @Test
    void joinsAStandbyUplinkAgainAndKeepsIt() {
        SimulatedGateway standing = SimulatedGateway.withCellular(UplinkUse.STANDBY);
        SimulatedConnection connection = standing.connect();
        standing.run(Duration.ofSeconds(1));
        standing.carrier("cellular", false);
        standing.run(Duration.ofSeconds(2));
        standing.mark();

        standing.carrier("cellular", true);
        standing.runUntilQuiet();

        assertEquals("""
                0 cellular HOLD_DOWN CAME_BACK
                5000 cellular ONLINE STAYED_UP
                5000 create cellular 1 to 192.0.2.1 backup
                """, standing.story());
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void makesTheInitialSubflowBackupWhenTheConnectionStartsOnCellular() {
        gateway.carrier("fixed", false);
        gateway.mark();
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.carrier("fixed", true);
        gateway.runUntilQuiet();

        assertEquals("""
                0 backup cellular 0
                100 backup cellular 0
                300 backup cellular 0
                700 backup cellular 0
                1000 fixed HOLD_DOWN CAME_BACK
                6000 fixed ONLINE STAYED_UP
                6000 create fixed 1 to 192.0.2.1
                16040 remove cellular 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void givesTheInitialAddressItsIdBackWhenCellularIsNeededAgain() {
        gateway.carrier("fixed", false);
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofMinutes(1));
        gateway.mark();

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(120));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 0 to 192.0.2.1 backup
                100 remove fixed 1
                100 remove fixed 1
                100 destroy fixed 1
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void keepsCellularWhenTheFixedLineBreaksAgainDuringTheQuietTime() {
        SimulatedConnection connection = connectAndBreak();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(8));
        gateway.mark();

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMinutes(1));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 remove fixed 0
                0 remove fixed 0
                0 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void joinsCellularAnewWhenTheFixedLineBreaksWhileCellularIsBeingClosed() {
        SimulatedConnection connection = connectAndBreak();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofMillis(15_041));
        gateway.mark();

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(10));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 destroy cellular 1
                0 create cellular 1 to 192.0.2.1 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void undoesAnAttemptToReturnWhenTheLineBreaksMeanwhile() {
        SimulatedConnection connection = connectAndBreak();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofMillis(5_010));
        gateway.carrier("fixed", false);
        gateway.runUntilQuiet();

        assertEquals("""
                0 fixed HOLD_DOWN CAME_BACK
                5000 fixed ONLINE STAYED_UP
                5000 create fixed 0 to 192.0.2.1
                5010 fixed OFFLINE CARRIER_LOST
                5010 remove fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void offersATrustedUplinkFirstToNewConnections() {
        gateway.carrier("fixed", false);
        gateway.carrier("fixed", true);
        assertEquals("[cellular, fixed]", names());
        gateway.run(Duration.ofSeconds(5));
        assertEquals("[fixed, cellular]", names());
        gateway.carrier("fixed", false);
        assertEquals("[cellular]", names());
        gateway.carrier("cellular", false);
        gateway.carrier("fixed", true);
        assertEquals("[fixed]", names());
    }

    private String names() {
        return gateway.engine.initialPaths().stream()
                .map(InitialPath::uplink)
                .toList()
                .toString();
    }

    @Test
    void leavesNoAttemptBehindOnTheUplinkThatIsNoLongerNeeded() {
        gateway.connect();
        gateway.uplink("cellular").kernelRefusals = 1_000;
        gateway.enable("fixed", false);
        gateway.run(Duration.ofMillis(300));
        gateway.enable("fixed", true);
        gateway.mark();
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }
}
