package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.Test;

/**
 * A connection whose line breaks behind the host's question and before the first answer. The kernel takes no further
 * subflow before the peer's first word on the connection level. A question that may be asked twice goes over the other
 * uplink; what must not be asked twice can be saved by the line's return only.
 */
class FirstRoundTripIT {
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";

    /** For all that the gateway knows, the bytes behind it order a pizza. */
    private static final String WITH_MORE_BEHIND = QUESTION + "one Margherita\r\n";

    /**
     * The conversion point is heard to take the connection, and then no more. What it hands on to the server tells that the
     * question has come: a SYN and an acknowledgment are shorter.
     */
    private static final String MUTE = """
            table inet mute {
              counter asked { }
              chain out {
                type filter hook output priority filter;
                tcp sport %d tcp flags & syn == 0 drop
                tcp dport %d meta length > 90 counter name asked
              }
            }
            """.formatted(ConversionPoint.PORT, WEB_PORT);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than the gateway once waited, shorter than people do. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    @Test
    void asksAgainOverTheOtherUplinkWhatMayBeAskedTwice() throws Exception {
        askWhileTheLineBreaks(QUESTION, true);
    }

    @Test
    void waitsForTheLineWithWhatMustNotBeSaidTwice() throws Exception {
        askWhileTheLineBreaks(WITH_MORE_BEHIND, false);
    }

    private static void askWhileTheLineBreaks(String question, boolean answeredMeanwhile) throws Exception {
        ExecutorService visitor = Executors.newSingleThreadExecutor();
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(40, 20), LineShape.of(40, 50)));
                WebServer web = house.web().call(() -> WebServer.listen(WEB_PORT));
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            Lan.ask(house.lanHost(0), House.webIpv4(), web.port(), QUESTION);
            house.conversionPoint().nft(MUTE);
            Future<String> page = visitor.submit(() -> firstLine(house, web, question));
            assertTrue(Pause.until(PATIENCE, () -> !house.conversionPoint()
                    .run("nft", "list", "counter", "inet", "mute", "asked")
                    .contains("packets 0 ")));

            BreakCase.CARRIER.happen(house);
            house.conversionPoint().run("nft", "delete", "table", "inet", "mute");
            if (answeredMeanwhile) {
                assertEquals("HTTP/1.1 200", page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } else {
                Pause.of(AWAY);
                assertFalse(page.isDone());
            }
            BreakCase.mend(house);

            assertEquals("HTTP/1.1 200", page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertTrue(conversionPoint.process().isAlive());
            assertTrue(gateway.process().isAlive());
        } finally {
            visitor.shutdownNow();
        }
    }

    /** The beginning of the answer: behind it, a server that was told too much may reset. */
    private static String firstLine(House house, WebServer web, String question) throws IOException {
        try (Socket socket = Lan.connect(house.lanHost(0), House.webIpv4(), web.port())) {
            socket.getOutputStream().write(Lan.bytes(question));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }
}
