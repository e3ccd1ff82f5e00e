package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;

/**
 * A root that has a shell, the packages and nothing else, not even a C library, on this machine: its processor is qemu. If the
 * kernel does not know of that yet, it is told so in a namespace only (Linux 6.7), and nothing of it is left on the machine.
 */
public final class BareRouter {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path EMULATOR = Path.of("/usr/lib/binfmt.d/qemu-aarch64.conf");
    private static final String ENTER = """
            set -e
            if [ ! -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ]; then
                mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
                cat "$1" > /proc/sys/fs/binfmt_misc/register
            fi
            mount --rbind /proc "$2/proc"
            mount --rbind /dev "$2/dev"
            root=$2
            shift 2
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"
            """;

    private final Path root;

    private BareRouter(Path root) {
        this.root = root;
    }

    /**
     * Makes the root in an empty folder.
     *
     * @param busybox for the router's processor, and statically linked
     */
    public static BareRouter in(Path root, Path busybox) throws IOException {
        for (String folder : List.of("bin", "dev", "etc", "proc", "sys", "tmp", "var/run")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(busybox, root.resolve("bin/busybox"));
        Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
        return new BareRouter(root);
    }

    /** Installs what opkg would install of a package. Scripts are not run. */
    public void install(Path ipk) throws IOException {
        Path folder = Files.createTempDirectory("hybrid-gateway-ipk");
        try {
            Command.run(List.of("tar", "-xzf", ipk.toString(), "-C", folder.toString(), "./data.tar.gz"), "", PATIENCE);
            Command.run(
                    List.of("tar", "-xzf", folder.resolve("data.tar.gz").toString(), "-C", root.toString()),
                    "",
                    PATIENCE);
        } finally {
            Files.deleteIfExists(folder.resolve("data.tar.gz"));
            Files.delete(folder);
        }
    }

    /**
     * Runs a program there and gives what it printed.
     *
     * @throws LabException if it fails, or the machine lacks the emulator
     */
    public String run(String... words) {
        if (!Files.exists(EMULATOR)) {
            throw new LabException(EMULATOR + " is missing (Debian package qemu-user-static)");
        }
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "--net",
                "bash",
                "-c",
                ENTER,
                "enter",
                EMULATOR.toString(),
                root.toString()));
        command.addAll(Arrays.asList(words));
        return Command.run(command, "", PATIENCE);
    }
}
