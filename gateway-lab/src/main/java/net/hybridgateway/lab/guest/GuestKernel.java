package net.hybridgateway.lab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;

/**
 * The guest's kernel, and the modules that its initramfs loads: all are there before anything else runs, as on a router.
 *
 * @param image what qemu boots
 * @param folder {@code /lib/modules/RELEASE} of the unpacked package
 */
record GuestKernel(Path image, Path folder) {
    /** Without the first one, nf_tables cannot be loaded: libcrc32c needs it without saying so. */
    private static final List<String> MODULES = List.of(
            "crc32c_generic",
            "virtio_mmio",
            "virtio_blk",
            "virtio_rng",
            "squashfs",
            "overlay",
            "ext4",
            "bridge",
            "veth",
            "sch_netem",
            "tcp_bbr",
            "inet_diag",
            "tcp_diag",
            "mptcp_diag",
            "nf_conntrack_netlink",
            "nf_tables",
            "nft_chain_nat",
            "nft_ct",
            "nft_fib_inet",
            "nft_fib_ipv4",
            "nft_fib_ipv6",
            "nft_masq",
            "nft_nat",
            "nft_reject_inet",
            "nft_socket",
            "nft_tproxy");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Finds it in a folder into which Debian's package was unpacked. */
    static GuestKernel in(Path unpacked) throws IOException {
        Path folder = only(unpacked.resolve("lib/modules"), "");
        Command.run(
                List.of(
                        "depmod",
                        "-b",
                        unpacked.toString(),
                        folder.getFileName().toString()),
                "",
                PATIENCE);
        return new GuestKernel(only(unpacked.resolve("boot"), "vmlinuz"), folder);
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            if (found.size() != 1) {
                throw new LabException(folder + " has " + found.size() + " files " + prefix + "*, not one");
            }
            return found.get(0);
        }
    }

    /** Such as {@code 6.12.95+deb12-arm64}. */
    String release() {
        return folder.getFileName().toString();
    }

    /** Puts the modules into a folder, uncompressed, and beside them the file {@code order} with their names. */
    void copyModules(Path into) throws IOException {
        KernelModules modules = new KernelModules(
                Files.readString(folder.resolve("modules.dep")), Files.readString(folder.resolve("modules.builtin")));
        StringBuilder order = new StringBuilder();
        Files.createDirectories(into);
        for (String file : modules.loadOrder(MODULES)) {
            String name = KernelModules.name(file) + ".ko";
            Path copy = into.resolve(name);
            Files.copy(folder.resolve(file), file.endsWith(".xz") ? into.resolve(name + ".xz") : copy);
            if (file.endsWith(".xz")) {
                Command.run(List.of("xz", "-d", copy + ".xz"), "", PATIENCE);
            }
            order.append(name).append('\n');
        }
        Files.writeString(into.resolve("order"), order);
    }
}
