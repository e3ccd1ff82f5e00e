package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that go straight to a server, which speaks Multipath TCP and no Convert. */
class BypassTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(SimulatedGateway.address("203.0.113.80"), 443);
    private static final int ETIMEDOUT = 110;

    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    @BeforeEach
    void know() {
        gateway.deliver(new EngineEvent.ConversionPointsKnown(List.of(List.of(SimulatedGateway.POINT))));
    }

    @Test
    void joinTheServerAfterABreakAndTellItLikeAConversionPoint() {
        SimulatedConnection connection = gateway.bypass(SERVER);
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(900));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 203.0.113.80 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void areMovedWhenTheConversionPointIsSilentOverTheirUplink() {
        SimulatedConnection connection = gateway.bypass(SERVER);
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(900));

        assertTrue(gateway.story().contains("create cellular 1 to 203.0.113.80 backup"), gateway::story);
        assertTrue(connection.usable());
    }

    @Test
    void neverMakeAnybodyAskTheirServer() {
        gateway.bypass(SERVER);
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(1));

        assertTrue(gateway.story().contains("probe fixed 192.0.2.1"), gateway::story);
        assertFalse(gateway.story().contains("203.0.113.80"), gateway::story);
    }

    @Test
    void sayNothingOfTheLineWhenTheServerLetsASubflowTimeOut() {
        SimulatedConnection connection = gateway.bypass(SERVER);
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.deliver(new EngineEvent.SubflowClosed(
                connection.token, connection.initial().tuple, 0, OptionalInt.of(ETIMEDOUT)));
        gateway.run(Duration.ofMillis(10));

        assertFalse(gateway.story().contains("probe"), gateway::story);
    }

    @Test
    void areTheReasonToFollowAStallUpOnceThereIsSomethingToMoveTo() {
        gateway.carrier("cellular", false);
        gateway.run(Duration.ofSeconds(1));
        SimulatedConnection connection = gateway.bypass(SERVER);
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.carrier("cellular", true);
        gateway.run(Duration.ofSeconds(10));

        assertTrue(gateway.story().contains("fixed OFFLINE SILENT"), gateway::story);
        assertTrue(connection.usable());
    }
}
