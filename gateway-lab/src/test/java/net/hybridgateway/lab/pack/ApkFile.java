package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads packages of apk's version 3, for tests: objects are lists of their fields, the first of which is at 1. */
final class ApkFile {
    private final ByteBuffer description;
    /** By the numbers of folder and file. */
    private final Map<List<Integer>, byte[]> contents = new HashMap<>();

    private ApkFile(ByteBuffer description) {
        this.description = description;
    }

    static ApkFile read(Path file) throws IOException {
        byte[] plain;
        try (InputStream in = Files.newInputStream(file)) {
            if (!text(in.readNBytes(4)).equals("ADBd")) {
                throw new IOException("not deflated");
            }
            plain = new InflaterInputStream(in, new Inflater(true)).readAllBytes();
        }
        ByteBuffer blocks = little(plain);
        byte[] start = new byte[8];
        blocks.get(start);
        if (!text(start).equals("ADB.pckg")) {
            throw new IOException("not a package: " + text(start));
        }
        ApkFile apk = null;
        while (blocks.hasRemaining()) {
            int header = blocks.getInt();
            byte[] block = new byte[(header & 0x3fff_ffff) - 4];
            blocks.get(block);
            blocks.position(blocks.position() + (-(block.length + 4) & 7));
            if (header >>> 30 == 0) {
                apk = new ApkFile(little(block));
            } else {
                ByteBuffer content = little(block);
                List<Integer> place = List.of(content.getInt(), content.getInt());
                byte[] rest = new byte[content.remaining()];
                content.get(rest);
                if (apk == null || apk.contents.put(place, rest) != null) {
                    throw new IOException("a content where none belongs: " + place);
                }
            }
        }
        return apk;
    }

    /** The object that all others are in. */
    List<Object> root() {
        return list(value(description.getInt(4)));
    }

    /** The content of a file, by the places of folder and file, counted from 1. */
    byte[] content(int folder, int file) {
        return contents.getOrDefault(List.of(folder, file), new byte[0]);
    }

    int contents() {
        return contents.size();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    static String text(Object blob) {
        return new String((byte[]) blob, StandardCharsets.UTF_8);
    }

    private Object value(int word) {
        int offset = word & 0x0fff_ffff;
        return switch (word >>> 28) {
            case 0 -> "";
            case 1 -> (long) offset;
            case 2 -> Integer.toUnsignedLong(description.getInt(offset));
            case 3 -> description.getLong(offset);
            case 8 -> bytes(offset + 1, description.get(offset) & 0xff);
            case 9 -> bytes(offset + 2, description.getShort(offset) & 0xffff);
            case 10 -> bytes(offset + 4, description.getInt(offset));
            case 13, 14 -> {
                List<Object> values = new ArrayList<>(List.of("fields begin with the next one"));
                for (int i = 1; i < description.getInt(offset); i++) {
                    values.add(value(description.getInt(offset + 4 * i)));
                }
                yield values;
            }
            default -> throw new IllegalArgumentException("an unknown type: " + (word >>> 28));
        };
    }

    private byte[] bytes(int offset, int length) {
        byte[] bytes = new byte[length];
        description.get(offset, bytes);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
