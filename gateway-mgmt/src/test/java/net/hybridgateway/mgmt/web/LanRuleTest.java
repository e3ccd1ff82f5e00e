package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.config.AddressPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is at home. */
class LanRuleTest {
    private static final LanRule RULE = new LanRule(local -> switch (local.getHostAddress()) {
        case "192.168.1.1", "2001:db8:1:0:0:0:0:1" ->
            Optional.of(new LanRule.Home(
                    false,
                    List.of(
                            new AddressPrefix(address("192.168.1.1"), 24),
                            new AddressPrefix(address("2001:db8:1::1"), 64))));
        case "203.0.113.9" -> Optional.of(new LanRule.Home(true, List.of(new AddressPrefix(local, 24))));
        default -> Optional.empty();
    });

    @ParameterizedTest
    @CsvSource({
        "192.168.1.50,       192.168.1.1,   true",
        "10.1.2.3,           192.168.1.1,   true",
        "172.16.0.1,         192.168.1.1,   true",
        "172.32.0.1,         192.168.1.1,   false",
        "100.64.0.1,         192.168.1.1,   false",
        "203.0.113.50,       192.168.1.1,   false",
        "127.0.0.1,          127.0.0.1,     true",
        "::1,                ::1,           true",
        "fe80::1,            2001:db8:1::1, true",
        "fd00::1,            2001:db8:1::1, true",
        "fec0::1,            2001:db8:1::1, false",
        "2001:db8:1::50,     2001:db8:1::1, true",
        "2001:db8:2::50,     2001:db8:1::1, false",
        "203.0.113.50,       203.0.113.9,   false",
        "192.168.1.50,       203.0.113.9,   false",
        "192.168.1.50,       192.168.7.7,   false",
    })
    void admitsWhoIsAtHome(String peer, String local, boolean admitted) {
        assertEquals(admitted, RULE.admits(address(peer), address(local)));
    }

    private static InetAddress address(String text) {
        return AddressPrefix.address(text).orElseThrow();
    }
}
