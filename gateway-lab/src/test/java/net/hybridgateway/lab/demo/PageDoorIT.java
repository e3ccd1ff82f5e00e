package net.hybridgateway.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageDoorIT {
    @BeforeAll
    static void needTheLab() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
    }

    @Test
    void leadsToThePageOfAGatewayInTheLab() throws IOException {
        try (House house = House.build(HousePlan.plain());
                PageDoor door = PageDoor.open(house.gateway());
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand") + door.configuration())) {
            assertTrue(gateway.process().isAlive());
            HttpRequest visit = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/"))
                    .timeout(Duration.ofSeconds(30))
                    .build();

            // The page may come a moment after the gateway; a browser asks again, too.
            assertTrue(Pause.until(Duration.ofSeconds(60), () -> answer(visit).isPresent()), "nobody answers");
            HttpResponse<String> page = answer(visit).orElseThrow();

            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("hybrid-gateway"), page::body);
        }
    }

    private static Optional<HttpResponse<String>> answer(HttpRequest visit) {
        try {
            return Optional.of(HttpClient.newHttpClient().send(visit, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
