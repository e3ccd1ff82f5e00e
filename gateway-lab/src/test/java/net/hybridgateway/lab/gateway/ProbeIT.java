package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.hybridgateway.lab.middlebox.Behaviour;
import net.hybridgateway.lab.middlebox.Middlebox;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hybrid-gateway probe} finds out what a middlebox on the line does. */
class ProbeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static House house;
    private static ConversionPoint point;
    private static Gateway gateway;

    private final Middlebox fixed = Middlebox.on(house, Access.FIXED);

    /** What a command printed, and how it ended. */
    private record Ended(String output, int exitCode) {}

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
        point = ConversionPoint.start(house);
        gateway = Gateway.start(house, configuration());
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            gateway.close();
            point.close();
            house.close();
        }
    }

    @AfterEach
    void rest() {
        fixed.close();
    }

    @Test
    void findsNothingInTheWayWhereNothingIs() {
        Ended ended = probe();

        assertEquals(0, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("fixed -> operator, 198.51.100.7:7000: well\n"), ended.output());
        assertTrue(ended.output().contains("cellular -> operator, 198.51.100.7:7000: well\n"), ended.output());
    }

    @ParameterizedTest
    @CsvSource({
        "STRIP_SYN,            hindered, plain, kept, not-tried, not-seen, option-stripped-from-syn",
        "STRIP_SYN_ACK,        hindered, plain, kept, not-tried, seen, option-stripped-from-syn-ack",
        "STRIP_JOIN,           hindered, multipath, kept, refused, not-seen, join-stripped-from-syn",
        "STRIP_JOIN_ANSWER,    hindered, multipath, kept, refused, seen, join-stripped-from-syn-ack",
        "STRIP_DATA,           hindered, fell-back, kept, not-tried, not-tried, option-stripped-from-data",
        "DROP_MPTCP_SYN,       unusable, no-answer, kept, not-tried, not-tried, option-syn-dropped",
        "DROP_SYN_DATA,        hindered, multipath, syn-lost, joined, not-tried, syn-data-dropped",
        "STRIP_SYN_DATA,       hindered, multipath, not-acknowledged, joined, not-tried, syn-data-not-taken",
        "DROP_ADD_ADDR,        well, multipath, kept, joined, not-tried, ''",
        "RENUMBER_PORTS,       well, multipath, kept, joined, not-tried, ''",
        "RENUMBER_PORTS_AGAIN, well, multipath, kept, joined, not-tried, ''"
    })
    void tellsWhatAMiddleboxDoes(
            Behaviour behaviour,
            String result,
            String handshake,
            String synData,
            String join,
            String optionAtPeer,
            String looksLike) {
        fixed.does(behaviour);

        Ended ended = probe("fixed", "--json");

        // IPv4 and IPv6.
        assertEquals(2, paths(ended).size(), ended.output());
        for (JsonObject path : paths(ended)) {
            assertEquals(result, path.getString("result"), ended.output());
            assertEquals("converts", path.getString("answer"), ended.output());
            assertEquals(handshake, path.getString("handshake"), ended.output());
            assertEquals(synData, path.getString("synData"), ended.output());
            assertEquals(join, path.getString("join"), ended.output());
            assertEquals(optionAtPeer, path.getString("optionAtPeer"), ended.output());
            assertEquals(looksLike, String.join(" ", words(path, "looksLike")), ended.output());
        }
        assertEquals(result.equals("well") ? 0 : 1, ended.exitCode(), ended.output());
    }

    @Test
    void blamesTheLineForWhatWorksOverAnother() {
        fixed.does(Behaviour.STRIP_SYN_DATA);

        Ended ended = probe("--json");

        assertEquals(List.of("syn-data-stripped"), words(path(ended, "fixed"), "looksLike"), ended.output());
        assertEquals("well", path(ended, "cellular").getString("result"), ended.output());
        assertEquals(1, ended.exitCode());
    }

    @Test
    void keepsItsConnectionsFromThePolicyEngine() {
        long before = joins();

        Ended ended = probe("fixed", "--json");

        assertEquals(2, paths(ended).size(), ended.output());
        assertEquals("joined", path(ended, "fixed").getString("join"), ended.output());
        // Use "always" means that a relayed connection is joined over cellular at once.
        assertEquals(2, joins() - before, "the engine joined a connection of the probe over cellular");
    }

    @Test
    void sendsNothingWhereTheScheduleForbidsItUnlessTheUplinkIsNamed() {
        gateway.close();
        String neverNow = DayOfWeek.from(LocalDate.now(ZoneOffset.UTC))
                .plus(3)
                .getDisplayName(TextStyle.SHORT, Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        String schedule = "option kind 'cellular'\n    list schedule '" + neverNow + " 00:00-24:00'";
        gateway = Gateway.start(house, configuration().replace("option kind 'cellular'", schedule));
        try {
            Ended all = probe("--json");
            Ended named = probe("cellular", "--json");

            assertEquals("well", path(all, "fixed").getString("result"), all.output());
            assertEquals("not-asked", path(all, "cellular").getString("result"), all.output());
            assertEquals(0, path(all, "cellular").getInt("bytes"), all.output());
            assertEquals(0, all.exitCode(), all.output());
            assertEquals("well", path(named, "cellular").getString("result"), named.output());
        } finally {
            gateway.close();
            gateway = Gateway.start(house, configuration());
        }
    }

    @Test
    void saysThatAnUplinkIsDown() {
        house.cellular().cut(Cut.CARRIER);
        try {
            assertTrue(
                    Pause.until(PATIENCE, () -> GatewayStatus.of(gateway)
                            .uplink("cellular")
                            .getString("state")
                            .equals("offline")),
                    "not noticed");
            Ended ended = probe("cellular");
            assertEquals(1, ended.exitCode(), ended.output());
            assertTrue(ended.output().startsWith("""
                    cellular -> operator, 198.51.100.7:7000: unusable
                      The uplink is down.
                      Looks like the uplink has no carrier, no address or no route.
                    """), ended.output());
        } finally {
            house.cellular().mend();
            // For the other tests.
            Pause.until(PATIENCE, () -> !GatewayStatus.of(gateway)
                    .uplink("cellular")
                    .getString("state")
                    .equals("offline"));
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        point.close();
        try {
            Ended ended = probe("fixed", "--json");
            assertEquals("refused", path(ended, "fixed").getString("answer"), ended.output());
            assertEquals("unusable", path(ended, "fixed").getString("result"), ended.output());
            assertEquals(1, ended.exitCode(), ended.output());
        } finally {
            point = ConversionPoint.start(house);
        }
    }

    @Test
    void joinsNothingWhereTheConversionPointWantsNoJoins() {
        point.close();
        point = ConversionPoint.start(
                house, 0, "--allow-private", "--announced-only", "--announce", House.conversionPointIpv4(0));
        try {
            long before = joins();
            Ended ended = probe("fixed", "--json");
            assertEquals("not-wanted-here", path(ended, "fixed").getString("join"), ended.output());
            assertEquals("well", path(ended, "fixed").getString("result"), ended.output());
            assertEquals(0, joins() - before);
        } finally {
            point.close();
            point = ConversionPoint.start(house);
        }
    }

    @Test
    void findsAConversionPointThatDemandsACookie() {
        point.close();
        point = ConversionPoint.start(house, 0, "--allow-private", "--require-cookie");
        try {
            Ended ended = probe("fixed", "--json");
            assertEquals("well", path(ended, "fixed").getString("result"), ended.output());
        } finally {
            point.close();
            point = ConversionPoint.start(house);
        }
    }

    @Test
    void theGatewayStopsInTheMidstOfAProbe() {
        house.fixed().cut(Cut.SILENT);
        try {
            LabProcess asking = house.gateway()
                    .start(
                            "probe",
                            Distribution.program(),
                            "probe",
                            "--run-dir",
                            gateway.runDir().toString());
            // Its first SYN, unanswered.
            assertTrue(Pause.until(PATIENCE, () -> !house.gateway()
                    .run("ss", "-Htn", "state", "syn-sent")
                    .isBlank()));

            gateway.close();

            assertEquals(1, asking.awaitExit(PATIENCE), asking.output());
            assertEquals(1, asking.output().lines().count(), asking.output());
            assertFalse(
                    gateway.process().output().contains("Exception"),
                    gateway.process().output());
            assertFalse(
                    gateway.process().output().contains("ERROR"),
                    gateway.process().output());
        } finally {
            house.fixed().mend();
            gateway = Gateway.start(house, configuration());
        }
    }

    @Test
    void refusesAnUplinkThatThereIsNot() {
        Ended ended = probe("fixde");

        assertEquals(2, ended.exitCode(), ended.output());
        assertEquals("hybrid-gateway: there is no uplink 'fixde': known are fixed, cellular\n", ended.output());
    }

    private static String configuration() {
        String address = "option address '" + House.conversionPointIpv4(0) + "'";
        return Gateway.configuration("always")
                .replace(
                        address,
                        "list address '%s'\n    list address '%s'"
                                .formatted(House.conversionPointIpv4(0), House.conversionPointIpv6(0)));
    }

    /** SYNs that the gateway has sent to join a connection. */
    private static long joins() {
        return MptcpCounters.read(house.gateway(), "MPJoinSynTx");
    }

    private static List<JsonObject> paths(Ended ended) {
        try {
            return JsonParser.object().from(ended.output()).getArray("paths").stream()
                    .map(JsonObject.class::cast)
                    .collect(Collectors.toList());
        } catch (JsonParserException e) {
            throw new AssertionError(ended.output(), e);
        }
    }

    /** The way over an uplink to the IPv4 address. */
    private static JsonObject path(Ended ended, String uplink) {
        return paths(ended).stream()
                .filter(path -> path.getString("uplink").equals(uplink)
                        && path.getString("address").equals(House.conversionPointIpv4(0)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ended.output()));
    }

    private static List<String> words(JsonObject path, String name) {
        return path.getArray(name).stream().map(String.class::cast).collect(Collectors.toList());
    }

    private static Ended probe(String... words) {
        String command =
                Distribution.program() + " probe --run-dir " + gateway.runDir() + " " + String.join(" ", words);
        String output = house.gateway().run("sh", "-c", command + " 2>&1; echo exit $?");
        int exit = output.lastIndexOf("exit ");
        return new Ended(
                output.substring(0, exit),
                Integer.parseInt(output.substring(exit + 5).strip()));
    }
}
