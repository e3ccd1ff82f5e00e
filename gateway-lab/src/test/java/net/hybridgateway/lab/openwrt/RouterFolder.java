package net.hybridgateway.lab.openwrt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder that stands for the router's file system, with what is shipped in it. Scripts name their files at their top, as
 * {@code NAME=/path}: these paths are led into the folder.
 */
public final class RouterFolder {
    static final Path SHIPPED = Path.of("../rootfs-overlay").toAbsolutePath().normalize();

    private final Path root;

    private RouterFolder(Path root) {
        this.root = root;
    }

    /** Puts everything that is shipped into an empty folder, which other users may look into. */
    public static RouterFolder in(Path root) {
        RouterFolder router = empty(root);
        try {
            for (Path shipped : shipped()) {
                Path copy = root.resolve(SHIPPED.relativize(shipped).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(shipped, copy);
            }
            return router;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder, which other users may look into. */
    static RouterFolder empty(Path root) {
        try {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new RouterFolder(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files that are shipped. */
    static List<Path> shipped() {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(SHIPPED.resolve("README.md")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages' own scripts. */
    static List<Path> packages() {
        try (Stream<Path> files = Files.list(SHIPPED.resolveSibling("packaging/scripts"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a path of the router is here. */
    public Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Writes a file, and makes the folders on the way to it. */
    public Path write(String path, String text) {
        try {
            Files.createDirectories(at(path).getParent());
            return Files.writeString(at(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts one of the stand-ins for OpenWrt's programs at its place. */
    public Path standIn(String name, String path) {
        try (InputStream in = Objects.requireNonNull(RouterFolder.class.getResourceAsStream(name), name)) {
            return executable(write(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script as it is shipped, but for the paths at its top, and what belongs to another user there. */
    public Path script(String path, String user) {
        try {
            String text = Files.readString(at(path))
                    .replaceAll("(?m)^([A-Z]+)=/", "$1=" + root + "/")
                    .replaceAll("(?m)^OWNER=.*", "OWNER=" + user);
            return executable(Files.writeString(at(path), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path executable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
