package net.hybridgateway.lab.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The small programs that run inside, which lie beside this class, and the stand-ins for OpenWrt's. */
final class GuestScripts {
    private static final String OPENWRT = "/net/hybridgateway/lab/openwrt/";

    private GuestScripts() {}

    /** Puts one of them at a place, executable. */
    static void copy(String name, Path to) throws IOException {
        write(to, text(name), true);
    }

    /** The stand-in for one of OpenWrt's programs. */
    static void copyStandIn(String name, Path to) throws IOException {
        write(to, text(OPENWRT + name), true);
    }

    static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GuestScripts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a file, and makes the folders on the way to it. */
    static void write(Path file, String text, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
