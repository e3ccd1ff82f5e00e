package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.dedicated;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static net.hybridgateway.app.testing.Addresses.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.PathState;
import net.hybridgateway.scheduler.ProbeAnswer;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamRouterTest {
    private static final InitialPath FIXED = path("fixed", 2, "192.0.2.2", "2001:db8:1::2");
    private static final InitialPath CELLULAR = path("cellular", 3, "198.51.100.3");
    private static final ConversionPoint FIRST = point("first", "203.0.113.1");
    private static final ConversionPoint SECOND = point("second", "203.0.113.2");
    private static final ConversionPoint SECOND_IPV6 = point("second", "2001:db8:9::2");
    private static final long NOW = 42;
    private static final InetAddress CLIENT = ip("192.168.1.20");
    private static final TrafficRights NORMAL = TrafficRights.NORMAL;
    private static final TrafficRights NEVER_CELLULAR = new TrafficRights(TrafficRights.Cellular.NEVER, false);
    private static final TrafficRights WHEN_DOWN = new TrafficRights(TrafficRights.Cellular.WHEN_DOWN, false);
    private static final TrafficRights EMERGENCY = new TrafficRights(TrafficRights.Cellular.AS_CONFIGURED, true);

    private static final InitialPath MODEM =
            with(path("modem", 4, "198.51.100.4"), Set.of(), Allowance.FREE, UplinkKind.CELLULAR);

    private final UpstreamRouter router = new UpstreamRouter();
    private final List<String> asked = new ArrayList<>();
    private final List<String> examined = new ArrayList<>();

    @BeforeEach
    void listen() {
        router.askThrough((point, uplink) -> asked.add(point.name() + " over " + uplink));
    }

    @Test
    void takesTheFirstConversionPointOverTheFirstUplink() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));

        Route route = router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                .orElseThrow();

        assertEquals(FIRST, route.conversionPoint());
        assertEquals(FIXED, route.path());
        assertEquals(ip("192.0.2.2"), route.source());
        assertEquals(HandshakeMode.ZERO_RTT, route.mode());
    }

    @Test
    void prefersAnotherConversionPointToAnotherUplink() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));

        fail(FIRST, "fixed");
        assertEquals("second over fixed", chosen());
        fail(SECOND, "fixed");
        assertEquals("first over cellular", chosen());
        fail(FIRST, "cellular");
        assertEquals("second over cellular", chosen());
        fail(SECOND, "cellular");
        assertEquals("none", chosen());
    }

    @Test
    void passesOverWhatWasTriedAlthoughItIsNotKnownToFail() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST));

        Route route = router.route(
                        NOW, NORMAL, CLIENT, (path, point) -> path.uplink().equals("fixed"))
                .orElseThrow();

        assertEquals(CELLULAR, route.path());
        assertEquals(Optional.empty(), router.route(NOW, NORMAL, CLIENT, (path, point) -> point.equals(FIRST)));
    }

    @Test
    void comesBackToTheFirstChoiceOnceItWorksAgain() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST));
        fail(FIRST, "fixed");

        router.memory(FIRST, "fixed").probed(ProbeAnswer.CONVERTER, NOW);

        assertEquals("first over cellular", chosen(), "it is held down");
        assertEquals("first over fixed", chosenAfter(2));
        router.memory(FIRST, "fixed").reached(NOW);
        assertEquals("first over fixed", chosen());
    }

    @Test
    void spreadsTheHostsOverEqualsAndMovesOnlyThoseOfOneThatFails() {
        ConversionPoint one = equal("one", "203.0.113.1");
        ConversionPoint two = equal("two", "203.0.113.2");
        publish(List.of(FIXED), List.of(one, two, SECOND));
        Map<InetAddress, String> before = choices();
        long ofOne = before.values().stream().filter("one over fixed"::equals).count();
        assertTrue(ofOne > 70 && ofOne < 130, "of 200 hosts, to one of two: " + ofOne);
        assertEquals(before, choices(), "a host keeps its conversion point");

        fail(one, "fixed");

        choices().forEach((host, choice) -> assertEquals("two over fixed", choice));
    }

    private Map<InetAddress, String> choices() {
        Map<InetAddress, String> choices = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            InetAddress host = ip("192.168.1." + (i + 10));
            choices.put(
                    host,
                    text(router.route(NOW, NORMAL, host, UpstreamRouterTest::passNothingOver)
                            .orElseThrow()));
        }
        return choices;
    }

    private static ConversionPoint equal(String name, String address) {
        return new ConversionPoint(
                name, at(address, 7000), Optional.empty(), OptionalInt.of(5), PointOrigin.CONFIGURATION);
    }

    @Test
    void asksWhatWasDownOnceItIsWantedAgainAndSendsTheConnectionElsewhere() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));
        fail(FIRST, "fixed");

        assertEquals("second over fixed", chosenAfter(0.5));
        assertEquals(List.of(), asked);
        assertEquals("second over fixed", chosenAfter(1));
        assertEquals("second over fixed", chosenAfter(1.1));

        assertEquals(List.of("first over fixed"), asked);
    }

    @Test
    void believesTheVerdictsOfTheEngine() {
        publish(List.of(FIXED), List.of(FIRST, SECOND));

        router.judged(new Decision.PathVerdict("fixed", FIRST.address(), PathState.DEAD, Reason.NO_ANSWER_HERE), NOW);
        assertEquals("second over fixed", chosen());
        router.judged(new Decision.PathVerdict("fixed", FIRST.address(), PathState.TRUSTED, Reason.ANSWERS_AGAIN), NOW);

        assertEquals("second over fixed", chosen(), "it is held down");
        assertEquals("first over fixed", chosenAfter(2));
    }

    @Test
    void asksWhatIsDownWithoutBeingAskedButNeverOverCellular() {
        publish(List.of(FIXED, MODEM), List.of(FIRST));
        fail(FIRST, "fixed");
        fail(FIRST, "modem");

        router.askWhatIsDue(NOW);
        assertEquals(List.of(), asked);
        router.askWhatIsDue(after(1));
        router.askWhatIsDue(after(1));

        assertEquals(List.of("first over fixed"), asked);
    }

    @Test
    void examinesTheFirstChoiceOnEachUplinkThatConnectionsMayUseButCellularOnlyWithAConnection() {
        examine();
        publish(List.of(FIXED, MODEM), List.of(FIRST, SECOND));

        router.askWhatIsDue(NOW);
        assertEquals(List.of("first over fixed"), examined);
        assertEquals("first over fixed", chosen());
        assertEquals(List.of("first over fixed"), examined, "it is under way");

        fail(FIRST, "fixed");
        fail(SECOND, "fixed");
        assertEquals("first over modem", chosen());
        router.askWhatIsDue(NOW);

        assertEquals(List.of("first over fixed", "first over modem"), examined);
    }

    @Test
    void examinesNothingOverAnUplinkThatIsLeftForEmergencies() {
        examine();
        publish(List.of(with(FIXED, Set.of(), Allowance.EMERGENCY_ONLY, UplinkKind.FIXED)), List.of(FIRST));

        assertEquals(Optional.empty(), router.askWhatIsDue(NOW));

        assertEquals(List.of(), examined);
    }

    @Test
    void sendsNoDataInTheSynUntilTheFirstAnswer() {
        examine();
        publish(List.of(FIXED), List.of(FIRST));
        assertEquals(HandshakeMode.ONE_RTT, mode());

        router.memory(FIRST, "fixed")
                .learn(Optional.of(new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.empty(), true)), NOW);

        assertEquals(HandshakeMode.ZERO_RTT, mode());
        assertEquals(Optional.empty(), router.askWhatIsDue(after(1000)));
        assertEquals(List.of("first over fixed"), examined);
    }

    @Test
    void examinesAnUplinkAnewThatWasAway() {
        examine();
        publish(List.of(FIXED, MODEM), List.of(FIRST));
        assertEquals("first over fixed", chosen());
        router.memory(FIRST, "fixed")
                .learn(Optional.of(new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.empty(), true)), NOW);

        router.publishPaths(List.of(MODEM));
        router.publishPaths(List.of(FIXED, MODEM));
        router.askWhatIsDue(after(13));

        assertEquals(List.of("first over fixed", "first over fixed"), examined);
    }

    @Test
    void saysWhenThereWillBeSomethingToAsk() {
        examine();
        publish(List.of(FIXED), List.of(FIRST, SECOND));
        fail(FIRST, "fixed");
        fail(SECOND, "fixed");
        assertEquals(Optional.of(Duration.ofSeconds(1)), router.askWhatIsDue(NOW));
        assertEquals(List.of(), asked);

        router.askWhatIsDue(after(1));

        assertEquals(List.of("first over fixed", "second over fixed"), asked);
    }

    @Test
    void tellsOfNews() {
        int[] news = {0};
        router.tellOfNews(() -> news[0]++);
        publish(List.of(FIXED), List.of(FIRST));
        assertEquals(2, news[0]);
        router.publishPaths(List.of(FIXED));
        assertEquals(2, news[0], "the same as before");
        router.memory(FIRST, "fixed").failed(PointTrouble.SILENT, NOW);
        assertEquals(3, news[0]);
    }

    private void examine() {
        router.examineThrough(route -> examined.add(
                route.conversionPoint().name() + " over " + route.path().uplink()));
    }

    private HandshakeMode mode() {
        return router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                .orElseThrow()
                .mode();
    }

    @Test
    void asksTheConversionPointWhoIsMeantByARefusal() {
        publish(List.of(FIXED), List.of(FIRST));
        assertEquals("first over fixed", chosen());
        router.memory(FIRST, "fixed").refusedPerhapsAll();

        assertEquals("first over fixed", chosen());
        assertEquals("first over fixed", chosen());

        assertEquals(List.of("first over fixed"), asked);
    }

    @Test
    void keepsThePauseOfAConversionPointOverAllUplinksAndAtAllItsAddresses() {
        publish(List.of(FIXED, CELLULAR), List.of(SECOND, SECOND_IPV6, FIRST));

        router.memory(SECOND, "fixed").pause(PointTrouble.OUT_OF_RESOURCES, Duration.ofSeconds(30), NOW);

        assertEquals("first over fixed", chosen());
        fail(FIRST, "fixed");
        assertEquals("first over cellular", chosen());
        fail(FIRST, "cellular");
        assertEquals("none", chosen());
        assertEquals("second over fixed", chosenAfter(30));
    }

    @Test
    void triesAnUplinkThatWasAwayAnewUnlessTheEngineSuspectsThePoint() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST));
        fail(FIRST, "fixed");
        router.publishPaths(List.of(CELLULAR));
        router.publishPaths(List.of(with(FIXED, Set.of(FIRST.address()), FIXED.allowance(), FIXED.kind()), CELLULAR));
        assertEquals("first over cellular", chosen());

        router.publishPaths(List.of(CELLULAR));
        router.publishPaths(List.of(FIXED, CELLULAR));
        assertEquals("first over fixed", chosen());
    }

    @Test
    void takesTheAddressOfAConversionPointThatTheUplinkHasTheFamilyFor() {
        InitialPath ipv6Only = path("ipv6-only", 4, "2001:db8:4::4");
        publish(List.of(ipv6Only), List.of(FIRST, SECOND, SECOND_IPV6));

        Route route = router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                .orElseThrow();

        assertEquals(SECOND_IPV6, route.conversionPoint());
        assertEquals(ip("2001:db8:4::4"), route.source());
    }

    @Test
    void triesAPrivateAddressOfAConversionPointFirstOnADedicatedNetworkAndLastElsewhere() {
        ConversionPoint inside = new ConversionPoint("first", at("10.77.0.7", 7000), Optional.empty());
        InitialPath dedicated = dedicated(CELLULAR);
        publish(List.of(FIXED, dedicated), List.of(inside, FIRST, SECOND));

        assertEquals(FIRST, pointOver(FIXED));
        assertEquals(inside, pointOver(dedicated));
    }

    private ConversionPoint pointOver(InitialPath wanted) {
        return router.route(NOW, NORMAL, CLIENT, (path, point) -> !path.equals(wanted))
                .orElseThrow()
                .conversionPoint();
    }

    @Test
    void goesDirectOverNoNetworkThatLeadsToConversionPointsOnly() {
        publish(List.of(dedicated(FIXED), CELLULAR), List.of());
        assertEquals(
                CELLULAR,
                router.directRoute(ip("192.0.2.99"), NORMAL).orElseThrow().path());

        publish(List.of(dedicated(FIXED)), List.of());
        assertEquals(Optional.empty(), router.directRoute(ip("192.0.2.99"), NORMAL));
        assertFalse(router.kernelMayChoose(NORMAL));
    }

    @Test
    void keepsExperienceByAddressAndUplink() {
        publish(List.of(FIXED), List.of(SECOND, SECOND_IPV6));

        fail(SECOND, "fixed");

        assertEquals(
                SECOND_IPV6,
                router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                        .orElseThrow()
                        .conversionPoint());
    }

    @Test
    void forgetsWhatItLearntOfAddressesThatAreGone() {
        publish(List.of(FIXED), List.of(FIRST, SECOND));
        fail(FIRST, "fixed");
        fail(SECOND, "fixed");

        publish(List.of(FIXED), List.of(SECOND));
        publish(List.of(FIXED), List.of(FIRST, SECOND));

        assertTrue(router.memory(SECOND, "fixed").isFailing(NOW));
        assertFalse(router.memory(FIRST, "fixed").isFailing(NOW));
        assertEquals("first over fixed", chosen());
    }

    @Test
    void sendsTheHandshakeThatTheConfigurationInsistsOn() {
        ConversionPoint insisting =
                new ConversionPoint("first", at("203.0.113.1", 7000), Optional.of(HandshakeMode.ONE_RTT));
        publish(List.of(FIXED), List.of(insisting));

        assertEquals(
                HandshakeMode.ONE_RTT,
                router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                        .orElseThrow()
                        .mode());
    }

    @Test
    void knowsNoRouteWhereNothingWasPublished() {
        assertEquals(Optional.empty(), router.route(NOW, NORMAL, CLIENT, UpstreamRouterTest::passNothingOver));
        assertEquals(Optional.empty(), router.directRoute(ip("192.0.2.99"), NORMAL));
        assertEquals(List.of(), router.conversionPoints());
    }

    @Test
    void knowsNoRouteWithoutUplinks() {
        publish(List.of(), List.of(FIRST));
        assertEquals("none", chosen());
    }

    @Test
    void goesDirectByTheFirstUplinkOfTheDestinationsFamily() {
        publish(List.of(CELLULAR, FIXED), List.of());

        assertEquals(
                new UpstreamRouter.DirectRoute(CELLULAR, ip("198.51.100.3")),
                router.directRoute(ip("192.0.2.99"), NORMAL).orElseThrow());
        assertEquals(
                new UpstreamRouter.DirectRoute(FIXED, ip("2001:db8:1::2")),
                router.directRoute(ip("2001:db8::99"), NORMAL).orElseThrow());
    }

    @Test
    void keepsAConnectionOffCellularThatMustNotGoThere() {
        InitialPath cellular = with(CELLULAR, Set.of(), Allowance.FREE, UplinkKind.CELLULAR);
        publish(List.of(cellular), List.of(FIRST));

        assertEquals("none", chosen(NEVER_CELLULAR));
        assertEquals(Optional.empty(), router.directRoute(ip("192.0.2.99"), NEVER_CELLULAR));
        assertFalse(router.kernelMayChoose(NEVER_CELLULAR));
        for (TrafficRights others : List.of(NORMAL, WHEN_DOWN, EMERGENCY)) {
            assertEquals("first over cellular", chosen(others));
            assertTrue(router.directRoute(ip("192.0.2.99"), others).isPresent());
        }
        publish(List.of(), List.of(FIRST));
        assertFalse(router.kernelMayChoose(NEVER_CELLULAR), "the kernel knows nothing of kinds");
        assertTrue(router.kernelMayChoose(NORMAL));
    }

    @Test
    void keepsAnUplinkForEmergenciesWhenNothingElseIsLeftOfIt() {
        publish(List.of(with(FIXED, Set.of(), Allowance.EMERGENCY_ONLY, UplinkKind.FIXED)), List.of(FIRST));

        for (TrafficRights others : List.of(NORMAL, WHEN_DOWN, NEVER_CELLULAR)) {
            assertEquals("none", chosen(others));
            assertEquals(Optional.empty(), router.directRoute(ip("192.0.2.99"), others));
            assertFalse(router.kernelMayChoose(others));
        }
        assertEquals("first over fixed", chosen(EMERGENCY));
        assertTrue(router.directRoute(ip("192.0.2.99"), EMERGENCY).isPresent());

        publish(List.of(with(FIXED, Set.of(), Allowance.NO_OVERFLOW, UplinkKind.FIXED)), List.of(FIRST));
        assertEquals("first over fixed", chosen(NORMAL));
    }

    @Test
    void prefersAConversionPointThatNothingIsSuspectedOfOnTheSameUplinkOnly() {
        InitialPath fixed = with(FIXED, Set.of(FIRST.address()), Allowance.FREE, UplinkKind.FIXED);
        publish(List.of(fixed, CELLULAR), List.of(FIRST, SECOND));
        assertEquals("second over fixed", chosen());
        assertTrue(router.isSuspect("fixed", FIRST.address()));
        assertFalse(router.isSuspect("fixed", SECOND.address()));
        assertFalse(router.isSuspect("cellular", FIRST.address()));

        publish(List.of(fixed, CELLULAR), List.of(FIRST));
        assertEquals("first over fixed", chosen());
    }

    @Test
    void handsEachWayOutOnce() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));
        Ways ways = new Ways(router, NORMAL, CLIENT, () -> NOW);

        Route first = ways.next().orElseThrow();
        assertEquals("first over fixed", text(first));
        assertEquals(
                "first over cellular",
                ways.besides(first).map(UpstreamRouterTest::text).orElse("none"));
        assertEquals(
                "second over fixed", ways.next().map(UpstreamRouterTest::text).orElse("none"));
        assertEquals(
                "second over cellular",
                ways.besides(first).map(UpstreamRouterTest::text).orElse("none"));
        assertEquals(Optional.empty(), ways.besides(first));
        assertEquals(Optional.empty(), ways.next());
    }

    @Test
    void knowsNoWayBesidesToWhatIsSuspectThereAsWell() {
        publish(
                List.of(FIXED, with(CELLULAR, Set.of(FIRST.address()), Allowance.FREE, UplinkKind.CELLULAR)),
                List.of(FIRST));
        Ways ways = new Ways(router, NORMAL, CLIENT, () -> NOW);

        Route first = ways.next().orElseThrow();

        assertEquals(Optional.empty(), ways.besides(first));
        assertEquals(
                "first over cellular", ways.next().map(UpstreamRouterTest::text).orElse("none"));
    }

    @Test
    void refusesAConversionPointWithoutAnAddress() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("mcp.example.net", 7000);
        assertThrows(IllegalArgumentException.class, () -> new ConversionPoint("first", unresolved, Optional.empty()));
    }

    @Test
    void asksOverCellularOnlyWhileNothingElseIsPreferred() {
        InitialPath fixed = with(FIXED, Set.of(), Allowance.FREE, UplinkKind.FIXED);
        InitialPath cellular = with(CELLULAR, Set.of(), Allowance.FREE, UplinkKind.CELLULAR);
        InetAddress server = ip("203.0.113.53");

        router.publishPaths(List.of(fixed, cellular));
        assertEquals(Optional.of(fixed.sourcesIpv4().get(0)), router.sourceOfQuestions("fixed", server));
        assertEquals(Optional.empty(), router.sourceOfQuestions("cellular", server));

        router.publishPaths(List.of(cellular));
        assertEquals(Optional.empty(), router.sourceOfQuestions("fixed", server));
        assertEquals(Optional.of(cellular.sourcesIpv4().get(0)), router.sourceOfQuestions("cellular", server));
        assertEquals(Optional.empty(), router.sourceOfQuestions("cellular", ip("2001:db8::53")));
    }

    private void publish(List<InitialPath> paths, List<ConversionPoint> points) {
        router.publishPaths(paths);
        router.publishConversionPoints(points);
    }

    private void fail(ConversionPoint point, String uplink) {
        router.memory(point, uplink).failed(PointTrouble.NOT_REACHED, NOW);
    }

    private String chosen() {
        return chosen(NORMAL);
    }

    private static long after(double seconds) {
        return NOW + Math.round(seconds * 1e9);
    }

    private String chosenAfter(double seconds) {
        return router.route(after(seconds), NORMAL, CLIENT, UpstreamRouterTest::passNothingOver)
                .map(UpstreamRouterTest::text)
                .orElse("none");
    }

    private String chosen(TrafficRights rights) {
        return router.route(NOW, rights, CLIENT, UpstreamRouterTest::passNothingOver)
                .map(UpstreamRouterTest::text)
                .orElse("none");
    }

    private static String text(Route route) {
        return route.conversionPoint().name() + " over " + route.path().uplink();
    }

    private static boolean passNothingOver(InitialPath path, ConversionPoint point) {
        return false;
    }

    private static ConversionPoint point(String name, String address) {
        return new ConversionPoint(name, at(address, 7000), Optional.empty());
    }
}
