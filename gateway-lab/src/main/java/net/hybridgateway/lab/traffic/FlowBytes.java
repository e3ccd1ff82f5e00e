package net.hybridgateway.lab.traffic;

import java.nio.ByteBuffer;

/**
 * The bytes of one flow: a part of the {@link KnownBytes} that no other flow has, so that bytes of another connection are
 * as wrong as damaged ones.
 */
final class FlowBytes {
    /** Most that is put or compared at once. */
    static final int BLOCK = 16 * 1024;

    /** More than a flow can carry in an hour at a gigabit per second. */
    private static final long ROOM = 1L << 40;

    private final long start;
    // A block may begin in the middle of a word.
    private final byte[] words = new byte[BLOCK + KnownBytes.WORD];

    FlowBytes(long flow) {
        start = flow * ROOM;
    }

    /** Puts {@code length} bytes from this position of the flow into the buffer. */
    void put(long position, ByteBuffer target, int length) {
        target.put(words, fill(position, length), length);
    }

    /**
     * Compares the buffer's remaining bytes, and leaves the buffer as it is.
     *
     * @param position the flow's, of the first of them
     * @return the position of the first byte that is wrong, or -1 if none is
     */
    long firstWrong(long position, ByteBuffer received) {
        int from = fill(position, received.remaining());
        int wrong = ByteBuffer.wrap(words, from, received.remaining()).mismatch(received);
        return wrong < 0 ? -1 : position + wrong;
    }

    /** Fills the words around the bytes and gives the index of the first of these. */
    private int fill(long position, int length) {
        int before = (int) (position % KnownBytes.WORD);
        int rounded = (before + length + KnownBytes.WORD - 1) / KnownBytes.WORD * KnownBytes.WORD;
        KnownBytes.fill(start + position - before, words, rounded);
        return before;
    }
}
