package net.hybridgateway.mgmt.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Predicate;

/** The place in the file system where the control socket goes. */
final class SocketPlace {
    /** sun_path of sockaddr_un without its final NUL, unix(7). */
    private static final int MAX_PATH_BYTES = 107;

    /** S_IFMT and S_IFSOCK, inode(7). */
    private static final int TYPE_MASK = 0170000;

    private static final int TYPE_SOCKET = 0140000;

    private SocketPlace() {}

    /**
     * Makes the place free: with a directory that nobody else may change, and without the socket of a dead daemon.
     *
     * @param answers whether a daemon answers on the socket there
     * @throws ControlException if the place is taken or unfit, and why
     */
    static void prepare(Path socket, Predicate<Path> answers) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new ControlException(
                    "the path of the control socket is longer than " + MAX_PATH_BYTES + " bytes: " + socket);
        }
        Path directory = socket.toAbsolutePath().getParent();
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new ControlException("other users may write to " + directory
                    + ", so the control socket would not be safe there: chmod 700 it or use another directory");
        }
        if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            takeOver(socket, answers);
        }
    }

    private static void takeOver(Path socket, Predicate<Path> answers) throws IOException {
        int mode = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE_MASK) != TYPE_SOCKET) {
            throw new ControlException(socket + " exists and is not a socket: remove it");
        }
        if (answers.test(socket)) {
            throw new ControlException("another daemon answers on " + socket + ": stop it first");
        }
        Files.delete(socket);
    }
}
