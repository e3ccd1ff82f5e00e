package net.hybridgateway.lab.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The structured part of an apk v3 file, apk-v3(5): values, each of them a word whose highest four bits are its type. A word
 * holds a small number itself, or the offset in this block of what is too large for it. 0 is nothing.
 */
final class AdbBlock {
    static final int TYPE_MASK = 0xf000_0000;
    static final int INT = 0x1000_0000;
    static final int INT_32 = 0x2000_0000;
    static final int INT_64 = 0x3000_0000;
    static final int BLOB_8 = 0x8000_0000;
    static final int BLOB_16 = 0x9000_0000;
    static final int BLOB_32 = 0xa000_0000;
    static final int ARRAY = 0xd000_0000;
    static final int OBJECT = 0xe000_0000;

    /** Two bytes of version, two that are kept free, and the word of the root. */
    static final int HEADER = 8;

    private static final int ROOT_OFFSET = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<ByteBuffer, Integer> known = new HashMap<>();

    AdbBlock() {
        bytes.writeBytes(new byte[HEADER]);
    }

    /** A text; equal ones are there once. */
    int text(String text) {
        return blob(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes; equal ones are there once. */
    int blob(byte[] content) {
        if (content.length == 0) {
            return 0;
        }
        return known.computeIfAbsent(ByteBuffer.wrap(content.clone()), key -> add(content));
    }

    /** Bytes that are filled in later: {@link #finish} is told where they are. */
    int blank(int length) {
        return add(new byte[length]);
    }

    private int add(byte[] content) {
        if (content.length < 1 << 8) {
            return BLOB_8
                    | put(
                            1,
                            little(1 + content.length)
                                    .put((byte) content.length)
                                    .put(content));
        }
        if (content.length < 1 << 16) {
            return BLOB_16
                    | put(
                            2,
                            little(2 + content.length)
                                    .putShort((short) content.length)
                                    .put(content));
        }
        return BLOB_32
                | put(4, little(4 + content.length).putInt(content.length).put(content));
    }

    int number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative: " + number);
        }
        if (number < 1 << 28) {
            return INT | (int) number;
        }
        return number < 1L << 32
                ? INT_32 | put(4, little(4).putInt((int) number))
                : INT_64 | put(4, little(8).putLong(number));
    }

    /** A record. */
    int object(SortedMap<Integer, Integer> fields) {
        int[] values = new int[fields.lastKey()];
        fields.forEach((number, value) -> values[number - 1] = value);
        return sequence(OBJECT, values);
    }

    int array(List<Integer> values) {
        return sequence(ARRAY, values.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The number of words, itself included, and the words; those at the end that are nothing are left out. */
    private int sequence(int type, int[] values) {
        int count = values.length;
        while (count > 0 && values[count - 1] == 0) {
            count--;
        }
        if (count == 0) {
            return 0;
        }
        ByteBuffer words = little(4 * (count + 1)).putInt(count + 1);
        Arrays.stream(values, 0, count).forEach(words::putInt);
        return type | put(4, words);
    }

    /** Numbers in an apk are little endian. */
    static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int put(int alignment, ByteBuffer content) {
        while (bytes.size() % alignment != 0) {
            bytes.write(0);
        }
        int offset = bytes.size();
        bytes.write(content.array(), content.arrayOffset(), content.capacity());
        return offset;
    }

    /** The whole block, with this value as its root. */
    byte[] finish(int root) {
        byte[] block = bytes.toByteArray();
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(ROOT_OFFSET, root);
        return block;
    }

    /** Where the content of a blob of at most 255 bytes begins. */
    static int contentOffset(int blob) {
        return (blob & ~TYPE_MASK) + 1;
    }
}
