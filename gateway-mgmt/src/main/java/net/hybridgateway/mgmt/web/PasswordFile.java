package net.hybridgateway.mgmt.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.hybridgateway.mgmt.files.AtomicFile;

/**
 * Where the hash of the page's password is kept, readable for its owner only. Written as a whole or not at all.
 *
 * <p>A file that cannot be understood is no reason to let the next one who comes choose a new password: then nobody gets in
 * until somebody with a shell removes it.
 */
final class PasswordFile {
    static final String NAME = "web-password";

    private static final int MOST_BYTES = 512;

    private final Path file;
    private volatile Optional<PasswordHash> hash = Optional.empty();
    private volatile boolean unreadable;

    private PasswordFile(Path file) {
        this.file = file;
    }

    /** @param folder is made when the first password is written */
    static PasswordFile in(Path folder) {
        PasswordFile opened = new PasswordFile(folder.resolve(NAME));
        opened.read();
        return opened;
    }

    private void read() {
        try {
            if (Files.exists(file)) {
                unreadable = true;
                if (Files.size(file) <= MOST_BYTES) {
                    hash = PasswordHash.parse(Files.readString(file, StandardCharsets.US_ASCII));
                    unreadable = hash.isEmpty();
                }
            }
        } catch (IOException e) {
            unreadable = true;
        }
    }

    /** Empty if none was chosen yet, and if the file is unreadable. */
    Optional<PasswordHash> hash() {
        return hash;
    }

    /** Whether a password may be chosen by whoever comes first. */
    boolean vacant() {
        return hash.isEmpty() && !unreadable;
    }

    /** What is wrong with it, and what to do; empty if nothing. */
    Optional<String> problem() {
        return unreadable
                ? Optional.of(
                        "the file " + file + " cannot be read: remove it, and start again, to choose a new password")
                : Optional.empty();
    }

    /** Throws {@link UncheckedIOException} if it cannot be written; the old one holds then. */
    void write(PasswordHash chosen) {
        try {
            AtomicFile.write(file, chosen.toText() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hash = Optional.of(chosen);
        unreadable = false;
    }
}
