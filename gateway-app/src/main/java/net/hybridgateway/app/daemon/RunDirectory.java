package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of one running daemon, and the lock that makes it the only one.
 *
 * <p>The lock is the kernel's, so it goes with the process however that ends; the file stays.
 */
public final class RunDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private RunDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Creates the folder (mode 0700) if there is none, and locks it.
     *
     * @throws DaemonException if another daemon has it, or it cannot be made or written
     */
    public static RunDirectory claim(Path path) {
        FileChannel channel = null;
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path lock = path.resolve("lock");
            // Not through a link: root may claim the folder of another user's daemon, to clean up.
            channel = FileChannel.open(
                    lock,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (!isOurs(channel)) {
                String owner = Files.readString(lock).strip();
                channel.close();
                throw new DaemonException("another hybrid-gateway" + (owner.isEmpty() ? "" : " (process " + owner + ")")
                        + " runs on " + path);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new RunDirectory(path, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new DaemonException("cannot use the run directory " + path + ": " + reason(e), e);
        }
    }

    /** Whether the lock could be taken: neither another process nor this one has it. */
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** What went wrong, without the path twice and without a class name where it can be helped. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is a file";
        }
        if (e instanceof NoSuchFileException) {
            return "nothing can be made there";
        }
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : e.toString();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        closeQuietly(lockFile);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock is gone with the descriptor in any case.
            }
        }
    }
}
