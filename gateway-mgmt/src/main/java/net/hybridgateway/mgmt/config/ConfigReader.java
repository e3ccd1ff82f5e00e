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
        return bind(text, problems);
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
        return bind(text, problems);
    }

    private static GatewayConfig bind(String text, Problems problems) {
        return ConfigBinder.bind(UciReader.read(text, problems), problems);
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
