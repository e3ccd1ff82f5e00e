package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New connections while the fixed line swallows everything and its carrier stays. */
class SilentLineIT {
    private static final int WEB_PORT = 8080;
    private static final int CONNECTIONS = 20;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";

    /** What a dial waits for a SYN/ACK at most; those who waited for that were not saved by anything that is tested here. */
    private static final long DIAL_MILLIS = 4000;

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "SILENT_UP", "SILENT_DOWN"})
    void connectionsThatBeginAfterASilentBreakSucceed(Cut cut) throws Exception {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(40, 20), LineShape.of(40, 50)));
                WebServer web = house.web().call(() -> WebServer.listen(WEB_PORT));
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            for (int i = 0; i < 3; i++) {
                assertAnswered(ask(house, web));
            }
            house.fixed().cut(cut);
            List<Long> millis = askOften(house, web);
            System.out.println(cut + ": the answers took " + millis + " ms");
            // One or the other may have waited for a processor.
            assertTrue(millis.stream().filter(each -> each < DIAL_MILLIS).count() > CONNECTIONS / 2, millis::toString);
            assertTrue(conversionPoint.process().isAlive());
            assertTrue(gateway.process().isAlive());
        }
    }

    /** Asks again and again, whether the last was answered or not. */
    private static List<Long> askOften(House house, WebServer web) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                answers.add(threads.submit(() -> {
                    long start = System.nanoTime();
                    assertAnswered(ask(house, web));
                    return Duration.ofNanos(System.nanoTime() - start).toMillis();
                }));
                Pause.of(BETWEEN);
            }
            List<Long> millis = new ArrayList<>();
            for (Future<Long> answer : answers) {
                millis.add(answer.get());
            }
            return millis;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String ask(House house, WebServer web) throws IOException {
        return Lan.ask(house.lanHost(0), House.webIpv4(), web.port(), QUESTION);
    }

    private static void assertAnswered(String answer) {
        assertEquals("HTTP/1.1 200", answer.substring(0, Math.min(12, answer.length())));
    }
}
