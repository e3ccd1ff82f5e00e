package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that speaks Multipath TCP itself. It says what its own socket is when it is asked. */
class MultipathServerIT {
    private static final int PORT = ConversionPoint.PORT;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static House house;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            house.close();
        }
    }

    @AfterEach
    void mend() {
        house.fixed().mend();
    }

    @ParameterizedTest(name = "gateway {0}, conversion point {1}, server {2}: {3}")
    @CsvSource({
        "operator, --allow-private, MULTIPATH, plain",
        "operator, --server-mptcp, MULTIPATH, multipath",
        "operator, --server-mptcp, PLAIN, plain",
        "keep, --allow-private, MULTIPATH, multipath",
        "keep, --allow-private, PLAIN, plain"
    })
    void isSpokenToAsGatewayAndOperatorWantAndABreakDoesNotMatter(
            String servers, String option, ScriptedPoint.Listener kind, String seen) throws IOException {
        String configuration = Gateway.configuration("on-demand")
                .replace("option enabled '1'", "option mptcp_servers '" + servers + "'");
        try (ConversionPoint point = ConversionPoint.start(house, 0, option);
                ScriptedPoint server = ScriptedPoint.start(house.web(), kind, client -> {
                    while (client.readLine().startsWith("what")) {
                        client.say(client.isMultipath() ? "multipath\n" : "plain\n");
                    }
                });
                Gateway gateway = Gateway.start(house, configuration);
                Socket host = Lan.connect(house.lanHost(0), House.webIpv4(), PORT)) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.US_ASCII));
            assertEquals(seen, ask(host, answers), server.troubles()::toString);
            house.fixed().cut(Cut.CARRIER);
            assertEquals(seen, ask(host, answers), server.troubles()::toString);
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
            assertTrue(Pause.until(PATIENCE, () -> uplinks(gateway).equals(List.of("cellular"))), () -> uplinks(gateway)
                    .toString());
            assertTrue(point.process().isAlive());
        }
    }

    private static List<String> uplinks(Gateway gateway) {
        return GatewayStatus.uplinksOf(GatewayStatus.connections(gateway).get(0));
    }

    private static String ask(Socket host, BufferedReader answers) throws IOException {
        host.getOutputStream().write(Lan.bytes("what are you\n"));
        return answers.readLine();
    }
}
