package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.WebServer;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.socket.StreamProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sends the LAN's connections to the gateway stays, or comes back, whatever other programs do. */
class SteeringIT {
    private static final String TABLE = "hybrid_gateway";
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final int RUNNING = 10;
    private static final int RELOADS = 100;
    private static final int FLUSHES = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(60);

    private House house;
    private WebServer web;
    private ConversionPoint conversionPoint;
    private Gateway gateway;

    @BeforeEach
    void build() {
        house = Lan.build(HousePlan.plain());
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        conversionPoint = ConversionPoint.start(house);
        gateway = Gateway.start(house, Gateway.configuration("on-demand"));
    }

    @AfterEach
    void remove() throws IOException {
        gateway.close();
        conversionPoint.close();
        web.close();
        house.close();
    }

    @Test
    void aHundredReloadsAndTwentyFlushesLoseNoConnectionAndTheTableComesBackEachTime() {
        List<Flow> running = new ArrayList<>();
        Deque<Flow> fresh = new ArrayDeque<>();
        double slowest = 0;
        int begun = 0;
        firewall("");
        try (TrafficServer server = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0)) {
            for (int i = 0; i < RUNNING; i++) {
                running.add(flow(server, i));
            }
            for (int round = 0; round < RELOADS + FLUSHES; round++) {
                // Some are about to begin, some in their handshake, some just established.
                fresh.addLast(flow(server, round));
                disturb(round);
                fresh.addLast(flow(server, round + 1));
                begun += 2;
                slowest = Math.max(slowest, secondsUntilTheTableIsThere());
                while (fresh.size() > 8) {
                    end(fresh.removeFirst());
                }
            }
            while (!fresh.isEmpty()) {
                end(fresh.removeFirst());
            }
            assertEquals(List.of(), failures(running));
            running.forEach(SteeringIT::end);
        } finally {
            running.forEach(Flow::close);
            fresh.forEach(Flow::close);
        }
        int taken = GatewayStatus.of(gateway).totalConnections();
        System.out.printf(
                Locale.ROOT,
                "%d reloads, %d flushes: table back after %.3f s at most; %d of %d connections taken%n",
                RELOADS,
                FLUSHES,
                slowest,
                taken,
                begun + RUNNING);
        // Those that began while the table was away were forwarded, and live as well.
        assertTrue(taken >= RUNNING + begun - 2 * FLUSHES, "taken: " + taken);
        String events = gateway.command("events");
        assertTrue(events.contains("removed the nftables table inet hybrid_gateway"), events);
        String status = gateway.command("status", "--json");
        assertTrue(status.contains("interception-removed"), status);
    }

    /** Five reloads, and a flush in one of the two ways of firewalls: with its own tables at once, or without. */
    private void disturb(int round) {
        if (round % 6 != 5) {
            firewall("table inet fw4\nflush table inet fw4\n");
        } else if (round % 12 == 5) {
            house.gateway().run("nft", "flush", "ruleset");
            firewall("");
        } else {
            firewall("flush ruleset\n");
        }
    }

    /** What fw4 of OpenWrt does at a reload: one transaction that empties its table and fills it again. */
    private void firewall(String before) {
        house.gateway().nft(before + """
                table inet fw4 {
                  chain input {
                    type filter hook input priority filter; policy accept;
                    ct state vmap { established : accept, related : accept }
                  }
                  chain forward {
                    type filter hook forward priority filter; policy drop;
                    ct state vmap { established : accept, related : accept, invalid : drop }
                    iifname "%1$s" accept
                  }
                  chain srcnat {
                    type nat hook postrouting priority srcnat; policy accept;
                    oifname { "%2$s", "%3$s" } masquerade
                  }
                }
                """.formatted(House.LAN_DEVICE, Access.FIXED.device(), Access.CELLULAR.device()));
    }

    private Flow flow(TrafficServer server, int number) {
        String address = number % 2 == 0 ? House.webIpv4() : House.webIpv6();
        return Flow.start(server, house.lanHost(0), StreamProtocol.TCP, address, TrafficKind.ECHO);
    }

    private static void end(Flow flow) {
        assertTrue(flow.awaitBytes(2 * Flow.ECHO_BYTES, SOON), () -> flow + ": " + flow.failure());
        flow.finish(SOON);
    }

    private static List<String> failures(List<Flow> flows) {
        return flows.stream().map(Flow::failure).flatMap(Optional::stream).toList();
    }

    private double secondsUntilTheTableIsThere() {
        long start = System.nanoTime();
        assertTrue(
                house.gateway().call(() -> {
                    try (NfTables tables = NfTables.open()) {
                        return Pause.until(WITHIN, () -> tables.exists(TABLE));
                    }
                }),
                "no table");
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void rulesAndRoutesThatOthersDeleteComeBack() throws IOException {
        assertTaken(House.webIpv4());
        KernelTraces before = KernelTraces.of(house.gateway());
        for (String deletion : List.of(
                "-4 rule del priority 800",
                "-6 rule del priority 800",
                "-4 rule del priority 810",
                "-4 route flush table 8800",
                "-6 route flush table 8801",
                "-4 route del unreachable default table 8801")) {
            house.gateway().run(("ip " + deletion).split(" ", -1));
        }

        assertTrue(
                Pause.until(SOON, () -> routing(before).equals(routing(KernelTraces.of(house.gateway())))),
                () -> before + "\n\n" + KernelTraces.of(house.gateway()));
        assertTaken(House.webIpv4());
        assertTaken(House.webIpv6());
    }

    private static List<String> routing(KernelTraces traces) {
        return traces.parts().entrySet().stream()
                .filter(part -> part.getKey().startsWith("ip -"))
                .map(part -> part.getValue())
                .toList();
    }

    @Test
    void aLanThatIsRenamedOrComesLateIsTakenWhenItHasItsName() throws IOException {
        rename(House.LAN_DEVICE, "elsewhere");
        Lan.ask(house.lanHost(0), House.webIpv4(), WEB_PORT, QUESTION);
        assertEquals(0, GatewayStatus.of(gateway).totalConnections(), "another device");
        rename("elsewhere", House.LAN_DEVICE);
        awaitTaken(House.webIpv4());

        gateway.close();
        rename(House.LAN_DEVICE, "elsewhere");
        gateway = Gateway.start(house, Gateway.configuration("on-demand"));
        rename("elsewhere", House.LAN_DEVICE);
        awaitTaken(House.webIpv4());
    }

    /** A bridge that has just come up may take a moment, and so may the gateway to see it. */
    private void awaitTaken(String server) {
        assertTrue(
                Pause.until(SOON, () -> {
                    int before = GatewayStatus.of(gateway).totalConnections();
                    try {
                        Lan.ask(house.lanHost(0), server, WEB_PORT, QUESTION);
                    } catch (IOException e) {
                        return false;
                    }
                    return GatewayStatus.of(gateway).totalConnections() == before + 1;
                }),
                "no connection is taken");
    }

    private void rename(String from, String to) {
        house.gateway().ip("link set " + from + " down", "link set " + from + " name " + to, "link set " + to + " up");
    }

    private void assertTaken(String server) throws IOException {
        int before = GatewayStatus.of(gateway).totalConnections();
        Lan.ask(house.lanHost(0), server, WEB_PORT, QUESTION);
        assertEquals(before + 1, GatewayStatus.of(gateway).totalConnections(), "connections that the gateway took");
    }
}
