package net.hybridgateway.lab.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tar archives, for tests. */
final class TarFile {
    private static final int BLOCK = 512;

    /**
     * An entry.
     *
     * @param type the letter that tar has for it
     * @param bytes its content
     */
    record Entry(char type, int mode, long seconds, String owner, String link, ByteBuffer bytes) {
        byte[] content() {
            byte[] content = new byte[bytes.capacity()];
            bytes.get(0, content);
            return content;
        }

        String text() {
            return new String(content(), StandardCharsets.UTF_8);
        }
    }

    private TarFile() {}

    /** The entries by their names, in their order. */
    static Map<String, Entry> read(byte[] archive) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        String longName = "";
        int at = 0;
        while (archive[at] != 0) {
            checkSum(archive, at);
            int size = number(archive, at + 124, 12);
            byte[] content = Arrays.copyOfRange(archive, at + BLOCK, at + BLOCK + size);
            char type = (char) archive[at + 156];
            String name = longName.isEmpty() ? text(archive, at, 100) : longName;
            longName = "";
            if (type == 'L') {
                longName = text(content, 0, content.length);
            } else {
                String owner = number(archive, at + 108, 8) + ":" + number(archive, at + 116, 8);
                entries.put(
                        name,
                        new Entry(
                                type,
                                number(archive, at + 100, 8),
                                number(archive, at + 136, 12),
                                owner,
                                text(archive, at + 157, 100),
                                ByteBuffer.wrap(content)));
            }
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return entries;
    }

    private static void checkSum(byte[] archive, int at) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += (i >= 148 && i < 156) ? ' ' : (archive[at + i] & 0xff);
        }
        if (sum != number(archive, at + 148, 8)) {
            throw new IllegalArgumentException("a wrong sum at " + at);
        }
    }

    private static int number(byte[] bytes, int at, int length) {
        return Integer.parseInt(text(bytes, at, length).strip(), 8);
    }

    private static String text(byte[] bytes, int at, int most) {
        int end = at;
        while (end < at + most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }
}
