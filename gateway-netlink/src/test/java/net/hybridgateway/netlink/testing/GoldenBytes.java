package net.hybridgateway.netlink.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.netlink.NetlinkMessage;
import org.opentest4j.TestAbortedException;

/**
 * Datagrams captured from the real tools, one field per line: its bytes in hexadecimal, then what they mean. The first line
 * names the command that they were captured from.
 */
public final class GoldenBytes {
    private static final String FOLDER = "/net/hybridgateway/netlink/golden/";

    private GoldenBytes() {}

    /**
     * The datagram in the file {@code name}.
     *
     * @throws TestAbortedException on a big-endian machine: the captures are of a little-endian one
     */
    public static ByteBuffer datagram(String name) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new TestAbortedException("the golden bytes are of a little-endian machine");
        }
        try (InputStream file = GoldenBytes.class.getResourceAsStream(FOLDER + name + ".txt")) {
            if (file == null) {
                throw new IllegalArgumentException("no golden bytes called " + name);
            }
            String hex = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2)[0])
                    .collect(Collectors.joining());
            return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first message of the datagram in the file {@code name}. */
    public static NetlinkMessage message(String name) {
        return NetlinkMessage.decodeAll(datagram(name)).get(0);
    }

    /** The names of all captures that begin with {@code prefix}, in alphabetical order. */
    public static List<String> names(String prefix) {
        URL folder = GoldenBytes.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("no folder " + FOLDER);
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code count} variants of a datagram with some bytes changed or cut off; the same for the same {@code seed}. */
    public static List<ByteBuffer> mutations(ByteBuffer datagram, long seed, int count) {
        Random random = new Random(seed);
        List<ByteBuffer> mutations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            mutations.add(ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.nativeOrder()));
        }
        return mutations;
    }
}
