package net.hybridgateway.lab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.pack.DebianPackages;
import net.hybridgateway.lab.pack.Pack;
import net.hybridgateway.lab.pack.Steps;

/**
 * What the machine boots.
 *
 * @param release of the kernel
 * @param flash the file system of the root
 */
record GuestImage(String release, Path kernel, Path initramfs, Path flash) {
    private static final String ARCHITECTURE = "arm64";
    private static final List<String> TOOLS =
            List.of("bash", "iproute2", "mosquitto", "nftables", "socat", "util-linux");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Makes it from the packages and from Debian's kernel and programs.
     *
     * @param folder where all is put; what a run before this one left there is replaced
     * @return empty if the mirror has no kernel
     */
    static Optional<GuestImage> build(Pack.Packed packages, Path folder, Steps steps) throws IOException {
        for (String old : List.of("kernel", "router", "tools", "root", "initramfs")) {
            Command.run(List.of("rm", "-rf", folder.resolve(old).toString()), "", PATIENCE);
            Files.createDirectories(folder.resolve(old));
        }
        DebianPackages debian =
                steps.get("what Debian has", () -> DebianPackages.withBackports(ARCHITECTURE, folder.resolve("apt")));
        Optional<String> kernelPackage = debian.backportedKernel();
        if (kernelPackage.isEmpty()) {
            return Optional.empty();
        }
        GuestKernel kernel = steps.get("the guest's kernel", () -> {
            debian.unpack(kernelPackage.get(), folder.resolve("kernel"));
            return GuestKernel.in(folder.resolve("kernel"));
        });
        Path flash = folder.resolve("flash.squashfs");
        steps.run("the guest's root", () -> {
            for (String name : List.of("busybox-static", "musl")) {
                debian.unpack(name, folder.resolve("router"));
            }
            debian.unpackWithNeeds(TOOLS, folder.resolve("tools"));
            GuestRoot.build(
                            folder.resolve("root"),
                            List.of(packages.runtime(), packages.application()),
                            folder.resolve("router"),
                            folder.resolve("tools"))
                    .squash(flash);
        });
        Path initramfs = steps.get("the guest's initramfs", () -> initramfs(kernel, folder));
        return Optional.of(new GuestImage(kernel.release(), kernel.image(), initramfs, flash));
    }

    private static Path initramfs(GuestKernel kernel, Path folder) throws IOException {
        Path files = folder.resolve("initramfs");
        for (String name : List.of("bin", "dev", "proc", "sys")) {
            Files.createDirectories(files.resolve(name));
        }
        Files.copy(folder.resolve("router/bin/busybox"), files.resolve("bin/busybox"));
        GuestScripts.copy("initramfs", files.resolve("init"));
        kernel.copyModules(files.resolve("modules"));
        Path archive = folder.resolve("initramfs.gz");
        Command.run(
                List.of(
                        "sh",
                        "-c",
                        "cd \"$1\" && find . | sort | cpio --quiet -o -H newc | gzip -1 > \"$2\"",
                        "initramfs",
                        files.toString(),
                        archive.toString()),
                "",
                PATIENCE);
        return archive;
    }
}
