package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Our packages in several versions, packed as {@code ./dev package} packs them. The runtime is a small one: it starts this
 * machine's Java with the program that was built here.
 */
final class PackedReleases {
    static final String OLD = "0.0.9-r1";
    static final String NEW = "0.1.0-r1";
    static final String NEWER = "0.1.0-r2";

    /** A file that only the old package has. */
    static final String OBSOLETE = "/usr/share/hybrid-gateway-obsolete";

    /** What the old package's settings begin with; the file was another one then. */
    static final String OLD_SETTINGS = "# hybrid-gateway, as it was shipped once.\n";

    private static final String ARCHITECTURE = "aarch64_generic";
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private static final String JAVA = """
            #!/bin/sh
            # Java's launcher of this machine, with the program on the class path and not in an image.
            for word; do
            	shift
            	case $word in
            		-m | --module) ;;
            		net.hybridgateway/*) set -- "$@" -cp '/stand-in/lib/*' "${word#*/}" ;;
            		*) set -- "$@" "$word" ;;
            	esac
            done
            # Native libraries are unpacked here, for they are those of another processor in the real runtime.
            exec /host%s/bin/java -Djava.io.tmpdir=/stand-in/tmp "$@"
            """;

    private final Path folder;

    /** Packs all of them into a folder. */
    PackedReleases(Path folder) throws IOException {
        this.folder = folder;
        for (String version : List.of(OLD, NEW, NEWER)) {
            RouterPackages packages = new RouterPackages(
                    version, CHECKOUT.resolve("packaging/scripts"), Files.createDirectories(out(version)));
            packages.application(application(version));
            packages.runtime(runtime(folder.resolve(version + "-runtime")), List.of(ARCHITECTURE));
        }
    }

    private Path out(String version) {
        return folder.resolve(version);
    }

    private Path application(String version) throws IOException {
        Path root = Files.createDirectories(folder.resolve(version + "-application"));
        RouterOverlay.copy(CHECKOUT.resolve("rootfs-overlay"), root);
        if (version.equals(OLD)) {
            Path settings = root.resolve("etc/config/hybrid-gateway");
            Files.writeString(settings, OLD_SETTINGS + Files.readString(settings));
            Files.writeString(root.resolve(OBSOLETE.substring(1)), "gone in the next version\n");
        }
        return root;
    }

    /** The folder that stands for the root, with the small runtime in it. */
    static Path runtime(Path root) throws IOException {
        Path java = root.resolve(JavaRuntime.HOME).resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, JAVA.formatted(System.getProperty("java.home")));
        if (!java.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make a file executable");
        }
        Files.createDirectories(root.resolve("lib"));
        Files.createSymbolicLink(root.resolve(JavaRuntime.LOADER), Path.of("/" + JavaRuntime.HOME + "/lib/ld.so"));
        return root;
    }

    /** The two packages of a version for opkg, in the order in which they are installed. */
    Path[] ipk(String version) {
        return new Path[] {
            out(version)
                    .resolve(ARCHITECTURE)
                    .resolve("hybrid-gateway-runtime_" + version + "_" + ARCHITECTURE + ".ipk"),
            out(version).resolve("hybrid-gateway_" + version + "_all.ipk")
        };
    }

    /** The same for apk. */
    Path[] apk(String version) {
        return new Path[] {
            out(version).resolve(ARCHITECTURE).resolve("hybrid-gateway-runtime-" + version + ".apk"),
            out(version).resolve("hybrid-gateway-" + version + ".apk")
        };
    }
}
