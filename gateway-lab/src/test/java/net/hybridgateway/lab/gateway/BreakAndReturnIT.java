package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of the whole project: downloads and uploads, of IPv4 and IPv6, outlive a break of the fixed line and come back
 * to it.
 *
 * <p>Most of a break and return is waiting, for the product's hold-down and quiet time. So one house for each use of the
 * cellular uplink works at the same time, and each test waits for its result.
 */
class BreakAndReturnIT {
    private static final LineShape FIXED = LineShape.of(20, 10);
    private static final LineShape CELLULAR = LineShape.of(10, 20);
    private static final List<String> USES = List.of("always", "standby", "on-demand");
    private static final String[] SMALL_BUFFERS = {
        "net.ipv4.tcp_rmem=4096 131072 524288", "net.ipv4.tcp_wmem=4096 16384 262144",
    };
    private static final int PATIENCE_SECONDS = 900;

    private static final Map<String, CompletableFuture<String>> RESULTS = new TreeMap<>();
    private static final List<House> HOUSES = new ArrayList<>();
    private static ExecutorService threads;

    @BeforeAll
    static void begin() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        threads = Executors.newFixedThreadPool(USES.size());
        for (String use : USES) {
            for (Breakage breakage : Breakage.values()) {
                RESULTS.put(use + breakage, new CompletableFuture<>());
            }
            House house = House.build(HousePlan.shaped(FIXED, CELLULAR));
            // Megabytes in queues would take half a minute to arrive after a test's end.
            house.run().nodes().forEach(node -> node.sysctl(SMALL_BUFFERS));
            HOUSES.add(house);
            threads.execute(() -> playAll(house, use));
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (threads != null) {
            threads.shutdownNow();
            HOUSES.forEach(House::close);
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void playAll(House house, String use) {
        try (ConversionPoint conversionPoint = ConversionPoint.start(house)) {
            for (Breakage breakage : Breakage.values()) {
                play(house, use, breakage, RESULTS.get(use + breakage));
            }
            assumeTrue(conversionPoint.process().isAlive());
        } catch (RuntimeException e) {
            for (Breakage breakage : Breakage.values()) {
                RESULTS.get(use + breakage).completeExceptionally(e);
            }
        }
    }

    private static void play(House house, String use, Breakage breakage, CompletableFuture<String> result) {
        try {
            result.complete(new BreakScenario(house, use, breakage).play());
        } catch (Exception | AssertionError e) {
            result.completeExceptionally(e);
            // The next one begins with a whole line.
            breakage.end(house);
        }
    }

    @ParameterizedTest(name = "cellular {0}, loss of {1}")
    @CsvSource({
        "always, CARRIER",
        "always, ADDRESS",
        "always, ROUTE",
        "standby, CARRIER",
        "standby, ADDRESS",
        "standby, ROUTE",
        "on-demand, CARRIER",
        "on-demand, ADDRESS",
        "on-demand, ROUTE"
    })
    void transfersOutliveTheBreakAndComeBack(String use, Breakage breakage) throws Exception {
        System.out.println(RESULTS.get(use + breakage).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
