package net.hybridgateway.netlink.route;

import static net.hybridgateway.netlink.route.RouteNetlinkTest.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.hybridgateway.netlink.AddressFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 0, 0.0.0.0/0",
        "10.1.2.3, 8, 10.0.0.0/8",
        "10.1.2.255, 25, 10.1.2.128/25",
        "10.1.2.3, 32, 10.1.2.3/32",
        "2001:db8:ffff::1, 33, 2001:db8:8000:0:0:0:0:0/33",
        "::1, 128, 0:0:0:0:0:0:0:1/128"
    })
    void findsThePrefixAroundAnAddress(String address, int length, String text) {
        IpPrefix prefix = IpPrefix.containing(ip(address), length);

        assertEquals(text, prefix.toString());
        assertTrue(prefix.contains(ip(address)));
    }

    @Test
    void containsNoAddressOfTheOtherFamily() {
        assertFalse(IpPrefix.all(AddressFamily.IPV4).contains(ip("::1")));
        assertFalse(IpPrefix.containing(ip("10.0.0.0"), 8).contains(ip("11.0.0.0")));
    }

    @Test
    void refusesWhatNoPrefixCanBe() {
        assertThrows(IllegalArgumentException.class, () -> new IpPrefix(ip("10.0.0.1"), 8));
        assertThrows(IllegalArgumentException.class, () -> IpPrefix.containing(ip("10.0.0.1"), 33));
        assertThrows(IllegalArgumentException.class, () -> IpPrefix.containing(ip("::1"), -1));
    }

    @Test
    void refusesNumbersOutOfRange() {
        Route.Builder route = Route.to(IpPrefix.all(AddressFamily.IPV4));
        assertThrows(IllegalArgumentException.class, () -> route.table(0x1_0000_0000L)
                .build());
        Rule.Builder rule = Rule.lookup(AddressFamily.IPV4, 1);
        assertThrows(IllegalArgumentException.class, () -> rule.priority(-1).build());
        assertThrows(IllegalArgumentException.class, () -> new Scope(256));
        assertThrows(IllegalArgumentException.class, () -> new RouteType(-1));
    }

    @Test
    void refusesARuleOfMixedFamilies() {
        Rule.Builder rule = Rule.lookup(AddressFamily.IPV4, 1).from(IpPrefix.host(ip("::1")));

        assertThrows(IllegalArgumentException.class, rule::build);
    }

    @Test
    void choosesTheUsualScope() {
        assertEquals(
                Scope.LINK,
                Route.to(IpPrefix.host(ip("10.0.0.1"))).out(1).build().scope());
        assertEquals(
                Scope.UNIVERSE,
                Route.to(IpPrefix.host(ip("::1"))).out(1).build().scope());
        assertEquals(
                Scope.HOST,
                Route.to(IpPrefix.host(ip("10.0.0.1")))
                        .type(RouteType.LOCAL)
                        .build()
                        .scope());
    }

    @Test
    void printsNumbersWithoutAName() {
        assertEquals("17", new Scope(17).toString());
        assertEquals("unreachable", RouteType.UNREACHABLE.toString());
        assertEquals("200", new RuleAction(200).toString());
        assertEquals("lower-layer-down", OperationalState.LOWER_LAYER_DOWN.toString());
    }
}
