package net.hybridgateway.mgmt.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code /etc/config/hybrid-gateway} or a file like it. */
public final class ConfigReader {
    /** A configuration with all options is below 4 KiB; anything near this bound is some other file. */
    static final int MAX_FILE_BYTES = 256 * 1024;

    private ConfigReader() {}

    /**
     * Reads and checks the whole file.
     *
     * @throws ConfigException with all problems, also if the file can't be read
     */
    public static GatewayConfig read(Path file) {
        Problems problems = new Problems(file);
        String text = decode(bytes(file, problems), problems);
        return bind(file, text, problems);
    }

    /**
     * Checks a configuration that is not in a file (yet).
     *
     * @param file the file that problems are said to be in
     * @throws ConfigException with all problems
     */
    public static GatewayConfig parse(Path file, String text) {
        Problems problems = new Problems(file);
        if (text.length() > MAX_FILE_BYTES) {
            refuseSize(problems);
        }
        return bind(file, text, problems);
    }

    private static GatewayConfig bind(Path file, String text, Problems problems) {
        List<UciSection> sections = UciReader.read(text, problems);
        if (problems.count() == 0) {
            String current = document(file, text).text();
            sections = UciReader.read(current, problems);
        }
        return ConfigBinder.bind(sections, problems);
    }

    /**
     * The text of a file, whatever it says.
     *
     * @throws ConfigException if it can't be read, is too large or no text
     */
    public static String text(Path file) {
        Problems problems = new Problems(file);
        return decode(bytes(file, problems), problems);
    }

    /**
     * A text of any version as a document of the current one.
     *
     * @param file the file that problems are said to be in
     * @throws ConfigException if it is not UCI, or of a newer version
     */
    public static UciDocument document(Path file, String text) {
        return SchemaVersion.OURS.migrate(file, UciDocument.parse(file, text));
    }

    /** Where a configuration, which need not be good, has its state folder: what it says if that can be told, or the default. */
    public static Path stateFolder(String text) {
        Problems ignored = new Problems(Path.of(""));
        return UciReader.read(text, ignored).stream()
                .filter(section -> section.type().equals(GatewaySection.TYPE.name()))
                .flatMap(section -> section.option(GatewaySection.STATE_DIR.name()).stream())
                .flatMap(option -> GatewaySection.STATE_DIR
                        .type()
                        .parse(option.values().get(0).text())
                        .stream())
                .findFirst()
                .orElseGet(() -> GatewaySection.STATE_DIR.defaultValue().orElseThrow());
    }

    private static byte[] bytes(Path file, Problems problems) {
        byte[] bytes = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (NoSuchFileException e) {
            problems.add(0, "no such file");
        } catch (IOException e) {
            problems.add(0, "can't be read: " + e.getMessage());
        }
        if (bytes.length > MAX_FILE_BYTES) {
            refuseSize(problems);
        }
        problems.throwIfAny();
        return bytes;
    }

    private static void refuseSize(Problems problems) {
        problems.add(0, "larger than " + MAX_FILE_BYTES / 1024 + " KiB: this is not a configuration file");
        problems.throwIfAny();
    }

    private static String decode(byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            long line = 1 + out.chars().filter(c -> c == '\n').count();
            problems.add((int) line, "not UTF-8 text");
            problems.throwIfAny();
        }
        return out.toString();
    }
}
