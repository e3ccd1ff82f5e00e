package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.SERVER_FIELD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.hybridgateway.app.convert.ConvertException.Fault;
import org.junit.jupiter.api.Test;

class ConvertDecoderTest {
    private static final String MESSAGE = "01 0B 22 63" + "0A 06 00 50" + SERVER_FIELD + "1E 02 00 00"
            + "16 02 00 00 DEADBEEF" + "C0 02 01 02 03040506";
    private static final String USER_DATA = "47 45 54 20";
    private static final List<String> SEEDS = List.of(
            MESSAGE,
            "01 01 22 63",
            "01 03 22 63 15 02 00 00 1E 00 00 00",
            "01 05 22 63 14 04 00 00 1E 0C 01 81 A0A1A2A3A4A5A6A7",
            "01 03 22 63 1E 02 03 00 DEADBEEF");

    @Test
    void acceptsASplitAtEveryByteAndLeavesUserData() {
        byte[] stream = ByteString.ofHex(MESSAGE + USER_DATA).toByteArray();
        int messageBytes = stream.length - 4;
        for (int split = 0; split <= stream.length; split++) {
            ConvertDecoder decoder = new ConvertDecoder();
            ByteBuffer first = ByteBuffer.wrap(stream, 0, split);
            ByteBuffer second = ByteBuffer.wrap(stream, split, stream.length - split);
            assertEquals(split >= messageBytes, decoder.feed(first), "split " + split);
            assertTrue(decoder.feed(second), "split " + split);
            assertEquals(Wire.decode(MESSAGE), decoder.message().orElseThrow());
            assertEquals(Math.min(split, messageBytes), first.position());
            assertEquals(Math.max(split, messageBytes), second.position());
        }
    }

    @Test
    void acceptsOneByteAtATime() {
        byte[] stream = ByteString.ofHex(MESSAGE).toByteArray();
        ConvertDecoder decoder = new ConvertDecoder();
        for (int i = 0; i < stream.length; i++) {
            assertEquals(i < 4 ? 4 - i : stream.length - i, decoder.neededBytes(), "before byte " + i);
            assertEquals(i == stream.length - 1, decoder.feed(ByteBuffer.wrap(stream, i, 1)));
        }
        assertEquals(0, decoder.neededBytes());
    }

    @Test
    void readsFromDirectBuffer() {
        byte[] stream = ByteString.ofHex(MESSAGE + USER_DATA).toByteArray();
        ByteBuffer in = ByteBuffer.allocateDirect(stream.length).put(stream).flip();
        assertTrue(new ConvertDecoder().feed(in));
        assertEquals(4, in.remaining());
    }

    @Test
    void readingWhatIsNeededNeverTouchesUserData() {
        ByteBuffer stream = Wire.bytes(MESSAGE + USER_DATA);
        ConvertDecoder decoder = new ConvertDecoder();
        while (decoder.neededBytes() > 0) {
            byte[] chunk = new byte[decoder.neededBytes()];
            stream.get(chunk);
            decoder.feed(ByteBuffer.wrap(chunk));
        }
        assertEquals(4, stream.remaining());
    }

    @Test
    void takesNothingOnceComplete() {
        ConvertDecoder decoder = new ConvertDecoder();
        assertTrue(decoder.feed(Wire.bytes("01 01 22 63")));
        ByteBuffer more = Wire.bytes(USER_DATA);
        assertTrue(decoder.feed(more));
        assertEquals(4, more.remaining());
    }

    @Test
    void faultStays() {
        ConvertDecoder decoder = new ConvertDecoder();
        ConvertException first =
                assertThrows(ConvertException.class, () -> decoder.feed(Wire.bytes("48 54 54 50 2F 31")));
        assertEquals(Fault.WRONG_MAGIC, first.fault());
        assertSame(first, assertThrows(ConvertException.class, () -> decoder.feed(Wire.bytes("01 01 22 63"))));
        assertTrue(decoder.message().isEmpty());
    }

    @Test
    void reportsBadHeaderBeforeTheRestArrives() {
        assertEquals(Fault.ZERO_TOTAL_LENGTH, Wire.fault("01 00 22 63").fault());
        assertEquals(Fault.UNSUPPORTED_VERSION, Wire.fault("02 FF 22 63").fault());
    }

    @Test
    void neverTakesMoreThanTheLongestMessage() {
        ByteBuffer in = ByteBuffer.allocate(100_000);
        in.put(ByteString.ofHex("01 FF 22 63 C0 FE").toByteArray()).rewind();
        ConvertDecoder decoder = new ConvertDecoder();
        assertTrue(decoder.feed(in));
        assertEquals(ConvertMessage.MAX_BYTES, in.position());
        assertEquals(ConvertMessage.MAX_BYTES, decoder.received().length());
    }

    @Test
    void namesWhatATruncatedStreamLacks() {
        ConvertDecoder decoder = new ConvertDecoder();
        assertFalse(decoder.feed(Wire.bytes("01 06 22 63 0A")));
        assertEquals(
                "TRUNCATED at byte 5: end of stream, 19 or more bytes missing",
                decoder.truncated().getMessage());
    }

    /** Whatever a peer sends: a message or a {@link ConvertException}, and not one byte of user data taken. */
    @Test
    void survivesMutatedMessages() {
        Random random = new Random(8803);
        int accepted = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = mutated(random, SEEDS.get(random.nextInt(SEEDS.size())));
            ConvertDecoder decoder = new ConvertDecoder();
            int at = 0;
            try {
                boolean complete = false;
                while (at < bytes.length && !complete) {
                    ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(1 + random.nextInt(9), bytes.length - at));
                    complete = decoder.feed(piece);
                    at = piece.position();
                    assertEquals(complete, decoder.neededBytes() == 0);
                    assertTrue(decoder.neededBytes() <= ConvertMessage.MAX_BYTES);
                }
            } catch (ConvertException e) {
                assertTrue(e.getMessage().startsWith(e.fault().name()), e.getMessage());
                assertReactionFits(e.converterReaction());
                continue;
            }
            if (decoder.message().isPresent()) {
                accepted++;
                assertEquals(4 * (bytes[1] & 0xFF), at);
                assertRoundTrip(decoder.message().orElseThrow());
            }
        }
        assertTrue(accepted > 1_000, "only " + accepted + " mutants were accepted");
    }

    private static byte[] mutated(Random random, String seed) {
        byte[] bytes = ByteString.ofHex(seed + USER_DATA).toByteArray();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) random.nextInt(8);
        }
        return bytes;
    }

    private static void assertReactionFits(ConverterReaction reaction) {
        if (reaction instanceof ConverterReaction.SendError sendError) {
            assertTrue(ConvertMessage.of(sendError.error()).encode().length <= ConvertMessage.MAX_BYTES);
        }
    }

    private static void assertRoundTrip(ConvertMessage message) {
        assertEquals(message, Wire.decode(ByteString.copyOf(message.encode()).toHex()));
    }
}
