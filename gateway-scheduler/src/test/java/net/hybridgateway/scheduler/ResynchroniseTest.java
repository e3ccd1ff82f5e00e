package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After lost events the kernel's list is the truth. */
class ResynchroniseTest {
    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);

    @Test
    void learnsWhatWasMissed() {
        SimulatedConnection closed = gateway.connect();
        SimulatedConnection reset = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.losingEvents = true;
        gateway.close(closed);
        reset.reset(reset.on("cellular").orElseThrow());
        SimulatedConnection opened = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.resynchronise();
        // Whether its peer allows the first address nobody knows any more.
        gateway.deliver(new EngineEvent.AddressAnnounced(
                opened.token, 1, new InetSocketAddress(SimulatedGateway.address("192.0.2.77"), 7001)));
        gateway.runUntilQuiet();

        assertEquals("""
                0 create cellular 1 to 192.0.2.77
                250 create cellular 1 to 192.0.2.1
                """, gateway.story());
        assertEquals(
                opened.token,
                ((Decision.CreateSubflow) gateway.decisionsSinceMark().get(0)).token());
        assertEquals(
                reset.token,
                ((Decision.CreateSubflow) gateway.decisionsSinceMark().get(1)).token());
        assertEquals(
                List.of(reset.token, opened.token),
                gateway.engine.snapshot(gateway.nowNanos()).connections().stream()
                        .map(EngineSnapshot.ConnectionView::token)
                        .toList());
    }

    @Test
    void changesNothingWhenNothingWasMissed() {
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        gateway.resynchronise();
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }

    @Test
    void recognisesAnAttemptWhoseSuccessWasMissed() {
        SimulatedConnection connection = gateway.connect();
        gateway.losingEvents = true;
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        gateway.resynchronise();
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void triesAgainWhenTheFailureOfAnAttemptWasMissed() {
        gateway.uplink("cellular").peerRefusals = 1;
        SimulatedConnection connection = gateway.connect();
        gateway.losingEvents = true;
        gateway.run(Duration.ofSeconds(1));
        gateway.resynchronise();
        gateway.runUntilQuiet();
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void adoptsConnectionsThatAreOlderThanTheEngine() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        PolicyEngine restarted = new PolicyEngine(
                PolicyConfig.of(List.of(
                        SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                        SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.ON_DEMAND))),
                0);
        for (SimulatedUplink uplink : gateway.uplinks()) {
            restarted.handle(new EngineEvent.UplinkObserved(uplink.name, uplink.observation()), 0);
        }
        restarted.handle(new EngineEvent.Resynchronised(List.of(connection.listed())), 0);

        EngineSnapshot snapshot = restarted.snapshot(0);
        assertEquals(2, snapshot.connections().get(0).subflows().size());
        // The second subflow was regular; under the new configuration it is a backup that nobody needs.
        assertEquals(
                "[UplinkTransition, UplinkTransition, SetBackup]",
                kinds(restarted).toString());
    }

    private static List<String> kinds(PolicyEngine engine) {
        return java.util.stream.Stream.generate(engine::pollDecision)
                .takeWhile(java.util.Optional::isPresent)
                .map(decision -> decision.get().getClass().getSimpleName())
                .toList();
    }
}
