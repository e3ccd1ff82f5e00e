package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;

/**
 * Java, the program in it, and the C library that both need, in one folder that needs nothing of the system but the kernel:
 * OpenWrt has another C library.
 *
 * <p>Debian's {@code java} looks for libraries in {@code ../lib} (RPATH), which holds for all that is loaded later, too. So the
 * libraries lie there, and nothing but the path of the loader has to be changed.
 */
final class JavaRuntime {
    /** The folder on the router. */
    static final String HOME = "usr/lib/hybrid-gateway/rt";

    /** The loader on the router, a link: not longer than the path of the usual one, whose place in {@code java} it takes. */
    static final String LOADER = "lib/ld-hybridgateway.so";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> LIBRARIES = List.of(
            "libc.so.6",
            "libdl.so.2",
            "libgcc_s.so.1",
            "libm.so.6",
            "libpthread.so.0",
            "librt.so.1",
            "libstdc++.so.6",
            "libz.so.1");

    private final TargetMachine machine;
    private final Path root;

    /** @param root the folder that stands for the router's root */
    JavaRuntime(TargetMachine machine, Path root) {
        this.machine = machine;
        this.root = root;
    }

    /**
     * Builds it.
     *
     * @param debian where Debian's packages for the machine are unpacked
     * @param jars the program and its libraries, for the native ones in them
     */
    void build(Path debian, ApplicationModule application, List<Path> jars) throws IOException {
        Path home = root.resolve(HOME);
        Path java = debian.resolve("usr/lib/jvm/java-17-openjdk-" + machine.debian());
        JavaImage.link(machine, java.resolve("jmods"), application, jars, home);
        // Debian leaves the table of all its functions in; only a debugger reads it, and it is a fifth of the file.
        Command.run(
                List.of(
                        machine.triplet() + "-strip",
                        "--strip-unneeded",
                        home.resolve("lib/server/libjvm.so").toString()),
                "",
                PATIENCE);
        addLibraries(debian, home.resolve("lib"));
        Elf.setInterpreter(home.resolve("bin/java"), "/" + LOADER);
        Path loader = root.resolve(LOADER);
        Files.createDirectories(loader.getParent());
        Files.createSymbolicLink(loader, Path.of("/" + HOME + "/lib/" + machine.loader()));
    }

    private void addLibraries(Path debian, Path into) throws IOException {
        List<String> names = new ArrayList<>(LIBRARIES);
        names.add(machine.loader());
        for (String name : names) {
            Path found = Stream.of("usr/lib/" + machine.triplet(), "lib/" + machine.triplet())
                    .map(folder -> debian.resolve(folder).resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IOException("Debian's packages have no " + name));
            Files.copy(found.toRealPath(), into.resolve(name));
        }
    }
}
