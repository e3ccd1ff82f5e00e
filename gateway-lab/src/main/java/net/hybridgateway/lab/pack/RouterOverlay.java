package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What lies beside the program on every router, as the checkout has it in rootfs-overlay. */
final class RouterOverlay {
    private static final String FOR_READERS = "README.md";

    private RouterOverlay() {}

    /** Copies it into the folder that stands for the root. */
    static void copy(Path overlay, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(overlay)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = overlay.relativize(file).toString();
                if (!name.equals(FOR_READERS)) {
                    Files.createDirectories(root.resolve(name).getParent());
                    Files.copy(file, root.resolve(name));
                }
            }
        }
    }
}
