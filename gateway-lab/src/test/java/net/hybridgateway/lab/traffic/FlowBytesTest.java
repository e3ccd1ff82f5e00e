package net.hybridgateway.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowBytesTest {
    private final FlowBytes flow = new FlowBytes(7);

    @Test
    void anyPartIsThatOfTheWhole() {
        byte[] whole = bytes(flow, 0, 100);
        for (int position = 0; position < 20; position++) {
            byte[] part = bytes(flow, position, 50);
            assertArrayEquals(Arrays.copyOfRange(whole, position, position + 50), part);
        }
    }

    @Test
    void rightBytesAreRight() {
        ByteBuffer received = ByteBuffer.wrap(bytes(flow, 13, 1000));
        assertEquals(-1, flow.firstWrong(13, received));
        assertEquals(1000, received.remaining());
    }

    @Test
    void aWrongByteIsFoundWhereItIs() {
        byte[] received = bytes(flow, 13, 1000);
        received[321]++;
        assertEquals(13 + 321, flow.firstWrong(13, ByteBuffer.wrap(received)));
    }

    @Test
    void bytesOfAnotherFlowAreWrong() {
        assertEquals(0, flow.firstWrong(0, ByteBuffer.wrap(bytes(new FlowBytes(8), 0, 1000))));
    }

    private static byte[] bytes(FlowBytes flow, long position, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        flow.put(position, buffer, length);
        return buffer.array();
    }
}
