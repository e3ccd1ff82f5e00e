package net.hybridgateway.lab.pack;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives as GNU tar does: everything belongs to root and is as old as 1970. */
final class TarWriter implements Closeable {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final char FILE = '0';
    private static final char LINK = '2';
    private static final char FOLDER = '5';
    private static final char LONG_NAME = 'L';

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Adds all of a tree, with paths that begin with {@code ./}. */
    void tree(PackageTree tree) throws IOException {
        tree(tree, "./");
    }

    /** Adds all of a tree, with paths that begin with {@code top}, which ends with a slash. */
    void tree(PackageTree tree, String top) throws IOException {
        for (PackageTree.Folder folder : tree.folders()) {
            folder(folder.path().isEmpty() ? top : top + folder.path() + "/");
            for (PackageTree.Item item : folder.items()) {
                String path = top + folder.pathOf(item);
                if (item.link().isPresent()) {
                    header(path, item.mode(), 0, LINK, item.link().get());
                } else {
                    file(path, item.mode(), item.content());
                }
            }
        }
    }

    void folder(String path) throws IOException {
        header(path, 0755, 0, FOLDER, "");
    }

    void file(String path, int mode, byte[] content) throws IOException {
        header(path, mode, content.length, FILE, "");
        body(content);
    }

    private void header(String path, int mode, long size, char type, String link) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > NAME_BYTES) {
            // The whole name comes as the content of an entry in front, with a zero byte at its end.
            header("././@LongLink", 0644, name.length + 1, LONG_NAME, "");
            body(Arrays.copyOf(name, name.length + 1));
        }
        byte[] target = link.getBytes(StandardCharsets.UTF_8);
        if (target.length > NAME_BYTES) {
            throw new IllegalArgumentException("a link that is too long for this writer: " + link);
        }
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, NAME_BYTES));
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        header[156] = (byte) type;
        System.arraycopy(target, 0, header, 157, target.length);
        text(header, 257, "ustar  ");
        // The sum is of the header with blanks in its own place.
        text(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private void body(byte[] content) throws IOException {
        out.write(content);
        int rest = content.length % BLOCK;
        if (rest > 0) {
            out.write(new byte[BLOCK - rest]);
        }
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        text(header, offset, String.format("%0" + (length - 1) + "o\0", value));
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /** Writes the end of the archive, two empty blocks, and closes what is written to. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
