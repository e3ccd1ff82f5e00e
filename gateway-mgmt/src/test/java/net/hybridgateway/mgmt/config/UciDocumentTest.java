package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UciDocumentTest {
    private static final Path FILE = Path.of("f");

    private static final String TEXT = """
            # my house
            config gateway 'main'
            	option quic leave   # for now
            	list lan 'br-lan'
            	list lan 'br-iot'   # lamps
            	list lan 'br-guest'

            # the line
            config uplink fixed
              option device "wan0"

            config rule
            	option action direct; list dest_port 80; list dest_port 81
            config rule
            """;

    private static UciDocument document() {
        return UciDocument.parse(FILE, TEXT);
    }

    private static void assertChanged(UciDocument document, String before, String after) {
        assertTrue(TEXT.contains(before), before);
        assertEquals(TEXT.replace(before, after), document.text());
    }

    @Test
    void replacesAValueInItsQuotes() {
        assertChanged(set("gateway", "main", "quic", "reject"), "quic leave   #", "quic reject   #");
        assertChanged(set("gateway", "main", "quic", "a b"), "quic leave   #", "quic 'a b'   #");
        assertChanged(set("uplink", "fixed", "device", "wan 1"), "\"wan0\"", "\"wan 1\"");
        assertChanged(set("uplink", "fixed", "device", "wa\"n"), "\"wan0\"", "'wa\"n'");
        assertChanged(set("uplink", "fixed", "device", "it's"), "\"wan0\"", "\"it's\"");
        assertChanged(set("gateway", "main", "quic", "it's"), "quic leave", "quic 'it'\\''s'");
    }

    @Test
    void addsAnOptionBehindTheLastOneOfItsSection() {
        assertChanged(set("uplink", "fixed", "kind", "fixed"), "\"wan0\"\n", "\"wan0\"\n  option kind 'fixed'\n");
        assertChanged(set("gateway", "main", "drill", "off"), "'br-guest'\n", "'br-guest'\n\toption drill 'off'\n");
    }

    @Test
    void addsAnOptionToAnEmptySectionAtTheEnd() {
        assertEquals(
                TEXT + "\toption action 'bond'\n",
                set("rule", "@rule[1]", "action", "bond").text());
        String unended = TEXT.substring(0, TEXT.length() - 1);
        assertEquals(
                TEXT + "\toption action 'bond'\n",
                UciDocument.parse(FILE, unended)
                        .set("rule", "@rule[1]", "action", false, List.of("bond"))
                        .text());
    }

    @Test
    void addsAnOptionOnALineThatGoesOn() {
        UciDocument oneLine = UciDocument.parse(FILE, "config uplink a; option x 1; config uplink b; option x 2\n");
        assertEquals(
                "config uplink a; option x 1; option y '3'; config uplink b; option x 2\n",
                oneLine.set("uplink", "a", "y", false, List.of("3")).text());
    }

    @Test
    void takesAnOptionAwayWithItsLine() {
        assertChanged(unset("gateway", "main", "quic"), "\toption quic leave   # for now\n", "");
        assertChanged(unset("gateway", "main", "lan"), """
                	list lan 'br-lan'
                	list lan 'br-iot'   # lamps
                	list lan 'br-guest'
                """, "");
        assertChanged(unset("rule", "@rule[0]", "action"), "option action direct; list", "; list");
        assertEquals(TEXT, unset("rule", "@rule[0]", "nothing").text());
    }

    @Test
    void changesAListWhereItChanges() {
        assertChanged(lan("br-lan", "br-guest"), "\tlist lan 'br-iot'   # lamps\n", "");
        assertChanged(lan("br-lan", "br-dmz", "br-guest"), "'br-iot'", "'br-dmz'");
        assertChanged(
                lan("br-lan", "br-iot", "br-guest", "br-dmz"), "'br-guest'\n", "'br-guest'\n\tlist lan 'br-dmz'\n");
        assertChanged(lan("br-lan", "br-iot", "br-dmz", "br-guest"), "# lamps\n", "# lamps\n\tlist lan 'br-dmz'\n");
        assertEquals(
                List.of("br-dmz", "br-lan", "br-iot", "br-guest"),
                lan("br-dmz", "br-lan", "br-iot", "br-guest")
                        .section("gateway", "main")
                        .flatMap(section -> section.option("lan"))
                        .orElseThrow()
                        .values());
        assertChanged(lan("br-dmz", "br-iot", "br-guest"), "'br-lan'", "'br-dmz'");
        assertEquals(TEXT, lan("br-lan", "br-iot", "br-guest").text());
    }

    @Test
    void writesAnOptionWithSeveralValuesAsAList() {
        UciDocument document =
                UciDocument.parse(FILE, "config rule\n\toption dest_port 80 # web\n\toption action bond\n");
        assertEquals(
                "config rule\n\toption dest_port 81 # web\n\toption action bond\n",
                document.set("rule", "@rule[0]", "dest_port", true, List.of("81"))
                        .text());
        assertEquals(
                "config rule\n\tlist dest_port '80'\n\tlist dest_port '443'\n\toption action bond\n",
                document.set("rule", "@rule[0]", "dest_port", true, List.of("80", "443"))
                        .text());
    }

    @Test
    void findsAnOptionThatIsWrittenAndEmpty() {
        UciDocument document = UciDocument.parse(FILE, "config rule\n\toption action ''\n\toption action ''\n");
        assertEquals(List.of(), document.sections().get(0).options());
        assertEquals(
                "config rule\n\toption action 'bond'\n",
                document.set("rule", "@rule[0]", "action", false, List.of("bond"))
                        .text());
    }

    @Test
    void addsASectionToTheEnd() {
        assertEquals(
                TEXT + "\nconfig rule 'voip'\n", document().add("rule", "voip").text());
        assertEquals(
                "config rule 'voip'\n",
                UciDocument.parse(FILE, "").add("rule", "voip").text());
        assertThrows(IllegalArgumentException.class, () -> document().add("rule", "vo ip"));
        assertThrows(IllegalArgumentException.class, () -> document().add("rule", ""));
    }

    @Test
    void takesASectionAway() {
        assertChanged(document().remove("uplink", "fixed"), "\nconfig uplink fixed\n  option device \"wan0\"\n", "\n");
        assertEquals(
                TEXT.substring(0, TEXT.length() - "config rule\n".length()),
                document().remove("rule", "@rule[1]").text());
    }

    @Test
    void keepsTheLineEndsOfAFileFromElsewhere() {
        UciDocument document = UciDocument.parse(FILE, "config rule\r\n\toption action bond # a\r\n");
        assertEquals(
                "config rule\r\n\toption action bond # a\r\n\toption proto 'tcp'\r\n",
                document.set("rule", "@rule[0]", "proto", false, List.of("tcp")).text());
        assertEquals(
                "config rule\r\n",
                document.set("rule", "@rule[0]", "action", false, List.of()).text());
    }

    @Test
    void tellsWhatStandsOnALine() {
        assertEquals(
                Optional.of(new UciDocument.Place("gateway", "main", Optional.of("lan"))),
                document().at(5));
        assertEquals(
                Optional.of(new UciDocument.Place("uplink", "fixed", Optional.empty())),
                document().at(9));
        assertEquals(Optional.empty(), document().at(1));
        assertEquals(Optional.empty(), document().at(0));
    }

    @Test
    void callsSectionsWithoutNameAsUciDoes() {
        assertEquals(
                List.of("main", "fixed", "@rule[0]", "@rule[1]"),
                document().sections().stream().map(UciDocument.Section::name).toList());
    }

    @Test
    void refusesWhatIsNoUci() {
        ConfigException refused = assertThrows(
                ConfigException.class, () -> UciDocument.parse(FILE, "config rule\noption action 'bond\nfoo\n"));
        assertEquals(2, refused.problems().size());
    }

    @Test
    void writesNoControlCharacters() {
        assertFalse(UciDocument.writable("a\nb"));
        assertThrows(IllegalArgumentException.class, () -> set("gateway", "main", "quic", "a\nconfig rule"));
    }

    private static UciDocument set(String type, String name, String option, String value) {
        return document().set(type, name, option, false, List.of(value));
    }

    private static UciDocument unset(String type, String name, String option) {
        return document().set(type, name, option, false, List.of());
    }

    private static UciDocument lan(String... devices) {
        return document().set("gateway", "main", "lan", true, List.of(devices));
    }
}
