package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A package's own scripts, beside what OpenWrt does for every package. They are shell, with {@code #!} on top.
 *
 * @param preinst before the files of an installation or an upgrade are there; opkg says which as {@code $1}
 * @param postinst after OpenWrt's default_postinst has made users and run uci-defaults; before (opkg) or after (apk) it has
 *     started services
 * @param postrm when the files are gone; opkg runs the one of the old package in an upgrade, too, with {@code upgrade} as
 *     {@code $1}
 */
record OwnScripts(Optional<String> preinst, Optional<String> postinst, Optional<String> postrm) {
    static final OwnScripts NONE = new OwnScripts(Optional.empty(), Optional.empty(), Optional.empty());

    OwnScripts {
        Objects.requireNonNull(preinst, "preinst");
        Objects.requireNonNull(postinst, "postinst");
        Objects.requireNonNull(postrm, "postrm");
    }

    /** Those of a package, as far as they are in the folder: files like {@code NAME.postrm}. */
    static OwnScripts read(Path folder, String name) throws IOException {
        return new OwnScripts(
                text(folder.resolve(name + ".preinst")),
                text(folder.resolve(name + ".postinst")),
                text(folder.resolve(name + ".postrm")));
    }

    private static Optional<String> text(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
