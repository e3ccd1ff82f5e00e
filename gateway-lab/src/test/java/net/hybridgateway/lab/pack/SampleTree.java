package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** A small package with one of each: program, setting, empty file, link, long name, large file. */
final class SampleTree {
    static final String LONG_NAME = "usr/share/" + "long-name/".repeat(12) + "end";
    static final int LARGE_BYTES = 70_000;

    private SampleTree() {}

    static PackageInfo info() {
        return new PackageInfo(
                "sample",
                "1.2.3-r4",
                "all",
                "What the tests pack",
                "Apache-2.0",
                List.of("other", "runtime=1.2.3-r4"),
                Optional.of("sample=4711"),
                List.of("/etc/config/sample"),
                new OwnScripts(
                        Optional.of("#!/bin/sh\necho before\n"),
                        Optional.of("#!/bin/sh\necho installed\n"),
                        Optional.of("#!/bin/sh\necho \"gone $1\"\n")));
    }

    /** Writes it into an empty folder. The times of the files are as old as {@code seconds} tells. */
    static PackageTree write(Path root, long seconds) throws IOException {
        put(root, "usr/bin/sample", "#!/bin/sh\n");
        if (!root.resolve("usr/bin/sample").toFile().setExecutable(true)) {
            throw new IOException("cannot make a file executable");
        }
        put(root, "etc/config/sample", "config sample\n");
        put(root, "usr/share/empty", "");
        put(root, "usr/share/large", "x".repeat(LARGE_BYTES));
        put(root, LONG_NAME, "deep\n");
        Files.createSymbolicLink(root.resolve("usr/bin/other"), Path.of("sample"));
        try (var paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(seconds * 1000));
            }
        }
        return PackageTree.read(root);
    }

    private static void put(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
