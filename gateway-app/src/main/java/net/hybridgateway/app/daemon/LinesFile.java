package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import net.hybridgateway.mgmt.files.AtomicFile;

/**
 * A file of lines that outlives a crash: a first line that names it, the lines, and a last line with a checksum (CRC-32) of
 * all before. It is replaced as a whole.
 *
 * @param firstLine says what the file holds, and in which version
 */
record LinesFile(Path path, String firstLine) {
    private static final String LAST_WORD = "end ";
    private static final int MAX_BYTES = 256 * 1024;

    /**
     * The lines between the first and the last; empty if there is no file.
     *
     * @throws IOException if it cannot be used, and why, in words where they are ours
     */
    Optional<List<String>> read() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String content = content();
        int end = content.lastIndexOf("\n" + LAST_WORD) + 1;
        if (!content.startsWith(firstLine + "\n") || end == 0 || !content.endsWith("\n")) {
            throw new IOException("it is not whole, from \"" + firstLine + "\" to \"" + LAST_WORD.strip() + "\"");
        }
        String body = content.substring(0, end);
        if (!content.substring(end).equals(lastLine(body))) {
            throw new IOException("its checksum is wrong");
        }
        return Optional.of(body.lines().skip(1).toList());
    }

    private String content() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES / 1024 + " KiB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String lastLine(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.UTF_8));
        return LAST_WORD + HexFormat.of().toHexDigits(sum.getValue(), 8) + "\n";
    }

    /** Replaces the file. No line may have a line feed. */
    void write(List<String> lines) throws IOException {
        StringBuilder body = new StringBuilder(firstLine).append('\n');
        lines.forEach(line -> body.append(line).append('\n'));
        body.append(lastLine(body.toString()));
        AtomicFile.write(path, body.toString());
    }

    /** A failure in words where they are ours; the system's own messages are often but the name of the file. */
    static String reason(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.toString();
    }
}
