package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The kernel never retries; the engine does, with a back-off. */
class RetryTest {
    @Test
    void triesAgainWithDoublingPausesAfterTheKernelRefused() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        gateway.uplink("cellular").kernelRefusals = 4;
        gateway.mark();
        SimulatedConnection connection = gateway.connect();
        gateway.runUntilQuiet();
        assertEquals("""
                0 create cellular 1 to 192.0.2.1
                250 create cellular 1 to 192.0.2.1
                750 create cellular 1 to 192.0.2.1
                1750 create cellular 1 to 192.0.2.1
                3750 create cellular 1 to 192.0.2.1
                """, gateway.story());
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void neverTriesMoreOftenThanTheLongestPauseInTheLongRun() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        gateway.uplink("cellular").peerRefusals = 1_000;
        gateway.connect();
        gateway.run(Duration.ofMinutes(5));
        gateway.mark();
        gateway.run(Duration.ofMinutes(5));
        assertEquals(10, gateway.decisionsSinceMark().size());
    }

    @Test
    void stopsWhenTheConnectionOrTheUplinkGoes() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        gateway.uplink("cellular").kernelRefusals = 1_000;
        gateway.connect();
        SimulatedConnection closing = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.close(closing);
        gateway.carrier("cellular", false);
        gateway.mark();
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }

    @Test
    void replacesASubflowThatWasReset() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.STANDBY);
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofMinutes(1));
        gateway.mark();
        connection.reset(connection.on("cellular").orElseThrow());
        gateway.runUntilQuiet();
        assertEquals("250 create cellular 1 to 192.0.2.1 backup\n", gateway.story());
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    /** Often the last subflow closes just before its connection does: that must not cost a byte on cellular. */
    @Test
    void doesNotWakeCellularForASubflowThatClosesWithItsConnection() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        connection.reset(connection.initial());
        gateway.run(Duration.ofMillis(100));
        gateway.close(connection);
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }

    @Test
    void wakesCellularWhenTheOnlySubflowWasResetAndTheConnectionLives() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        connection.reset(connection.initial());
        gateway.runUntilQuiet();
        // The fixed subflow is back at 290 ms; 10 s later cellular is no longer needed.
        assertEquals("""
                200 create cellular 1 to 192.0.2.1 backup
                250 create fixed 0 to 192.0.2.1
                10300 remove cellular 1
                """, gateway.story());
    }

    @Test
    void wakesCellularWhenTheFixedLineLooksUpButAnswersNothing() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        gateway.change(
                "fixed",
                gateway.uplink("fixed").withAddresses(java.util.List.of(SimulatedGateway.address("198.51.100.99"))));
        gateway.uplink("fixed").observe(gateway.uplink("fixed").withCarrier(false));
        gateway.run(Duration.ofSeconds(14));
        assertEquals("""
                0 create fixed 1 to 192.0.2.1
                3000 create cellular 2 to 192.0.2.1 backup
                3100 remove fixed 0
                3100 remove fixed 0
                3100 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
        gateway.mark();
        gateway.run(Duration.ofSeconds(2));
        assertEquals("""
                1000 remove fixed 1
                1250 create fixed 1 to 192.0.2.1
                """, gateway.story());
    }

    /** The kernel has closed the connection, and its word on that is still under way: every command is refused at once. */
    @Test
    void takesAPauseWhenAllUplinksRefuseAtOnce() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(2));
        gateway.uplink("fixed").kernelRefusals = 1000;
        gateway.uplink("cellular").kernelRefusals = 1000;
        gateway.carrier("fixed", true);
        gateway.mark();

        connection.reset(connection.on("cellular").orElseThrow());
        gateway.run(Duration.ofSeconds(1));

        long attempts = gateway.decisionsSinceMark().stream()
                .filter(decision -> decision instanceof Decision.CreateSubflow)
                .count();
        assertTrue(attempts >= 2 && attempts <= 8, attempts + " attempts in a second");
    }
}
