package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultipathServersTest {
    private static final InetSocketAddress SERVER = at("203.0.113.80", 443);
    /** Near the end of the clock's range, for monotonic clocks may begin anywhere. */
    private static final long NOW = Long.MAX_VALUE - 1000;

    private final MultipathServers servers = new MultipathServers();

    @Test
    void believesWhatAConversionPointSaysForAnHour() {
        servers.learn(SERVER, NOW);

        assertTrue(servers.speaksMultipath(SERVER, NOW + MultipathServers.BELIEVED_NANOS - 1));
        assertFalse(servers.speaksMultipath(SERVER, NOW + MultipathServers.BELIEVED_NANOS));
        assertFalse(servers.speaksMultipath(at("203.0.113.80", 80), NOW), "another port is another server");
    }

    @Test
    void believesItLongerIfItIsSeenAgain() {
        servers.learn(SERVER, NOW);
        servers.learn(SERVER, NOW + MultipathServers.BELIEVED_NANOS - 1);

        assertTrue(servers.speaksMultipath(SERVER, NOW + MultipathServers.BELIEVED_NANOS + 1));
    }

    @Test
    void keepsOffAServerThatFailedWhateverTheConversionPointSays() {
        servers.learn(SERVER, NOW);
        servers.avoid(SERVER, NOW);
        servers.learn(SERVER, NOW + MultipathServers.AVOIDED_NANOS - 1);
        assertFalse(servers.speaksMultipath(SERVER, NOW + MultipathServers.AVOIDED_NANOS - 1));

        servers.learn(SERVER, NOW + MultipathServers.AVOIDED_NANOS);
        assertTrue(servers.speaksMultipath(SERVER, NOW + MultipathServers.AVOIDED_NANOS));
    }

    @Test
    void trustsAServerAgainThatWasAvoidedWithoutNeed() {
        servers.avoid(SERVER, NOW);
        servers.acquit(SERVER, NOW);

        assertTrue(servers.speaksMultipath(SERVER, NOW));
    }

    @Test
    void makesRoomByForgettingTheServerThatNobodyAskedForLongest() {
        IntStream.range(0, MultipathServers.MOST).forEach(port -> servers.learn(at("203.0.113.1", 1 + port), NOW));
        assertTrue(servers.speaksMultipath(at("203.0.113.1", 1), NOW));

        servers.learn(SERVER, NOW);

        assertEquals(
                MultipathServers.MOST - 1,
                IntStream.range(0, MultipathServers.MOST)
                        .filter(port -> servers.contains(at("203.0.113.1", 1 + port)))
                        .count());
        assertTrue(servers.contains(at("203.0.113.1", 1)));
        assertFalse(servers.contains(at("203.0.113.1", 2)));
        assertTrue(servers.contains(SERVER));
    }
}
