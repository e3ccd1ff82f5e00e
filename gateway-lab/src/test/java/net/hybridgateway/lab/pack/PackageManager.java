package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.lab.openwrt.TestRouter;

/** What opkg and apk have in common, as far as our packages need it: no feeds, no dependencies, one package after another. */
abstract class PackageManager {
    final TestRouter router;
    private final Map<String, OpenedPackage> installed = new HashMap<>();
    private final StringBuilder said = new StringBuilder();

    PackageManager(TestRouter router) {
        this.router = router;
    }

    /** Installs packages, or upgrades them, in this order, and gives what their scripts printed. */
    abstract String install(Path... files) throws IOException;

    /** Removes a package, and gives what its scripts printed. */
    abstract String remove(String name) throws IOException;

    final Optional<OpenedPackage> installed(String name) {
        return Optional.ofNullable(installed.get(name));
    }

    final void remember(OpenedPackage opened) {
        installed.put(opened.name(), opened);
    }

    final OpenedPackage forget(String name) {
        return Optional.ofNullable(installed.remove(name)).orElseThrow();
    }

    /** Runs a script, if the package has it. */
    final void run(OpenedPackage of, String script, String place, Map<String, String> environment, String... words)
            throws IOException {
        if (of.control().containsKey(script)) {
            Path file = router.write(place, of.control().get(script));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            String[] command = Arrays.copyOf(new String[] {place}, 1 + words.length);
            System.arraycopy(words, 0, command, 1, words.length);
            said.append(router.run(environment, command));
        }
    }

    /** What scripts printed since this was asked for. */
    final String said() {
        String text = said.toString();
        said.setLength(0);
        return text;
    }

    /** Puts a file of a package to a path, in the place of what is there. */
    final void put(String path, OpenedPackage.Packed packed) throws IOException {
        Path file = router.at(path);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (packed.link().isEmpty()) {
            Files.write(file, packed.content());
            Files.setAttribute(file, "unix:mode", packed.mode());
        } else {
            Files.createSymbolicLink(file, Path.of(packed.link()));
        }
    }

    /** Whether the file is there and not as the package had it. */
    final boolean differs(String path, OpenedPackage.Packed packed) throws IOException {
        Path file = router.at(path);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !Arrays.equals(Files.readAllBytes(file), packed.content());
    }

    /** Removes a file, and the folders that are empty then. */
    final void delete(String path) throws IOException {
        Files.deleteIfExists(router.at(path));
        Deque<Path> folders = new ArrayDeque<>();
        for (Path folder = Path.of(path).getParent(); folder.getNameCount() > 0; folder = folder.getParent()) {
            folders.addLast(folder);
        }
        for (Path folder : folders) {
            String[] left = router.at(folder.toString()).toFile().list();
            if (left == null || left.length > 0) {
                return;
            }
            Files.delete(router.at(folder.toString()));
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(ApkWriter.sha256(content));
    }
}
