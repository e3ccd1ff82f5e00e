package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.app.testing.Uplinks;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.PointOrigin;
import net.hybridgateway.app.upstream.PointSource;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.AllowList;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.Handshake;
import net.hybridgateway.mgmt.config.PointFormat;
import org.junit.jupiter.api.Test;

/** Which of all sources comes first. */
class PointListTest {
    private static final AllowList OPERATOR =
            new AllowList(List.of(new AddressPrefix(ip("198.51.100.0"), 24)), List.of("example.net"));

    private final Map<NameQuestion, NameAnswer> answers = new HashMap<>();

    private static InetAddress ip(String literal) {
        return AddressPrefix.address(literal).orElseThrow();
    }

    private static PointList list(AllowList allow, ConversionPointConfig... configured) {
        return new PointList(
                List.of(configured),
                List.of(Uplinks.fixed("modem", "wwan0", 20), Uplinks.fixed("fixed", "wan0", 10)),
                Optional.of(new DiscoveryConfig(
                        OptionalInt.of(224),
                        OptionalInt.of(224),
                        PointFormat.PCP_LIST,
                        true,
                        7000,
                        allow,
                        Optional.empty())));
    }

    private static ConversionPointConfig configured(String address) {
        return new ConversionPointConfig("operator", List.of(address), 7000, Optional.empty(), Handshake.AUTO);
    }

    private static Lease lease(String device, LeaseFamily family, LearntPoint... points) {
        return new Lease(
                new LeaseKey(device, family), 1000, List.of(points), List.of(ip("192.0.2.53")), List.of("example.net"));
    }

    private static LearntPoint point(String... addresses) {
        return new LearntPoint.ByAddress(
                Arrays.stream(addresses).map(PointListTest::ip).toList());
    }

    private List<String> points(PointList list, Lease... leases) {
        return list.points(List.of(leases), this::answer).stream()
                .map(point -> point.name() + " " + point.address().getAddress().getHostAddress() + " "
                        + point.address().getPort())
                .toList();
    }

    private Optional<NameAnswer> answer(NameQuestion question) {
        return Optional.ofNullable(answers.get(question));
    }

    @Test
    void configurationComesBeforeDhcpv6BeforeDhcpv4BeforeDnsAndWithinEachThePreferredUplink() {
        answers.put(
                NameQuestion.service("example.net", "fixed"),
                new NameAnswer.Services(List.of(new SrvTarget(1, 1, 7001, "mcp.example.net")), 60));
        answers.put(
                NameQuestion.host("mcp.example.net", Optional.of("fixed")),
                new NameAnswer.Hosts(List.of(ip("198.51.100.40")), 60));

        assertEquals(
                List.of(
                        "operator 198.51.100.1 7000",
                        "dhcpv6:fixed 2001:db8:0:0:0:0:0:7 7000",
                        "dhcpv6:fixed 198.51.100.7 7000",
                        "dhcpv6:modem 2001:db8:0:0:0:0:0:8 7000",
                        "dhcpv4:fixed 198.51.100.10 7000",
                        "dhcpv4:fixed:2 198.51.100.11 7000",
                        "dhcpv4:modem 198.51.100.12 7000",
                        "dns:fixed 198.51.100.40 7001"),
                points(
                        list(AllowList.EVERYTHING, configured("198.51.100.1")),
                        lease("wwan0", LeaseFamily.DHCPV4, point("198.51.100.12")),
                        lease("wwan0", LeaseFamily.DHCPV6, point("2001:db8::8")),
                        lease("wan0", LeaseFamily.DHCPV4, point("198.51.100.10"), point("198.51.100.11")),
                        lease("wan0", LeaseFamily.DHCPV6, point("2001:db8::7", "198.51.100.7"))));
    }

    @Test
    void tellsWhereAConversionPointIsKnownFrom() {
        List<ConversionPoint> points = list(AllowList.EVERYTHING, configured("198.51.100.1"))
                .points(List.of(lease("wan0", LeaseFamily.DHCPV4, point("198.51.100.10"))), this::answer);

        assertEquals(PointOrigin.CONFIGURATION, points.get(0).origin());
        assertEquals(
                new PointOrigin(PointSource.DHCPV4, Optional.of("fixed")),
                points.get(1).origin());
    }

    @Test
    void whatSeveralSourcesTellIsOneConversionPoint() {
        assertEquals(
                List.of("operator 198.51.100.7 7000", "dhcpv6:fixed 198.51.100.8 7000"),
                points(
                        list(AllowList.EVERYTHING, configured("198.51.100.7")),
                        lease("wan0", LeaseFamily.DHCPV4, point("198.51.100.8")),
                        lease("wan0", LeaseFamily.DHCPV6, point("198.51.100.7", "198.51.100.8"))));
    }

    @Test
    void leasesOfOtherDevicesTellNothing() {
        assertEquals(
                List.of(),
                points(list(AllowList.EVERYTHING), lease("br-lan", LeaseFamily.DHCPV4, point("198.51.100.7"))));
    }

    @Test
    void asksForTheNamesOfConfigurationLeasesAndServicesOverTheirUplinks() {
        Lease named = lease("wwan0", LeaseFamily.DHCPV4, new LearntPoint.ByName("mcp.example.org"));
        PointList list = list(AllowList.EVERYTHING, configured("mcp.example.com"));
        answers.put(
                NameQuestion.service("example.net", "modem"),
                new NameAnswer.Services(List.of(new SrvTarget(1, 1, 7001, "a.example.net")), 60));

        assertEquals(
                List.of(
                        NameQuestion.host("mcp.example.com", Optional.empty()),
                        NameQuestion.host("mcp.example.org", Optional.of("modem")),
                        NameQuestion.service("example.net", "modem"),
                        NameQuestion.host("a.example.net", Optional.of("modem"))),
                List.copyOf(list.questions(List.of(named), this::answer)));
        assertEquals(List.of(ip("192.0.2.53")), list.nameServers(List.of(named), "modem"));
        assertEquals(List.of(), list.nameServers(List.of(named), "fixed"));
    }

    @Test
    void takesFromDnsOnlyWhatIsAllowed() {
        answers.put(
                NameQuestion.service("example.net", "fixed"),
                new NameAnswer.Services(
                        List.of(
                                new SrvTarget(1, 1, 7001, "mcp.example.org"),
                                new SrvTarget(2, 1, 7001, "mcp.example.net")),
                        60));
        answers.put(
                NameQuestion.host("mcp.example.org", Optional.of("fixed")),
                new NameAnswer.Hosts(List.of(ip("198.51.100.7")), 60));
        answers.put(
                NameQuestion.host("mcp.example.net", Optional.of("fixed")),
                new NameAnswer.Hosts(List.of(ip("203.0.113.66"), ip("127.0.0.1"), ip("198.51.100.8")), 60));

        assertEquals(
                List.of("dns:fixed:2 198.51.100.8 7001"), points(list(OPERATOR), lease("wan0", LeaseFamily.DHCPV4)));
        assertFalse(list(OPERATOR)
                .questions(List.of(lease("wan0", LeaseFamily.DHCPV4)), this::answer)
                .contains(NameQuestion.host("mcp.example.org", Optional.of("fixed"))));
    }

    @Test
    void isConstantIfNothingIsLearntAndNothingNamed() {
        assertTrue(new PointList(List.of(configured("192.0.2.1")), List.of(), Optional.empty()).isConstant());
        assertFalse(new PointList(List.of(configured("a.example")), List.of(), Optional.empty()).isConstant());
        assertFalse(list(AllowList.EVERYTHING).isConstant());
    }
}
