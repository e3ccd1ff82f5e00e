package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls, QUIC and pings go where the connections go: to the backup when the line breaks, and off it afterwards. */
class OtherTrafficIT {
    private static final int PORT = 443;
    /** They are to go on within a second, and each gap is told; a busy machine may need more to notice. */
    private static final double LONGEST_GAP_SECONDS = 15;

    private static final int REFUSAL_MILLIS = 30_000;

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration HOLD_DOWN_AND_MORE = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final Pattern SEQUENCE = Pattern.compile("^\\[(\\d+\\.\\d+)].*icmp_seq=\\d+ ", Pattern.MULTILINE);

    private static final Pattern DROPPED = Pattern.compile("iifname @uplinks .*packets (\\d+)");

    private House house;
    private ConversionPoint conversionPoint;
    private Gateway gateway;

    @BeforeEach
    void build() {
        house = Lan.build(HousePlan.plain());
        conversionPoint = ConversionPoint.start(house);
        gateway = Gateway.start(house, Gateway.configuration("on-demand"));
    }

    @AfterEach
    void remove() {
        gateway.close();
        conversionPoint.close();
        house.close();
    }

    @Test
    void callsGoOnWithinASecondAndLeaveCellularAfterTheReturn() throws IOException {
        LabProcess ping = ping();
        try (Datagrams ipv4 = Datagrams.start(house, House.webIpv4(), PORT);
                Datagrams ipv6 = Datagrams.start(house, House.webIpv6(), PORT)) {
            awaitSeenFrom(ipv4, Access.FIXED.ipv4());
            awaitSeenFrom(ipv6, Access.FIXED.ipv6());
            house.fixed().cut(Cut.CARRIER);
            awaitSeenFrom(ipv4, Access.CELLULAR.ipv4());
            awaitSeenFrom(ipv6, Access.CELLULAR.ipv6());
            assertGap("at the break", ipv4, ipv6);

            house.fixed().mend();
            await("hold-down", SOON, () -> fixedState().equals("hold-down"));
            Pause.of(A_WHILE);
            List<String> seen = List.of(ipv4.seenFrom(), ipv6.seenFrom());
            assertEquals("hold-down", fixedState());
            assertEquals(
                    List.of(literal(Access.CELLULAR.ipv4()), literal(Access.CELLULAR.ipv6())),
                    seen,
                    "it is not trusted yet");

            await("return", HOLD_DOWN_AND_MORE, () -> ipv4.seenFrom().equals(literal(Access.FIXED.ipv4())));
            awaitSeenFrom(ipv6, Access.FIXED.ipv6());
            assertGap("at the return", ipv4, ipv6);
            await("silence on cellular", SOON, () -> {
                Counters before = house.gateway().counters(Access.CELLULAR.device());
                Pause.of(A_WHILE);
                return house.gateway()
                                .counters(Access.CELLULAR.device())
                                .since(before)
                                .bytes()
                        == 0;
            });
        }
        ping.close();
        double gap = longestGapOf(ping);
        System.out.printf(Locale.ROOT, "pings: longest gap %.3f s%n", gap);
        assertTrue(gap < LONGEST_GAP_SECONDS, "pings stood still for " + gap + " s");
        assertEquals(0, house.foreignSources(Access.CELLULAR), "foreign packets on cellular");
    }

    @Test
    void callsMoveOffALineThatFellSilentAsSoonAsAConnectionTells() throws IOException {
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0);
                Flow flow = Flow.start(
                        server, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), TrafficKind.DOWNLOAD);
                Datagrams ipv4 = Datagrams.start(house, House.webIpv4(), PORT);
                Datagrams ipv6 = Datagrams.start(house, House.webIpv6(), PORT)) {
            flow.limit(4_000_000);
            assertTrue(flow.awaitBytes(500_000, SOON), () -> flow + ": " + flow.failure());
            awaitSeenFrom(ipv4, Access.FIXED.ipv4());
            awaitSeenFrom(ipv6, Access.FIXED.ipv6());
            house.fixed().cut(Cut.SILENT);
            awaitSeenFrom(ipv4, Access.CELLULAR.ipv4());
            awaitSeenFrom(ipv6, Access.CELLULAR.ipv6());
            assertGap("at the silence", ipv4, ipv6);
        }
    }

    /** Unlike masquerading, such a rule does not notice by itself that a flow would leave by another device. */
    @Test
    void callsWithAFixedTranslationBeginAnew() throws IOException {
        house.gateway().nft("""
                flush table inet home
                table inet home {
                  chain source {
                    oifname "%s" ip saddr 192.168.1.0/24 snat ip to %s
                    oifname "%s" ip saddr 192.168.1.0/24 snat ip to %s
                  }
                }
                """.formatted(
                        Access.FIXED.device(), Access.FIXED.ipv4(), Access.CELLULAR.device(), Access.CELLULAR.ipv4()));
        try (Datagrams ipv4 = Datagrams.start(house, House.webIpv4(), PORT)) {
            awaitSeenFrom(ipv4, Access.FIXED.ipv4());
            house.fixed().cut(Cut.CARRIER);
            awaitSeenFrom(ipv4, Access.CELLULAR.ipv4());
            house.fixed().mend();
            await("return", HOLD_DOWN_AND_MORE, () -> ipv4.seenFrom().equals(literal(Access.FIXED.ipv4())));
        }
    }

    @Test
    void quicIsLeftAloneUnlessItIsToBeRefusedAndThenBrowsersHearOfItAtOnce() throws IOException {
        try (Datagrams left = Datagrams.start(house, House.webIpv4(), PORT)) {
            await("answer", SOON, () -> left.answers() > 0);
        }
        gateway.close();
        gateway = Gateway.start(
                house,
                Gateway.configuration("on-demand")
                        .replace("config gateway 'main'", "config gateway 'main'\n    option quic 'reject'"));
        for (String server : List.of(House.webIpv4(), House.webIpv6())) {
            try (DatagramChannel channel = house.lanHost(0).call(DatagramChannel::open)) {
                channel.connect(new InetSocketAddress(server, PORT));
                channel.write(ByteBuffer.wrap(new byte[1200]));
                channel.socket().setSoTimeout(REFUSAL_MILLIS);
                assertThrows(
                        PortUnreachableException.class,
                        () -> channel.socket().receive(new DatagramPacket(new byte[1], 1)),
                        server);
            }
            try (Datagrams other = Datagrams.start(house, server, PORT + 1)) {
                await("answer on another port", SOON, () -> other.answers() > 0);
            }
        }
    }

    @Test
    void whatStillComesForALostAddressLeavesOverNoOtherUplink() {
        LabProcess late = house.web().start("late", "ping", "-n", "-i", "0.1", Access.FIXED.ipv4());
        await("answer to a ping", SOON, () -> late.output().contains("icmp_seq=3 "));
        BreakCase.ADDRESS.happen(house);
        try {
            await("packet for the lost address", SOON, () -> droppedBetweenUplinks() > 0);
            Pause.of(A_WHILE);
            assertEquals(0, house.foreignSources(Access.CELLULAR), "foreign packets on cellular");
        } finally {
            late.close();
            BreakCase.mend(house);
        }
    }

    /** Asked without the command line, which takes a good part of the hold-down where the machine is busy. */
    private String fixedState() {
        return ControlSocket.result(gateway, "{'command':'status'}").getArray("uplinks").stream()
                .map(JsonObject.class::cast)
                .filter(uplink -> uplink.getString("name").equals("fixed"))
                .map(uplink -> uplink.getString("state"))
                .findFirst()
                .orElseThrow();
    }

    private int droppedBetweenUplinks() {
        String chain = house.gateway().run("nft", "list", "chain", "inet", "hybrid_gateway", "forward");
        Matcher matcher = DROPPED.matcher(chain);
        assertTrue(matcher.find(), chain);
        return Integer.parseInt(matcher.group(1));
    }

    private LabProcess ping() {
        return house.lanHost(0).start("ping", "ping", "-n", "-D", "-i", "0.05", House.webIpv4());
    }

    private static double longestGapOf(LabProcess ping) {
        List<Double> times = new ArrayList<>();
        Matcher matcher = SEQUENCE.matcher(ping.output());
        while (matcher.find()) {
            times.add(Double.valueOf(matcher.group(1)));
        }
        assertTrue(times.size() > 50, ping::output);
        double longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return longest;
    }

    private static void assertGap(String when, Datagrams... all) {
        double longest = Stream.of(all)
                .mapToDouble(Datagrams::takeLongestGapSeconds)
                .max()
                .orElseThrow();
        System.out.printf(Locale.ROOT, "calls %s: longest gap %.3f s%n", when, longest);
        assertTrue(longest < LONGEST_GAP_SECONDS, when + ": calls stood still for " + longest + " s");
    }

    private static void awaitSeenFrom(Datagrams datagrams, String address) {
        long before = datagrams.answers();
        await("datagram from " + address, SOON, () -> datagrams.seenFrom().equals(literal(address)));
        await("answer", SOON, () -> datagrams.answers() > before + 1);
    }

    private static void await(String what, Duration timeout, BooleanSupplier condition) {
        assertTrue(Pause.until(timeout, condition), () -> "no " + what + " in " + timeout.toSeconds() + " s");
    }

    /** As Java writes addresses. */
    private static String literal(String address) {
        return new InetSocketAddress(address, 1).getAddress().getHostAddress();
    }
}
