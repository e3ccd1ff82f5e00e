package net.hybridgateway.app.converter;

import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPolicyTest {
    private static final InetAddress OWN = ip("203.0.113.7");
    private static final InetAddress OWN_IPV6 = ip("2001:db8::7");

    /** What is allowed by default, with private networks, or never. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "192.0.2.1,                allowed",
        "9.255.255.255,            allowed",
        "11.0.0.0,                 allowed",
        "100.63.255.255,           allowed",
        "100.128.0.0,              allowed",
        "172.15.255.255,           allowed",
        "172.32.0.0,               allowed",
        "223.255.255.255,          allowed",
        "2001:db8::1,              allowed",
        "fe00::1,                  allowed",
        "10.0.0.0,                 private",
        "10.255.255.255,           private",
        "100.64.0.0,               private",
        "100.127.255.255,          private",
        "169.254.169.254,          private",
        "172.16.0.0,               private",
        "172.31.255.255,           private",
        "192.168.0.1,              private",
        "fc00::1,                  private",
        "fdff::1,                  private",
        "fe80::1,                  private",
        "febf::1,                  private",
        "fec0::1,                  private",
        "::ffff:10.0.0.1,          private",
        "::ffff:192.0.2.1,         allowed",
        "::ffff:127.0.0.1,         never",
        "::192.0.2.1,              never",
        "::10.0.0.1,               never",
        "0.0.0.0,                  never",
        "0.1.2.3,                  never",
        "127.0.0.1,                never",
        "127.255.255.255,          never",
        "224.0.0.1,                never",
        "239.255.255.255,          never",
        "240.0.0.0,                never",
        "255.255.255.254,          never",
        "255.255.255.255,          never",
        "::,                       never",
        "::1,                      never",
        "ff02::1,                  never",
        "ff0e::1,                  never",
        "203.0.113.7,              never",
        "2001:db8::7,              never",
        "::ffff:203.0.113.7,       never",
    })
    void decidesByAddress(String target, String expected) {
        assertEquals(expected, decision(ip(target)));
    }

    private static String decision(InetAddress target) {
        Optional<String> byDefault = new TargetPolicy(false, TargetPolicyTest::isOwn).refusal(target);
        Optional<String> withPrivate = new TargetPolicy(true, TargetPolicyTest::isOwn).refusal(target);
        if (byDefault.isEmpty() && withPrivate.isEmpty()) {
            return "allowed";
        }
        return withPrivate.isEmpty() ? "private" : "never";
    }

    private static boolean isOwn(InetAddress address) {
        return address.equals(OWN) || address.equals(OWN_IPV6);
    }
}
