package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.dedicated;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static net.hybridgateway.app.testing.Addresses.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.app.convert.ConvertException;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.convert.ExtendedTcpHeaderTlv;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerBypassTest {
    private static final InetSocketAddress SERVER = at("203.0.113.80", 443);
    private static final InetSocketAddress POINT = at("203.0.113.7", 7000);
    private static final InitialPath FIXED = path("fixed", 2, "192.0.2.2", "2001:db8:1::2");
    private static final InitialPath CELLULAR = cellular("100.64.0.3", "2001:db8:2::3");
    private static final TrafficRights NORMAL = TrafficRights.NORMAL;
    private static final TrafficRights NEVER_CELLULAR = new TrafficRights(TrafficRights.Cellular.NEVER, false);
    private static final long NOW = 42;
    private static final int TOKEN = 7;

    private final UpstreamRouter router = new UpstreamRouter();
    private final ServerBypass bypass =
            ServerBypass.over(List.of(config("fixed", UplinkKind.FIXED), config("cellular", UplinkKind.CELLULAR)));

    @BeforeEach
    void know() throws ConvertException {
        learn(bypass, SERVER, "1e0c0101aaaaaaaaaaaaaaaa");
    }

    @Test
    void goesStraightOverTheFirstUplinkIfAllLeadToTheServer() {
        router.publishPaths(List.of(FIXED, CELLULAR));

        UpstreamRouter.DirectRoute route =
                bypass.route(router, SERVER, NORMAL, NOW).orElseThrow();

        assertEquals(FIXED, route.path());
        assertEquals(ip("192.0.2.2"), route.source());
        assertTrue(bypass.isServer(SERVER));
    }

    @Test
    void asksTheConversionPointWhereAnUplinkLeadsToThatOnly() {
        assertConverted(FIXED, dedicated(CELLULAR));
        assertConverted(dedicated(FIXED), CELLULAR);
    }

    @Test
    void asksTheConversionPointWhereAnUplinkHasNoAddressOfTheServersFamily() {
        assertConverted(FIXED, cellular("2001:db8:2::3"));
    }

    @Test
    void asksTheConversionPointWhileAnUplinkIsDownOfWhichNobodyKnowsWhereItWillLead() {
        assertConverted(FIXED);
        assertConverted(CELLULAR);
        assertConverted();
    }

    @Test
    void asksTheConversionPointWhileTheFirstUplinkIsSuspect() {
        assertConverted(with(FIXED, Set.of(POINT), Allowance.FREE, UplinkKind.FIXED), CELLULAR);
    }

    @Test
    void caresOnlyForUplinksThatTheConnectionMayUse() {
        router.publishPaths(List.of(FIXED, dedicated(CELLULAR)));

        assertEquals(
                Optional.of(FIXED),
                bypass.route(router, SERVER, NEVER_CELLULAR, NOW).map(UpstreamRouter.DirectRoute::path));
        assertEquals(Optional.empty(), bypass.route(router, SERVER, NORMAL, NOW));
    }

    @Test
    void asksTheConversionPointForServersThatWereNotSeenToSpeakIt() throws ConvertException {
        router.publishPaths(List.of(FIXED, CELLULAR));
        InetSocketAddress plain = at("203.0.113.81", 443);
        InetSocketAddress inside = at("10.1.2.3", 443);
        learn(bypass, plain, "020405b4");
        learn(bypass, inside, "1e0c0101aaaaaaaaaaaaaaaa");

        assertEquals(Optional.empty(), bypass.route(router, plain, NORMAL, NOW));
        assertFalse(bypass.isServer(plain));
        assertEquals(Optional.empty(), bypass.route(router, inside, NORMAL, NOW), "private: perhaps another host here");
    }

    @Test
    void isOffByDefault() throws ConvertException {
        ServerBypass off = ServerBypass.off();
        router.publishPaths(List.of(FIXED, CELLULAR));
        learn(off, SERVER, "1e0c0101aaaaaaaaaaaaaaaa");

        assertEquals(Optional.empty(), off.route(router, SERVER, NORMAL, NOW));
        assertFalse(off.isServer(SERVER));
    }

    @Test
    void avoidsAServerThatDeniesItsAddressUnlessItAnnouncesAnother() {
        router.publishPaths(List.of(FIXED, CELLULAR));

        bypass.heard(established(SERVER, true, true), NOW);
        assertEquals(Optional.empty(), bypass.route(router, SERVER, NORMAL, NOW));
        bypass.heard(new EngineEvent.AddressAnnounced(TOKEN + 1, 1, at("203.0.113.90", 443)), NOW);
        assertEquals(Optional.empty(), bypass.route(router, SERVER, NORMAL, NOW), "that was another connection");
        bypass.heard(new EngineEvent.AddressAnnounced(TOKEN, 1, at("203.0.113.90", 443)), NOW);
        assertTrue(bypass.route(router, SERVER, NORMAL, NOW).isPresent());
    }

    @Test
    void avoidsNobodyWhoDeniesNothing() {
        router.publishPaths(List.of(FIXED, CELLULAR));

        bypass.heard(established(SERVER, false, true), NOW);
        bypass.heard(established(POINT, true, false), NOW);

        assertTrue(bypass.route(router, SERVER, NORMAL, NOW).isPresent());
        assertFalse(bypass.isServer(POINT));
    }

    private static EngineEvent established(InetSocketAddress remote, boolean denied, boolean toServer) {
        return new EngineEvent.ConnectionEstablished(
                TOKEN, new SubflowTuple(at("192.0.2.2", 40_000), remote), denied, toServer);
    }

    private void assertConverted(InitialPath... paths) {
        router.publishPaths(List.of(paths));
        assertEquals(Optional.empty(), bypass.route(router, SERVER, NORMAL, NOW));
    }

    private static void learn(ServerBypass bypass, InetSocketAddress server, String options) throws ConvertException {
        bypass.learn(
                ConvertRequest.connect(server), Optional.of(new ExtendedTcpHeaderTlv(ByteString.ofHex(options))), NOW);
    }

    private static InitialPath cellular(String... sources) {
        return with(path("cellular", 3, sources), Set.of(), Allowance.FREE, UplinkKind.CELLULAR);
    }

    private static UplinkConfig config(String name, UplinkKind kind) {
        return new UplinkConfig(name, kind, 10, UplinkUse.ALWAYS, Optional.empty(), LineRate.UNKNOWN);
    }
}
