package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that measurements leave; folders that are missing are made. */
public final class ResultFiles {
    private ResultFiles() {}

    /** Begins a file that is filled while it is measured. */
    public static Writer open(Path file) throws IOException {
        makeFolder(file);
        return Files.newBufferedWriter(file);
    }

    /** Writes a file as a whole. */
    public static void write(Path file, String text) throws IOException {
        makeFolder(file);
        Files.writeString(file, text);
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}
