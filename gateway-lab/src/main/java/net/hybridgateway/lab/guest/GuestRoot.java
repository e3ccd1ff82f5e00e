package net.hybridgateway.lab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.pack.BareRouter;
import net.hybridgateway.lab.pack.RouterPackages;
import net.hybridgateway.lab.traffic.KnownBytes;

/**
 * The file system of the machine: a shell, musl, the packages as opkg unpacks them, and, in {@code /lab}, what only the test
 * needs. Debian's programs are there with their own C library, which nothing else finds.
 */
final class GuestRoot {
    /** How large the known file is: seconds of download on both lines together. */
    static final int KNOWN_BYTES = 6_000_000;

    /** What the test needs of Debian, by where it lies in its packages. */
    private static final List<String> PROGRAMS = List.of(
            "bin/bash",
            "bin/ip",
            "sbin/tc",
            "usr/bin/prlimit",
            "usr/bin/setpriv",
            "usr/bin/socat",
            "usr/sbin/mosquitto",
            "usr/sbin/nft");

    private static final List<String> SCRIPTS = List.of(
            "course-crash.sh",
            "course-cut.sh",
            "course-relay.sh",
            "crowd.bash",
            "firewall.nft",
            "house.sh",
            "lib.sh",
            "memory.sh",
            "mosquitto.conf",
            "writer.sh");

    private static final String TRIPLET = "aarch64-linux-gnu";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path root;

    private GuestRoot(Path root) {
        this.root = root;
    }

    /**
     * Builds it in a folder, which is empty.
     *
     * @param packages the {@code .ipk} files
     * @param router where Debian's static busybox for the machine, and musl, are unpacked
     * @param tools where the packages of the test's own programs are unpacked; taken over
     */
    static GuestRoot build(Path root, List<Path> packages, Path router, Path tools) throws IOException {
        GuestRoot guest = new GuestRoot(root);
        BareRouter bare = BareRouter.in(root, router.resolve("bin/busybox"));
        for (Path ipk : packages) {
            bare.install(ipk);
        }
        guest.addSystem(bare.run("busybox", "--list").lines().toList());
        Path musl = router.resolve("lib/aarch64-linux-musl/libc.so");
        Files.copy(musl, root.resolve("lib/ld-musl-aarch64.so.1"));
        guest.addTools(tools);
        return guest;
    }

    private void addSystem(List<String> applets) throws IOException {
        for (String applet : applets) {
            Path link = root.resolve("bin").resolve(applet);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("busybox"));
            }
        }
        // As OpenWrt has it: what need not outlive a reboot is in memory.
        Files.deleteIfExists(root.resolve("var/run"));
        Files.deleteIfExists(root.resolve("var"));
        Files.createSymbolicLink(root.resolve("var"), Path.of("tmp"));
        Files.createSymbolicLink(root.resolve("run"), Path.of("tmp/run"));
        String[] user = RouterPackages.USER.split("=", 2);
        GuestScripts.write(
                root.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\n%1$s:x:%2$s:%2$s:%1$s:/var/run/%1$s:/bin/false\n"
                        .formatted(user[0], user[1]),
                false);
        GuestScripts.write(
                root.resolve("etc/group"), "root:x:0:\n%1$s:x:%2$s:%1$s\n".formatted(user[0], user[1]), false);
        GuestScripts.write(root.resolve("etc/hosts"), "127.0.0.1 localhost\n", false);
        GuestScripts.copyStandIn("rc.common", root.resolve("etc/rc.common"));
        GuestScripts.copyStandIn("procd", root.resolve("sbin/procd"));
        GuestScripts.copyStandIn("ujail", root.resolve("sbin/ujail"));
        // Where the stand-in for ujail looks for it; a link, because opkg has put nothing there.
        Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(root.resolve("usr/bin/setpriv"), Path.of("/lab/bin/setpriv"));
        GuestScripts.copy("init", root.resolve("sbin/init"));
        GuestScripts.copy("hybrid-gateway.conf", root.resolve("etc/config/hybrid-gateway"));
    }

    private void addTools(Path tools) throws IOException {
        Path lab = root.resolve("lab");
        for (String script : SCRIPTS) {
            GuestScripts.copy(script, lab.resolve(script));
        }
        Files.createDirectories(lab.resolve("www"));
        byte[] known = new byte[KNOWN_BYTES];
        KnownBytes.fill(0, known);
        Files.write(lab.resolve("www/known"), known);
        for (String folder : List.of("usr/share", "usr/games", "var", "etc")) {
            Command.run(List.of("rm", "-rf", tools.resolve(folder).toString()), "", PATIENCE);
        }
        Command.run(List.of("cp", "-a", tools.toString(), lab.resolve("debian").toString()), "", PATIENCE);
        for (String program : PROGRAMS) {
            if (!Files.exists(tools.resolve(program))) {
                throw new LabException("Debian's packages have no " + program);
            }
            GuestScripts.write(
                    lab.resolve("bin").resolve(program.substring(program.lastIndexOf('/') + 1)),
                    """
                    #!/bin/sh
                    exec /lab/debian/lib/ld-linux-aarch64.so.1 \\
                    	--library-path /lab/debian/lib/%1$s:/lab/debian/usr/lib/%1$s /lab/debian/%2$s "$@"
                    """.formatted(TRIPLET, program),
                    true);
        }
    }

    /** Makes a file system of it. It is not compressed: unpacking would take the emulated processor's time, not a router's. */
    void squash(Path image) throws IOException {
        Files.deleteIfExists(image);
        Command.run(
                List.of(
                        "mksquashfs",
                        root.toString(),
                        image.toString(),
                        "-all-root",
                        "-noI",
                        "-noD",
                        "-noF",
                        "-noX",
                        "-no-progress",
                        "-quiet"),
                "",
                PATIENCE);
    }
}
