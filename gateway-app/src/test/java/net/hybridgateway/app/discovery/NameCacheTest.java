package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.mgmt.config.AddressPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCacheTest {
    private static final NameQuestion LEARNT = NameQuestion.host("mcp.example.net", Optional.of("fixed"));
    private static final NameQuestion CONFIGURED = NameQuestion.host("mcp.example.net", Optional.empty());
    private static final NameQuestion SERVICE = NameQuestion.service("example.net", "fixed");
    private static final NameAnswer NOTHING = new NameAnswer.Nothing();
    private static final NameAnswer FAILED = new NameAnswer.Failed("no answer");

    private final NameCache cache = new NameCache();

    private static NameAnswer hosts(String address, long seconds) {
        return new NameAnswer.Hosts(List.of(AddressPrefix.address(address).orElseThrow()), seconds);
    }

    private static SrvTarget target(String name) {
        return new SrvTarget(1, 1, 7000, name);
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "29, 30", "300, 300", "86400, 86400", "2147483647, 86400"})
    void asksAgainWhenTheTimeIsOverWithinBounds(long told, long expected) {
        assertTrue(cache.isDue(LEARNT, 0));
        cache.take(LEARNT, hosts("192.0.2.1", told), 0);

        assertFalse(cache.isDue(LEARNT, TimeUnit.SECONDS.toNanos(expected) - 1));
        assertTrue(cache.isDue(LEARNT, TimeUnit.SECONDS.toNanos(expected)));
        assertEquals(OptionalLong.of(TimeUnit.SECONDS.toNanos(expected)), cache.nanosUntilNext(0));
    }

    @Test
    void whatWasFoundStaysWhileTheNameServiceIsDown() {
        cache.take(LEARNT, hosts("192.0.2.1", 60), 0);
        cache.take(LEARNT, FAILED, 1);

        assertEquals(Optional.of(hosts("192.0.2.1", 60)), cache.inUse(LEARNT));
        assertTrue(cache.isDue(LEARNT, 1 + TimeUnit.SECONDS.toNanos(5)));
    }

    @Test
    void whatIsGoneIsForgottenIfItWasLearntAndKeptIfItIsConfigured() {
        cache.take(LEARNT, hosts("192.0.2.1", 60), 0);
        cache.take(CONFIGURED, hosts("192.0.2.1", 60), 0);
        cache.take(LEARNT, NOTHING, 1);
        cache.take(CONFIGURED, NOTHING, 1);

        assertEquals(Optional.empty(), cache.inUse(LEARNT));
        assertEquals(Optional.of(hosts("192.0.2.1", 60)), cache.inUse(CONFIGURED));
    }

    @Test
    void theSameServicesKeepTheirOrder() {
        NameAnswer first = new NameAnswer.Services(List.of(target("a"), target("b")), 60);
        cache.take(SERVICE, first, 0);
        cache.take(SERVICE, new NameAnswer.Services(List.of(target("b"), target("a")), 60), 1);
        assertEquals(Optional.of(first), cache.inUse(SERVICE));

        NameAnswer others = new NameAnswer.Services(List.of(target("c"), target("a")), 60);
        cache.take(SERVICE, others, 2);
        assertEquals(Optional.of(others), cache.inUse(SERVICE));
    }

    @Test
    void forgetsWhatNobodyAsks() {
        cache.take(LEARNT, hosts("192.0.2.1", 60), 0);
        cache.take(SERVICE, FAILED, 0);

        cache.keepOnly(List.of(SERVICE));

        assertEquals(Optional.empty(), cache.inUse(LEARNT));
        assertTrue(cache.isDue(LEARNT, 0));
        assertFalse(cache.isDue(SERVICE, 0));
    }
}
