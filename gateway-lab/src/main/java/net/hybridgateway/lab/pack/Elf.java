package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program or library for 64-bit Linux, as far as its loading goes.
 *
 * @param file where it is
 * @param machine the number of its architecture, as elf(5) has it
 * @param interpreter the loader of a program; empty for a library
 * @param needed the names of the libraries that it needs
 * @param rpath where it looks for these, and for those that it loads later
 * @param runpath the newer form of that, which does not hold for those that its libraries load
 */
record Elf(
        Path file,
        int machine,
        Optional<String> interpreter,
        List<String> needed,
        Optional<String> rpath,
        Optional<String> runpath) {
    static final int AARCH64 = 183;

    /** The number of 64-bit x86 in the header (EM_X86_64). */
    static final int X86_64 = 62;

    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final int PROGRAM_HEADERS = 32;
    /** Both how long an entry of this table is, and where in the file the number of entries is. */
    private static final int PROGRAM_HEADER_BYTES = 56;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;

    Elf {
        needed = List.copyOf(needed);
    }

    /** One line of the table that says what is to be loaded from where. */
    private record Segment(int type, int offset, long address, int length) {}

    /** Whether a file is one. */
    static boolean is(Path file) throws IOException {
        byte[] start = new byte[MAGIC.length];
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(start, 0, start.length) == start.length && Arrays.equals(start, MAGIC);
        }
    }

    static Elf read(Path file) throws IOException {
        ByteBuffer bytes = bytes(file);
        List<Segment> segments = segments(bytes);
        Optional<String> interpreter = segments.stream()
                .filter(segment -> segment.type() == INTERPRETER)
                .findFirst()
                .map(segment -> text(bytes, segment.offset()));
        List<String> needed = new ArrayList<>();
        Optional<String> rpath = Optional.empty();
        Optional<String> runpath = Optional.empty();
        for (Segment dynamic : segments) {
            if (dynamic.type() == DYNAMIC) {
                int strings = fileOffset(segments, value(bytes, dynamic, STRING_TABLE));
                for (int at = dynamic.offset(); at < dynamic.offset() + dynamic.length(); at += 16) {
                    int offset = strings + (int) bytes.getLong(at + 8);
                    switch ((int) bytes.getLong(at)) {
                        case NEEDED -> needed.add(text(bytes, offset));
                        case RPATH -> rpath = Optional.of(text(bytes, offset));
                        case RUNPATH -> runpath = Optional.of(text(bytes, offset));
                        default -> {
                            // What else there is does not concern us.
                        }
                    }
                }
            }
        }
        return new Elf(file, bytes.getShort(18), interpreter, needed, rpath, runpath);
    }

    /**
     * Gives a program another loader, in its place: nothing is moved, so nothing else has to change.
     *
     * @throws IOException if there is none, or it is shorter than the new one
     */
    static void setInterpreter(Path file, String interpreter) throws IOException {
        ByteBuffer bytes = bytes(file);
        Segment place = segments(bytes).stream()
                .filter(segment -> segment.type() == INTERPRETER)
                .findFirst()
                .orElseThrow(() -> new IOException(file + " has no loader"));
        byte[] path = interpreter.getBytes(StandardCharsets.US_ASCII);
        if (path.length >= place.length()) {
            throw new IOException(interpreter + " is longer than " + text(bytes, place.offset()) + " in " + file);
        }
        byte[] content = Files.readAllBytes(file);
        System.arraycopy(Arrays.copyOf(path, place.length()), 0, content, place.offset(), place.length());
        Files.write(file, content);
    }

    private static ByteBuffer bytes(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        // The fifth byte says 64 bits, the sixth little endian.
        if (content.length < 64
                || !Arrays.equals(MAGIC, Arrays.copyOf(content, 4))
                || content[4] != 2
                || content[5] != 1) {
            throw new IOException(file + " is no 64-bit little-endian ELF file");
        }
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Segment> segments(ByteBuffer bytes) {
        List<Segment> segments = new ArrayList<>();
        int offset = (int) bytes.getLong(PROGRAM_HEADERS);
        for (int i = 0; i < bytes.getShort(PROGRAM_HEADER_BYTES); i++) {
            int at = offset + i * PROGRAM_HEADER_BYTES;
            segments.add(new Segment(bytes.getInt(at), (int) bytes.getLong(at + 8), bytes.getLong(at + 16), (int)
                    bytes.getLong(at + 32)));
        }
        return segments;
    }

    private static long value(ByteBuffer bytes, Segment dynamic, int tag) {
        for (int at = dynamic.offset(); at < dynamic.offset() + dynamic.length(); at += 16) {
            if (bytes.getLong(at) == tag) {
                return bytes.getLong(at + 8);
            }
        }
        throw new IllegalArgumentException("a dynamic section without entry " + tag);
    }

    private static int fileOffset(List<Segment> segments, long address) {
        return segments.stream()
                .filter(segment -> segment.type() == LOAD
                        && address >= segment.address()
                        && address < segment.address() + segment.length())
                .mapToInt(segment -> (int) (address - segment.address()) + segment.offset())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is loaded at " + address));
    }

    private static String text(ByteBuffer bytes, int offset) {
        int end = offset;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - offset];
        bytes.get(offset, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
