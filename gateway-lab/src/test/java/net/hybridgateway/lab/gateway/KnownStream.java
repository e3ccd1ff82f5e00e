package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import net.hybridgateway.lab.traffic.KnownBytes;

/**
 * A part of the {@link KnownBytes} that belongs to one direction of one connection: written by one end, compared byte by
 * byte by the other.
 */
final class KnownStream {
    private static final int BLOCK = 16 * 1024;
    private static final long ROOM = 1L << 32;

    private final long start;
    private final byte[] block = new byte[BLOCK];

    /** Streams of different numbers have different bytes. */
    KnownStream(long number) {
        start = number * ROOM;
    }

    /** Writes the bytes from one position of the stream up to another. */
    void write(OutputStream out, long length) throws IOException {
        for (long offset = 0; offset < length; offset += BLOCK) {
            KnownBytes.fill(start + offset, block);
            out.write(block, 0, (int) Math.min(BLOCK, length - offset));
        }
    }

    /** Reads up to the end of the stream and gives its length; a wrong byte is an {@link AssertionError}. */
    long readToEnd(InputStream in) throws IOException {
        return read(in, Long.MAX_VALUE);
    }

    /** Reads until there are {@code length} bytes or the stream ends, and gives how many there were. */
    long read(InputStream in, long length) throws IOException {
        byte[] expected = new byte[BLOCK];
        long offset = 0;
        while (offset < length) {
            int count = in.readNBytes(block, 0, (int) Math.min(BLOCK, length - offset));
            KnownBytes.fill(start + offset, expected);
            int wrong = Arrays.mismatch(block, 0, count, expected, 0, count);
            if (wrong >= 0) {
                throw new AssertionError("byte " + (offset + wrong) + " is wrong");
            }
            offset += count;
            if (count < BLOCK) {
                break;
            }
        }
        return offset;
    }
}
