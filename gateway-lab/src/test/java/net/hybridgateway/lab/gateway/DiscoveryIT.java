package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.WebServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conversion points that are learnt from the fixed line's network, by real DHCP clients and servers. */
class DiscoveryIT {
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final Pattern PEER = Pattern.compile("Peer: (\\S+)");
    private static final Duration SOON = Duration.ofSeconds(60);

    /** What docs/discovery.md says of a lease: used at once, and not when the daemon looks by itself, each half minute. */
    private static final double AT_ONCE_SECONDS = 15;

    private static final String FIRST = House.conversionPointIpv4(0);
    private static final String FIRST_IPV6 = "2001:db8:7:0:0:0:0:7";
    private static final String SECOND = House.conversionPointIpv4(1);
    private static final String NO_POINT = Access.FIXED.ipv4();

    private static House house;
    private static WebServer web;
    private static final List<ConversionPoint> CONVERSION_POINTS = new ArrayList<>();

    private final List<LabProcess> processes = new ArrayList<>();
    private Gateway gateway;
    private Leases leases;

    @BeforeAll
    static void build() {
        for (String program : List.of("dnsmasq", "udhcpc", "busybox")) {
            assumeTrue(Requirements.find(program).isPresent(), program + " is missing");
        }
        house = Lan.build(HousePlan.plain().withConversionPoints(2));
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        CONVERSION_POINTS.add(ConversionPoint.start(house, 0));
        CONVERSION_POINTS.add(ConversionPoint.start(house, 1));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            CONVERSION_POINTS.forEach(ConversionPoint::close);
            web.close();
            house.close();
        }
    }

    @AfterEach
    void stop() throws IOException {
        processes.forEach(LabProcess::close);
        gateway.close();
        Path files = gateway.runDir().resolve("leases");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(files)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
    }

    @Test
    void aLeaseBringsAConversionPointAtOnce() throws IOException {
        start("option dhcpv4_option '224'", "list allow '198.51.100.0/24'");
        assertEquals(NO_POINT, peer());

        running(leases.dnsmasq(withoutDns(Handbook.dnsmasq("DHCP"))));
        running(leases.udhcpc());

        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);
        double seconds = (System.currentTimeMillis() - leaseMillis("wan0.dhcpv4")) / 1e3;
        System.out.printf("a connection was carried %.3f s after the lease%n", seconds);
        assertTrue(seconds < AT_ONCE_SECONDS, () -> "too late: " + seconds);
        assertEquals("dhcpv4:fixed", GatewayStatus.of(gateway).conversionPoint().getString("name"));
        assertEquals("dhcpv4", GatewayStatus.of(gateway).conversionPoint().getString("origin"));
        assertTrue(gateway.command("status").contains("dhcpv4"), () -> gateway.command("status"));
    }

    @Test
    void aRenewalWithAnotherAddressMovesNewConnectionsAndLeavesTheOldOnes() throws IOException {
        start("option dhcpv4_option '224'");
        LabProcess server = running(leases.dnsmasq(withoutDns(Handbook.dnsmasq("DHCP"))));
        LabProcess client = running(leases.udhcpc());
        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);
        try (TrafficServer echo = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0);
                Flow old = Flow.start(echo, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.ECHO)) {
            assertTrue(old.awaitBytes(Flow.ECHO_BYTES, SOON), old::toString);

            server.close();
            running(leases.dnsmasq(withoutDns(Handbook.dnsmasq("DHCP")).replace("04:c6:33:64:07", "04:c6:33:64:11")));
            leases.renew(client);

            assertTrue(Pause.until(SOON, () -> peer().equals(SECOND)), this::story);
            // The engine still knows the connection whose conversion point is told no more: it survives a break.
            house.fixed().cut(Cut.CARRIER);
            try {
                long before = old.progress().bytes();
                assertTrue(old.awaitBytes(before + 20 * Flow.ECHO_BYTES, SOON), () -> old + story());
                assertTrue(
                        Pause.until(SOON, () -> peer().equals(SECOND)),
                        "while the line is broken, its lease still holds");
            } finally {
                house.fixed().mend();
            }
            assertEquals(Optional.empty(), old.failure());
        }
    }

    @Test
    void withoutARenewalTheConversionPointIsForgottenWhenTheTimeIsOver() {
        start("option dhcpv4_option '224'");
        LabProcess server = running(leases.udhcpd(10, "04c6336407"));
        running(leases.udhcpc());
        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);

        server.kill();

        assertTrue(Pause.until(SOON, () -> peer().equals(NO_POINT)), this::story);
    }

    @Test
    void aMalformedLeaseChangesNothingAndIsNamedToTheByte() throws IOException {
        start("option dhcpv4_option '224'");
        String good = withoutDns(Handbook.dnsmasq("DHCP"));
        LabProcess server = running(leases.dnsmasq(good));
        LabProcess client = running(leases.udhcpc());
        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);

        server.close();
        running(leases.dnsmasq(good.replace("04:c6:33:64:07", "04:c6:33:64:11:04:c6:33")));
        leases.renew(client);

        String reason = "wan0.dhcpv4: option 224, byte 5: a list of 4 bytes, and 2 are left";
        assertTrue(Pause.until(SOON, () -> gateway.process().output().contains(reason)), this::story);
        assertTrue(
                Pause.until(SOON, () -> gateway.command("status", "--json").contains(reason)),
                () -> gateway.command("status", "--json"));
        assertEquals(FIRST, peer());
    }

    @Test
    void aStrangerIsNotBelieved() throws IOException {
        start("option dhcpv4_option '224'", "list allow '" + FIRST + "'");
        running(leases.dnsmasq(withoutDns(Handbook.dnsmasq("DHCP")).replace("04:c6:33:64:07", "04:c6:33:64:11")));
        running(leases.udhcpc());

        assertTrue(
                Pause.until(SOON, () -> gateway.process().output().contains(SECOND + " is not allowed")), this::story);
        assertEquals(NO_POINT, peer());
    }

    @Test
    void hostileValuesAreWrittenDownAndNeverRun() {
        start("option dhcpv4_option '224'");
        Path trap = gateway.runDir().resolve("trap");
        String run = "$(touch " + trap + ")`touch " + trap + "`;touch " + trap;

        leases.udhcpcEvent(
                "bound", Map.of("opt224", "04c6336407", "lease", "60", "domain", run, "dns", "'; " + run + " '"));
        assertTrue(Pause.until(SOON, () -> gateway.process().output().contains("wan0.dhcpv4: ")), this::story);
        leases.udhcpcEvent("bound", Map.of("opt224", "04c6336407", "lease", "60", "domain", "x".repeat(100_000)));
        assertTrue(Pause.until(SOON, () -> gateway.process().output().contains("value is too long")), this::story);
        leases.udhcpcEvent("bound", Map.of("opt224", "04c6336407\nend\n", "lease", "60\nevent=ended"));
        leases.udhcpcEvent(run, Map.of("opt224", "04c6336407"));

        assertTrue(Files.notExists(trap), "a value was run");
        assertEquals(NO_POINT, peer());
        leases.udhcpcEvent("bound", Map.of("opt224", "04c6336407", "lease", "60"));
        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);
    }

    @Test
    void aServiceRecordBringsAConversionPoint() {
        start("option srv '1'", "list allow '198.51.100.0/24'", "list allow 'example.net'");
        String dhcp = Handbook.dnsmasq("DHCP").replace("dhcp-option=224,04:c6:33:64:07\n", "");
        running(leases.dnsmasq(dhcp + Handbook.dnsmasq("DNS")));
        running(leases.udhcpc());

        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);
        assertEquals("dns:fixed", GatewayStatus.of(gateway).conversionPoint().getString("name"));
        assertEquals("dns", GatewayStatus.of(gateway).conversionPoint().getString("origin"));
        assertEquals(7000, GatewayStatus.of(gateway).conversionPoint().getInt("port"));
    }

    @Test
    void aStrangersServiceRecordIsNotBelieved() {
        start("option srv '1'", "list allow '" + SECOND + "'");
        String dhcp = Handbook.dnsmasq("DHCP").replace("dhcp-option=224,04:c6:33:64:07\n", "");
        LabProcess server = running(leases.dnsmasq(dhcp + "log-queries\n" + Handbook.dnsmasq("DNS")));
        running(leases.udhcpc());

        assertTrue(Pause.until(SOON, () -> server.output().contains("mcp.example.net is " + FIRST)), this::story);
        Pause.of(Duration.ofMillis(500));
        assertEquals(NO_POINT, peer());
    }

    @Test
    void aNameInTheLeaseIsAskedForOverItsUplink() {
        start("option dhcpv4_option '224'", "option format 'name'");
        String dhcp = Handbook.dnsmasq("DHCP")
                .replace("04:c6:33:64:07", "03:6d:63:70:07:65:78:61:6d:70:6c:65:03:6e:65:74:00");
        running(leases.dnsmasq(dhcp + Handbook.dnsmasq("DNS")));
        running(leases.udhcpc());

        assertTrue(Pause.until(SOON, () -> peer().equals(FIRST)), this::story);
        assertEquals("dhcpv4", GatewayStatus.of(gateway).conversionPoint().getString("origin"));
    }

    @Test
    void aServerOfDhcpv6BringsAConversionPoint() throws IOException {
        start("option dhcpv6_option '65001'", "list allow '2001:db8:7::/64'");
        running(leases.dnsmasq(withoutDns(Handbook.dnsmasq("DHCPv6"))));

        leases.odhcp6c("informed", Map.of("PASSTHRU", leases.askDhcpv6(65_001)));

        assertTrue(Pause.until(SOON, () -> peerOf(House.webIpv6()).equals(FIRST_IPV6)), this::story);
        assertEquals("dhcpv6:fixed", GatewayStatus.of(gateway).conversionPoint().getString("name"));
        assertEquals("dhcpv6", GatewayStatus.of(gateway).conversionPoint().getString("origin"));
    }

    @Test
    void aRouterAdvertisementProlongsAStatelessLeaseOfDhcpv6AndItsEndLeavesWhatWasTold() throws IOException {
        start("option dhcpv6_option '65001'");
        String told = "fde90010" + "20010db8000700000000000000000007";
        leases.odhcp6c("bound", Map.of("PASSTHRU", told, "ADDRESSES", "2001:db8:f::10/64,15,20"));
        assertTrue(Pause.until(SOON, () -> peerOf(House.webIpv6()).equals(FIRST_IPV6)), this::story);

        leases.odhcp6c("ra-updated", Map.of("PASSTHRU", told));
        leases.odhcp6c("stopped", Map.of());
        // Also for a daemon that was started only now.
        gateway.close();
        start("option dhcpv6_option '65001'");

        Pause.of(Duration.ofSeconds(21));
        assertTrue(
                Pause.until(SOON, () -> peerOf(House.webIpv6()).equals(FIRST_IPV6)),
                "it holds for a day, not for twenty seconds");
    }

    private void start(String... discovery) {
        String configuration = Gateway.configuration("on-demand");
        String learning = configuration.substring(0, configuration.indexOf("config conversion_point"))
                + "config discovery 'discovery'\n" + String.join("\n", discovery) + "\n";
        gateway = Gateway.start(house, learning);
        leases = new Leases(house, gateway.runDir());
    }

    private LabProcess running(LabProcess process) {
        processes.add(process);
        return process;
    }

    /** The example, and nothing on port 53. */
    private static String withoutDns(String example) {
        return example + "port=0\n";
    }

    /** Whom the web server sees when a LAN host connects: a conversion point, or the gateway itself. */
    private String peer() {
        return peerOf(House.webIpv4());
    }

    private String peerOf(String server) {
        try {
            Matcher matcher = PEER.matcher(Lan.ask(house.lanHost(0), server, WEB_PORT, QUESTION));
            return matcher.find() ? matcher.group(1) : "nobody";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private long leaseMillis(String file) throws IOException {
        return Files.getLastModifiedTime(gateway.runDir().resolve("leases").resolve(file))
                .toMillis();
    }

    private String story() {
        StringBuilder story = new StringBuilder(gateway.process().output());
        processes.forEach(process -> story.append(process.output()));
        return story.append(gateway.command("status", "--json")).toString();
    }
}
