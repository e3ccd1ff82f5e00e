package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may take a household's traffic. */
class AllowListTest {
    private static AllowList of(String texts) {
        List<String> words = Arrays.stream(texts.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        return new AllowList(
                words.stream()
                        .flatMap(word -> AddressPrefix.parse(word).stream())
                        .toList(),
                words.stream()
                        .filter(word -> AddressPrefix.parse(word).isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 203.0.113.66, true, true",
        "198.51.100.0/24, 198.51.100.7, true, true",
        "198.51.100.0/24, 203.0.113.66, false, false",
        "198.51.100.0/24, 2001:db8::7, false, false",
        "198.51.100.0/24 2001:db8::/32, 2001:db8::7, true, true",
        "example.net, 203.0.113.66, false, true",
        "example.net 198.51.100.0/24, 203.0.113.66, false, false",
        "example.net 198.51.100.0/24, 198.51.100.7, true, true",
    })
    void anAddressMustLieInAPrefixAndNeedsOneWithoutAName(
            String list, String address, boolean literal, boolean ofName) {
        assertEquals(
                literal, of(list).allowsLiteral(AddressPrefix.address(address).orElseThrow()));
        assertEquals(
                ofName,
                of(list).allowsAddressOfName(AddressPrefix.address(address).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', mcp.example.org, true",
        "198.51.100.0/24, mcp.example.org, true",
        "example.net, example.net, true",
        "Example.NET., mcp.example.net., true",
        "example.net, MCP.EXAMPLE.NET, true",
        "example.net, badexample.net, false",
        "example.net, example.net.example.org, false",
        "mcp.example.net, example.net, false",
    })
    void aNameMustBeOneOfThoseListedOrBelowIt(String list, String name, boolean allowed) {
        assertEquals(allowed, of(list).allowsName(name));
    }
}
