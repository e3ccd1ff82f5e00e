package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The two packages, in both formats: the program with its Java, and all that is the same on every router. */
public final class RouterPackages {
    static final String APPLICATION = "hybrid-gateway";
    static final String RUNTIME = "hybrid-gateway-runtime";

    /** The owner's. A system upgrade keeps /etc/sysctl.d whatever we say, and opkg puts a file in the way of settings only. */
    private static final List<String> SETTINGS =
            List.of("/etc/config/hybrid-gateway", "/etc/sysctl.d/50-hybrid-gateway.conf");

    /**
     * OpenWrt's packages that it cannot do without; packaging/README.md says what for. All of them are in 24.10 and in 25.12.
     * Not kmod-inet-mptcp-diag: subflows are asked of TCP.
     */
    static final List<String> DEPENDS = List.of(
            "kmod-inet-diag",
            "kmod-nf-conntrack-netlink",
            "kmod-nft-fib",
            "kmod-nft-socket",
            "kmod-nft-tproxy",
            "procd-ujail");

    /** The daemon's user and its number, which no package of OpenWrt uses, as far as we looked. */
    public static final String USER = "hybrid-gateway=8803";

    private static final String LISTS = "lib/apk/packages";

    private final String version;
    private final Path scripts;
    private final Path out;

    /**
     * @param version of both
     * @param scripts the folder with the packages' own scripts
     * @param out where the files go: what is for one architecture into a folder of its name
     */
    RouterPackages(String version, Path scripts, Path out) {
        this.version = version;
        this.scripts = scripts;
        this.out = out;
    }

    /** Packs the runtime for architectures of OpenWrt's, from the folder that stands for the root. */
    List<Path> runtime(Path root, List<String> architectures) throws IOException {
        List<Path> files = new ArrayList<>();
        PackageTree plain = PackageTree.read(root);
        for (String architecture : architectures) {
            files.add(new IpkWriter(runtimeInfo(architecture)).write(plain, folderOf(architecture)));
        }
        PackageTree withLists = withLists(root, runtimeInfo(PackageInfo.ANY));
        for (String architecture : architectures) {
            files.add(new ApkWriter(runtimeInfo(architecture)).write(withLists, folderOf(architecture)));
        }
        return files;
    }

    private Path folderOf(String architecture) throws IOException {
        return Files.createDirectories(out.resolve(architecture));
    }

    /** What the runtime says of itself. */
    PackageInfo runtimeInfo(String architecture) throws IOException {
        return new PackageInfo(
                RUNTIME,
                version,
                architecture,
                "The program hybrid-gateway with a Java runtime and a C library of its own",
                "Apache-2.0 AND GPL-2.0-with-classpath-exception AND LGPL-2.1-or-later",
                List.of(),
                Optional.empty(),
                List.of(),
                OwnScripts.read(scripts, RUNTIME));
    }

    /** Packs what every router gets, from the folder that stands for the root. */
    List<Path> application(Path root) throws IOException {
        PackageInfo info = applicationInfo();
        return List.of(
                new IpkWriter(info).write(PackageTree.read(root), out),
                new ApkWriter(info).write(withLists(root, info), out));
    }

    /** What the application says of itself: the same to opkg and to apk. */
    PackageInfo applicationInfo() throws IOException {
        List<String> depends = new ArrayList<>(List.of(RUNTIME + "=" + version));
        depends.addAll(DEPENDS);
        return new PackageInfo(
                APPLICATION,
                version,
                PackageInfo.ANY,
                "Makes a fixed line and a cellular modem work as one, with Multipath TCP",
                "Apache-2.0",
                depends,
                Optional.of(USER),
                SETTINGS,
                OwnScripts.read(scripts, APPLICATION));
    }

    /** apk keeps no lists for OpenWrt's functions: each package brings its own. */
    private static PackageTree withLists(Path root, PackageInfo info) throws IOException {
        Path folder = Files.createDirectories(root.resolve(LISTS));
        if (info.user().isPresent()) {
            Files.writeString(
                    folder.resolve(info.name() + ".rusers"), info.userAndGroup().get() + "\n");
        }
        Files.writeString(
                folder.resolve(info.name() + ".list"),
                String.join("\n", PackageTree.read(root).paths()) + "\n");
        if (!info.settings().isEmpty()) {
            StringBuilder sums = new StringBuilder();
            for (String file : info.settings()) {
                sums.append(file)
                        .append(' ')
                        .append(HexFormat.of()
                                .formatHex(ApkWriter.sha256(Files.readAllBytes(root.resolve(file.substring(1))))))
                        .append('\n');
            }
            Files.writeString(folder.resolve(info.name() + ".conffiles"), String.join("\n", info.settings()) + "\n");
            Files.writeString(folder.resolve(info.name() + ".conffiles_static"), sums);
        }
        return PackageTree.read(root);
    }
}
