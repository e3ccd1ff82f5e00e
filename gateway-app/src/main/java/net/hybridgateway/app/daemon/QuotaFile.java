package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.tinylog.Logger;

/**
 * The file in which the quotas' counts outlive a restart: a first line that names it, a line for each uplink (its name and
 * a {@link QuotaRecord}), and a last line with a checksum (CRC-32) of all before.
 *
 * <p>It is replaced as a whole, by a new file that is on the flash before it gets the name; a crash leaves the old one or
 * the new one. A file that cannot be used is kept aside as {@value #ASIDE}. Thread-safe.
 */
final class QuotaFile {
    static final String NAME = "quota";
    static final String ASIDE = "quota.bad";
    static final String FRESH = "quota.new";

    private static final String FIRST_LINE = "hybrid-gateway quota 1";
    private static final String LAST_WORD = "end ";
    private static final int MAX_BYTES = 256 * 1024;

    private final Path file;
    private final Map<String, QuotaRecord> saved = new LinkedHashMap<>();
    private Optional<String> lost = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private boolean inTheWay;

    private QuotaFile(Path file) {
        this.file = file;
    }

    /** Reads the file, if there is one. What is wrong with it, {@link #lost} says. */
    static QuotaFile open(Path folder) {
        QuotaFile opened = new QuotaFile(folder.resolve(NAME));
        opened.read();
        return opened;
    }

    private void read() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            saved.putAll(parse(content()));
        } catch (IOException e) {
            putAside(reason(e));
        }
    }

    private String content() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES / 1024 + " KiB");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static Map<String, QuotaRecord> parse(String content) throws IOException {
        int end = content.lastIndexOf("\n" + LAST_WORD) + 1;
        if (!content.startsWith(FIRST_LINE + "\n") || end == 0 || !content.endsWith("\n")) {
            throw new IOException("it is not whole, from \"" + FIRST_LINE + "\" to \"" + LAST_WORD.strip() + "\"");
        }
        String body = content.substring(0, end);
        if (!content.substring(end).equals(lastLine(body))) {
            throw new IOException("its checksum is wrong");
        }
        Map<String, QuotaRecord> records = new LinkedHashMap<>();
        List<String> lines = body.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            int blank = lines.get(i).indexOf(' ');
            Optional<QuotaRecord> record = QuotaRecord.parse(lines.get(i).substring(blank + 1));
            if (blank < 1 || record.isEmpty()) {
                throw new IOException("line " + (i + 1) + " has another form");
            }
            records.put(lines.get(i).substring(0, blank), record.get());
        }
        return records;
    }

    private static String lastLine(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.US_ASCII));
        return LAST_WORD + HexFormat.of().toHexDigits(sum.getValue(), 8) + "\n";
    }

    private void putAside(String why) {
        Path aside = file.resolveSibling(ASIDE);
        String kept;
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            kept = "; it is kept as " + aside;
        } catch (IOException e) {
            inTheWay = true;
            kept = "; it cannot be put aside (" + reason(e) + "), so nothing is saved";
        }
        lost = Optional.of(
                "what was counted for the quotas before is lost: " + file + " cannot be used: " + why + kept);
    }

    /** In words where they are ours; the system's own messages are often but the name of the file. */
    private static String reason(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.toString();
    }

    /** What the file holds, by uplink. */
    synchronized Map<String, QuotaRecord> saved() {
        return Map.copyOf(saved);
    }

    /** Why the counts of earlier runs are lost; empty if they are not. */
    synchronized Optional<String> lost() {
        return lost;
    }

    /** Why the last attempt to save failed; empty if it did not. */
    synchronized Optional<String> failure() {
        return failure;
    }

    /** Writes the file, if it holds something else. A failure is logged, and {@link #failure} until it is over. */
    synchronized void save(Map<String, QuotaRecord> records) {
        if (inTheWay || records.equals(saved)) {
            return;
        }
        try {
            replace(format(records));
            saved.clear();
            saved.putAll(records);
            failure = Optional.empty();
        } catch (IOException e) {
            failure = Optional.of("the counts of the quotas cannot be saved: " + reason(e));
            Logger.warn("{}", failure.get());
        }
    }

    private static byte[] format(Map<String, QuotaRecord> records) {
        StringBuilder body = new StringBuilder(FIRST_LINE).append('\n');
        new TreeMap<>(records)
                .forEach((uplink, record) ->
                        body.append(uplink).append(' ').append(record.format()).append('\n'));
        return body.append(lastLine(body.toString())).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void replace(byte[] content) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        // Always of the same name: what a crash leaves behind is overwritten.
        Path fresh = file.resolveSibling(FRESH);
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
