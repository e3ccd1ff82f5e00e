package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.mgmt.config.AddressPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What name servers say, byte by byte. */
class DnsMessageTest {
    private static final int ID = 0xABCD;
    private static final DnsQuestion QUESTION = new DnsQuestion("mcp.example.net", DnsQuestion.Type.A);
    private static final DnsQuestion SERVICE = new DnsQuestion("_convert._tcp.a", DnsQuestion.Type.SRV);

    /** The name is at byte 12. */
    private static final String ASKED = "036d6370 07 6578616d706c65 036e6574 00 0001 0001";

    private static final String HEAD = "abcd 8180 0001 0001 0000 0000" + ASKED;
    private static final String ADDRESS = "c00c 0001 0001 0000012c 0004 c6336407";

    private static final String SERVICE_HEAD =
            "abcd 8180 0001 0001 0000 0000 08 5f636f6e76657274 04 5f746370 0161 00 0021 0001";

    private static Optional<DnsReply> reply(String hex) throws DnsFormatException {
        return DnsMessage.reply(ByteString.ofHex(hex), ID, QUESTION);
    }

    @Test
    void asksInTheFormOfRfc1035() {
        assertEquals(
                ByteString.ofHex("abcd 0100 0001 0000 0000 0001" + ASKED + "00 0029 04d0 00000000 0000"),
                ByteString.copyOf(DnsMessage.question(ID, QUESTION)));
    }

    @Test
    void readsAddressesBehindPointers() throws DnsFormatException {
        assertEquals(
                List.of(new DnsRecord.Address(
                        "mcp.example.net",
                        300,
                        AddressPrefix.address("198.51.100.7").orElseThrow())),
                reply(HEAD + ADDRESS).orElseThrow().addressesOf("mcp.example.net"));
    }

    @Test
    void followsAliasesButInNoCircle() throws DnsFormatException {
        String alias = "abcd 8180 0001 0002 0000 0000" + ASKED + "c00c 0005 0001 0000003c 0004 0162 c010"
                + "0162 c010 0001 0001 0000012c 0004 c6336407";
        List<DnsRecord> found = reply(alias).orElseThrow().addressesOf("mcp.example.net");
        assertEquals(60, found.stream().mapToLong(DnsRecord::seconds).min().orElseThrow());
        assertEquals("b.example.net", found.get(0).owner());

        String circle = "abcd 8180 0001 0002 0000 0000" + ASKED + "c00c 0005 0001 0000003c 0004 0162 c010"
                + "0162 c010 0005 0001 0000003c 0002 c00c";
        assertEquals(List.of(), reply(circle).orElseThrow().addressesOf("mcp.example.net"));
    }

    @Test
    void readsServicesAndKnowsThatTheRootIsNone() throws DnsFormatException {
        DnsReply one = DnsMessage.reply(
                        ByteString.ofHex(SERVICE_HEAD + "c00c 0021 0001 00000e10 000b 000a 0001 1b58 036d6370 00"),
                        ID,
                        SERVICE)
                .orElseThrow();
        assertEquals(
                List.of(new DnsRecord.Service("_convert._tcp.a", 3600, new SrvTarget(10, 1, 7000, "mcp"))),
                one.answers());
        DnsReply none = DnsMessage.reply(
                        ByteString.ofHex(SERVICE_HEAD + "c00c 0021 0001 00000e10 0007 0000 0000 0000 00"), ID, SERVICE)
                .orElseThrow();
        assertEquals(List.of(), none.answers());
    }

    @Test
    void passesOverRecordsOfOtherKinds() throws DnsFormatException {
        DnsReply reply = reply(
                        "abcd 8180 0001 0002 0000 0000" + ASKED + "c00c 0010 0001 0000012c 0003 026869" + ADDRESS)
                .orElseThrow();
        assertEquals(1, reply.answers().size());
    }

    @Test
    void aTimeWithTheHighestBitIsNone() throws DnsFormatException {
        assertEquals(
                0,
                reply(HEAD + ADDRESS.replace("0000012c", "8000012c"))
                        .orElseThrow()
                        .answers()
                        .get(0)
                        .seconds());
    }

    @ParameterizedTest
    @CsvSource({
        "abcd 8180, abce 8180, another number",
        "abcd 8180, abcd 0180, no answer at all",
        "abcd 8180, abcd 8980, another operation",
        "0001 0001 0000, 0000 0001 0000, no question",
        "036d6370 07, 036d6371 07, another name",
        "00 0001 0001, 00 001c 0001, another type",
        "00 0001 0001, 00 0001 0003, another class",
    })
    void isNotTakenInBySomethingElse(String right, String wrong, String what) throws DnsFormatException {
        assertEquals(Optional.empty(), reply((HEAD + ADDRESS).replaceFirst(right, wrong)), what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c00c 0001 0001 0000012c 0004 c63364          | byte 45: a value of 4 bytes that is cut short",
                "c00c 0001 0001 0000012c 0003 c63364          | byte 45: 3 bytes, which are no address",
                "c00c 001c 0001 0000012c 0004 c6336407        | byte 45: 4 bytes, which are no address",
                "c00c 0001 0001 0000012c                      | byte 35: a record that is cut short",
                "c0                                           | byte 33: a pointer that is cut short",
                "''                                           | byte 33: a name that is cut short",
                "c021 0001 0001 0000012c 0004 c6336407        | byte 33: a pointer that does not lead back",
                "0161c021 0001 0001 0000012c 0004 c6336407    | byte 35: a pointer that does not lead back",
                "c0ff 0001 0001 0000012c 0004 c6336407        | byte 33: a pointer that does not lead back",
                "40 0001 0001 0000012c 0004 c6336407          | byte 33: 0x40 begins no label",
                "80 0001 0001 0000012c 0004 c6336407          | byte 33: 0x80 begins no label",
                "05616263                                     | byte 34: a label that is cut short",
                "022e61 00 0001 0001 0000012c 0004 c6336407   | byte 34: 0x2e does not belong into a name",
                "c00c 0005 0001 0000012c 0003 016100          | ''",
                "c00c 0005 0001 0000012c 0004 01610000        | byte 45: the name does not end with its record",
                "c00c 0005 0001 0000012c 0002 0161            | byte 47: a name that is cut short",
                "c00c 0021 0001 0000012c 0006 000000001b58    | byte 45: 6 bytes, which are no service",
                "c00c 0021 0001 0000012c 0009 00000000 0000 016100 | byte 49: port 0",
            })
    void refusesAMalformedRecord(String record, String reason) throws DnsFormatException {
        if (reason.isEmpty()) {
            assertTrue(reply(HEAD + record).isPresent());
            return;
        }
        DnsFormatException refused = assertThrows(DnsFormatException.class, () -> reply(HEAD + record));
        assertEquals(reason.replaceFirst(":", " of the name server's answer:"), refused.getMessage());
    }

    @Test
    void refusesTooManyRecordsAndTooLongNames() {
        assertEquals(
                "byte 6 of the name server's answer: 65 records, more than 64",
                assertThrows(
                                DnsFormatException.class,
                                () -> reply(HEAD.replaceFirst("0001 0001 0000", "0001 0041 0000") + ADDRESS))
                        .getMessage());
        String label = "3f" + "61".repeat(63);
        assertEquals(
                "byte 226 of the name server's answer: a name longer than 255 bytes",
                assertThrows(DnsFormatException.class, () -> reply(HEAD + label.repeat(4) + "00"))
                        .getMessage());
    }

    @Test
    void neverFailsInAnotherWayWhateverIsDamaged() {
        byte[] good = ByteString.ofHex("abcd 8180 0001 0003 0000 0000" + ASKED
                        + "c00c 0005 0001 0000003c 0004 0162 c010" + "0162 c010 0001 0001 0000012c 0004 c6336407"
                        + "c00c 0021 0001 00000e10 000b 000a 0001 1b58 036d6370 00")
                .toByteArray();
        for (int seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
            for (int damages = random.nextInt(4); damages > 0 && bytes.length > 2; damages--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
            }
            try {
                DnsMessage.reply(ByteString.copyOf(bytes), ID, QUESTION)
                        .ifPresent(reply -> reply.addressesOf("mcp.example.net"));
            } catch (DnsFormatException e) {
                assertTrue(e.getMessage().startsWith("byte "), e.getMessage());
            }
        }
    }
}
