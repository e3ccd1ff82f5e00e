package net.hybridgateway.netlink.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.MessageFlags;
import net.hybridgateway.netlink.NetlinkRequest;
import org.junit.jupiter.api.Test;

class TableTransactionTest {
    private static final Map<Integer, String> MESSAGE_NAMES = Map.of(
            0x10, "BATCH_BEGIN",
            0x11, "BATCH_END",
            0xa00, "NEWTABLE",
            0xa02, "DELTABLE",
            0xa03, "NEWCHAIN",
            0xa06, "NEWRULE",
            0xa09, "NEWSET",
            0xa0c, "NEWSETELEM");

    @Test
    void isWhatTheNftToolSends() throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the bytes come from a little-endian machine");
        List<String> sent = new TableTransaction()
                .delete(SampleTable.NAME).create(SampleTable.table()).finish().stream()
                        .map(TableTransactionTest::line)
                        .toList();
        assertEquals(String.join("\n", golden()), String.join("\n", sent));
    }

    @Test
    void splitsALongSet() {
        List<AddressRange> ranges = IntStream.range(0, 3000)
                .mapToObj(i -> SampleTable.range("10." + i / 256 + "." + i % 256 + ".1", 32))
                .toList();
        NftTable table = new NftTable("long", List.of(NftSet.ofRanges("many", AddressFamily.IPV4, ranges)), List.of());
        List<NetlinkRequest> elements = new TableTransaction()
                .create(table).finish().stream()
                        .filter(request -> request.type() == 0xa0c)
                        .toList();
        assertEquals(7, elements.size()); // 6000 elements and the first end
        assertTrue(elements.stream().allMatch(request -> request.payload().remaining() < 0x10000));
    }

    @Test
    void everyMessageWithinATransactionAsksForAnAcknowledgement() {
        for (NetlinkRequest request : new TableTransaction().delete("t").finish()) {
            boolean frame = request.operation().endsWith("transaction");
            assertEquals(!frame, (request.flags() & MessageFlags.ACKNOWLEDGE) != 0, request::operation);
        }
    }

    private static String line(NetlinkRequest request) {
        ByteBuffer payload = request.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return "%s %04x %s"
                .formatted(
                        MESSAGE_NAMES.get(request.type()),
                        request.flags() & ~MessageFlags.ACKNOWLEDGE,
                        HexFormat.of().formatHex(bytes));
    }

    private static List<String> golden() throws IOException {
        try (InputStream resource = TableTransactionTest.class.getResourceAsStream("table.golden")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
