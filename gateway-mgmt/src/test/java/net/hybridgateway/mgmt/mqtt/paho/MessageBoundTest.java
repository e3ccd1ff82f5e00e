package net.hybridgateway.mgmt.mqtt.paho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBoundTest {
    private static final int MOST = 1000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1024})
    void letsMessagesThroughHoweverTheyAreRead(int chunk) throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 127, 128, 129, 1000, 0, 500}) {
            messages.write(0x30);
            if (length >= 128) {
                messages.write(length % 128 | 0x80);
                messages.write(length / 128);
            } else {
                messages.write(length);
            }
            byte[] body = new byte[length];
            random.nextBytes(body);
            messages.write(body);
        }
        byte[] all = messages.toByteArray();
        assertArrayEquals(all, read(all, chunk));
    }

    @Test
    void endsAtTheHeaderOfAMessageThatIsTooLong() {
        // PUBLISH with a remaining length of 268,435,455 (MQTT 5.0 §1.5.5): a client that believes it allocates as
        // much.
        byte[] header = {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
        IOException e = assertThrows(IOException.class, () -> read(header, 1));
        assertTrue(e.getMessage().contains("at most 1000 are taken"), e.getMessage());
        assertThrows(IOException.class, () -> read(header, 5));
        byte[] justTooLong = {0x30, (byte) 0xe9, 0x07};
        assertThrows(IOException.class, () -> read(justTooLong, 1));
    }

    @Test
    void endsAtWhatIsNoLength() {
        byte[] endless = {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};
        assertThrows(IOException.class, () -> read(endless, 5));
    }

    @Test
    void findsTheSecondHeaderAfterTheFirstBody() {
        byte[] two = {0x40, 2, 9, 9, 0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
        assertThrows(IOException.class, () -> read(two, 3));
    }

    private static byte[] read(byte[] from, int chunk) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (MessageBound bound = new MessageBound(new ByteArrayInputStream(from), MOST)) {
            byte[] buffer = new byte[chunk + 2];
            while (true) {
                if (chunk == 1) {
                    int value = bound.read();
                    if (value < 0) {
                        return read.toByteArray();
                    }
                    read.write(value);
                } else {
                    int count = bound.read(buffer, 1, chunk);
                    if (count < 0) {
                        return read.toByteArray();
                    }
                    read.write(Arrays.copyOfRange(buffer, 1, 1 + count));
                }
            }
        }
    }
}
