package net.hybridgateway.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of flow in a house whose gateway only routes. */
class FlowIT {
    private static final int ANY_PORT = 0;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long SOME_BYTES = 320;

    private static House house;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        house = House.build(HousePlan.plain());
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            house.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOWNLOAD, TCP",
        "UPLOAD, TCP",
        "ECHO, TCP",
        "DOWNLOAD, MPTCP",
        "UPLOAD, MPTCP",
        "ECHO, MPTCP",
    })
    void whatOneEndSendsTheOtherOneHas(TrafficKind kind, StreamProtocol protocol) {
        try (TrafficServer server = TrafficServer.listen(house.web(), protocol, ANY_PORT);
                Flow flow = Flow.start(server, house.lanHost(0), protocol, House.webIpv4(), kind)) {
            assertTrue(flow.awaitBytes(SOME_BYTES, SOON), () -> flow + ": " + flow.failure());
            long length = flow.finish(SOON);
            assertEquals(flow.progress().bytes(), length);
            assertEquals(Optional.empty(), flow.failure());
        }
    }

    @Test
    void aRefusedConnectionIsToldAsSuch() {
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, ANY_PORT);
                // Nobody listens on the gateway itself.
                Flow flow = Flow.start(
                        server, house.lanHost(0), StreamProtocol.TCP, House.GATEWAY_LAN_IPV4, TrafficKind.ECHO)) {
            LabException failure = assertThrows(LabException.class, () -> flow.finish(SOON));
            assertTrue(failure.getMessage().contains("ECONNREFUSED"), failure::getMessage);
            assertTrue(flow.failure().isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatHangsCanBeClosed(TrafficKind kind) {
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, ANY_PORT)) {
            Flow flow = Flow.start(server, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), kind);
            assertTrue(flow.awaitBytes(SOME_BYTES, SOON), () -> flow + ": " + flow.failure());
            house.fixed().cut(Cut.SILENT);
            try {
                flow.close();
                assertEquals(Optional.of("given up"), flow.failure());
            } finally {
                house.fixed().mend();
            }
        }
    }
}
