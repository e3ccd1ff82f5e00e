package net.hybridgateway.mgmt.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces files as a whole: the new one is on the flash before it gets the name, so that a crash, or a power cut, leaves
 * the old one or the new one.
 *
 * <p>A daemon that is not root has no right to put a file beside its configuration, and writes into the one that is there. A
 * power cut may then leave a mixture of both; if that is no configuration, the last one that worked is used.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file that nobody but its owner may read, or one with the rights and the owner that it had. Its folder is
     * made if need be. Of two writers at a time, one fails: a file has one owner.
     *
     * @throws IOException if it cannot be written; the old one is as it was
     */
    public static void write(Path name, String text) throws IOException {
        // A link stays a link.
        Path file = Files.exists(name) ? name.toRealPath() : name;
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (Files.isWritable(file) && !Files.isWritable(folder)) {
            overwrite(file, bytes);
            return;
        }
        // Always of the same name: what a crash leaves behind is overwritten. uci passes over names with a dot.
        Path fresh = folder.resolve("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel out = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (Files.exists(file)) {
                takeOver(file, fresh);
            }
            write(out, bytes);
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(out, bytes);
            out.truncate(bytes.length);
            out.force(true);
        }
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    private static void takeOver(Path from, Path to) throws IOException {
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView now = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        PosixFileAttributes mine = now.readAttributes();
        // Asking for what is so already may be refused to those who are not root.
        if (!old.owner().equals(mine.owner())) {
            now.setOwner(old.owner());
        }
        if (!old.group().equals(mine.group())) {
            now.setGroup(old.group());
        }
        now.setPermissions(old.permissions());
    }
}
