package net.hybridgateway.mgmt.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private final Redaction redaction =
            new Redaction(Set.of("xyzzy-canary", "canary", "abc"), false, Set.of("203.0.113.1", "2001:db8::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Addresses.
                "192.168.1.20:50312 -> 198.51.100.80:443      | 192.168.x.x#1:50312 -> 198.51.x.x#2:443",
                "[2001:db8:1::20]:443                         | [2001:db8:x#1]:443",
                "fe80::1                                      | fe80:0:x#1",
                "a 10.0.0.1, b 10.0.0.2, a 10.0.0.1           | a 10.0.x.x#1, b 10.0.x.x#2, a 10.0.x.x#1",
                "203.0.113.1 port 7000: It is silent.         | 203.0.113.1 port 7000: It is silent.",
                "[2001:db8::1]:7000                           | [2001:db8::1]:7000",
                "It was 10.0.0.1.                             | It was 10.0.x.x#1.",
                "lease of 52:54:00:ab:cd:ef                   | lease of 52:54:00:x",
                // No addresses.
                "2026-11-21T05:07:11Z                         | 2026-11-21T05:07:11Z",
                "version 0.1.0, 1.2.3.4.5 and 999.1.1.1       | version 0.1.0, 1.2.3.4.5 and 999.1.1.1",
                "net::hybrid and 05:07:11                     | net::hybrid and 05:07:11",
                "listen on 0.0.0.0 and :: now                 | listen on 0.0.0.0 and :: now",
                // Secrets.
                "the canary and the xyzzy-canary died, abc    | the *** and the *** died, abc",
                "password=hunter2 user=me                     | password=*** user=me",
                "option password 'hunter2'                    | option password '***'",
                "Cookie: SID=31d4d96e407aad42; Path=/         | Cookie: ***; Path=/",
                "mqtts://me:hunter2@broker.example.net:8883   | mqtts://me:***@broker.example.net:8883",
                "A cookie was demanded.                       | A cookie was demanded.",
            })
    void takesOutWhatStrangersShouldNotRead(String text, String redacted) {
        assertEquals(redacted, redaction.json(text));
    }

    @Test
    void goesIntoObjectsAndListsAndLeavesTheOriginalAlone() {
        JsonObject options = new JsonObject();
        options.put("password", "hunter2");
        options.put("client_secret", "hunter2");
        options.put("cookie_file", "/etc/cookie");
        options.put("token", new JsonArray(java.util.List.of("hunter2")));
        options.put("cookie", 7);
        options.put("host", "10.0.0.1");
        JsonArray list = new JsonArray();
        list.add(options);
        list.add("10.0.0.1");
        list.add(null);

        JsonArray redacted = (JsonArray) redaction.json(list);

        assertEquals("10.0.x.x#1", redacted.get(1));
        assertEquals(null, redacted.get(2));
        assertEquals(
                "{password=***, client_secret=***, cookie_file=/etc/cookie, token=***, cookie=7, host=10.0.x.x#1}",
                redacted.getObject(0).toString());
        assertEquals("hunter2", options.getString("password"));
    }

    @Test
    void leavesAddressesWhereTheyAreAskedForAndInSettings() {
        assertEquals("10.0.0.1", new Redaction(Set.of(), true, Set.of()).json("10.0.0.1"));
        assertEquals("10.0.0.1 ***", redaction.jsonWithAddresses("10.0.0.1 canary"));
    }
}
