package net.hybridgateway.lab.pack;

import java.util.List;

/**
 * A kind of processor that packages are made for.
 *
 * @param debian Debian's name of it
 * @param triplet the folder that Debian's libraries for it are in
 * @param loader the file name of the C library's loader
 * @param elfMachine its number in ELF files
 * @param netty how Netty's jars for it are called
 * @param jffi the folder of jffi's library for it
 * @param openwrt OpenWrt's names of it: it knows processors, our files run on all of these alike
 */
record TargetMachine(
        String debian, String triplet, String loader, int elfMachine, String netty, String jffi, List<String> openwrt) {
    /** 64-bit ARM. 32-bit ARM is left out: Netty publishes no epoll library for it, without which nothing is relayed. */
    static final TargetMachine AARCH64 = new TargetMachine(
            "arm64",
            "aarch64-linux-gnu",
            "ld-linux-aarch64.so.1",
            Elf.AARCH64,
            "linux-aarch_64",
            "aarch64-Linux",
            List.of("aarch64_cortex-a53", "aarch64_generic"));

    /** What most of us sit before; for measurements, no packages are made for it. */
    static final TargetMachine HOST = new TargetMachine(
            "amd64", "x86_64-linux-gnu", "ld-linux-x86-64.so.2", Elf.X86_64, "linux-x86_64", "x86_64-Linux", List.of());

    TargetMachine {
        openwrt = List.copyOf(openwrt);
    }
}
