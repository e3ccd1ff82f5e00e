package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;

/** {@code ./dev package}: makes the packages, looks at them, and runs what is in them. */
public final class Pack {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TargetMachine MACHINE = TargetMachine.AARCH64;
    private static final String RELEASE = "-r1";
    private static final List<String> DEBIAN_PACKAGES = List.of(
            "openjdk-17-jdk-headless", "libc6", "libgcc-s1", "libstdc++6", "zlib1g", "gcc-12-base", "busybox-static");

    /** Debian's packages whose files are packed, for what they say of copyright and licences; Java's image has its own. */
    private static final List<String> LICENSED = List.of("libc6", "gcc-12-base", "zlib1g");

    private final Path checkout;
    private final Path overlay;
    private final Path packaging;
    private final Path out;
    private final Path work;
    private final Steps steps = new Steps(System.out);

    private Pack(Path checkout) {
        this.checkout = checkout;
        this.overlay = checkout.resolve("rootfs-overlay");
        this.packaging = checkout.resolve("packaging");
        this.out = checkout.resolve("target/packages");
        this.work = checkout.resolve("target/packaging");
    }

    /**
     * What was made.
     *
     * @param application the {@code .ipk} file for every router
     * @param runtime the {@code .ipk} file for one architecture
     */
    public record Packed(Path application, Path runtime) {}

    /**
     * Exits with 1 if something is wrong.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("usage: sudo ./dev package");
            System.exit(2);
        }
        try {
            make();
        } catch (LabException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Makes the packages from the program that was built, and tries them out.
     *
     * @throws LabException if something is wrong with them, or a mirror has not what they are made of
     */
    public static Packed make() throws IOException {
        return new Pack(Path.of("").toAbsolutePath()).run();
    }

    private Packed run() throws IOException {
        Path debian = work.resolve("debian");
        for (Path old : List.of(
                out,
                debian,
                stage("module"),
                stage("runtime"),
                stage("application"),
                stage("archive"),
                stage("router"))) {
            delete(old);
            Files.createDirectories(old);
        }
        steps.run("Debian's packages for " + MACHINE.debian(), () -> {
            DebianPackages packages = DebianPackages.of(MACHINE.debian(), work.resolve("apt"));
            for (String name : DEBIAN_PACKAGES) {
                packages.unpack(name, debian);
            }
        });
        ClassList classes = ClassList.read(checkout);
        List<Path> jars = HostRuntime.jars();
        Path runtime = stage("runtime");
        ApplicationModule application = steps.get(
                "the program as a module",
                () -> ApplicationModule.merge(jars, JavaImage.MODULES, classes.names(), stage("module")));
        System.out.println("  without " + application.unused() + " classes that nothing uses");
        steps.run("the runtime", () -> {
            new JavaRuntime(MACHINE, runtime).build(debian, application, jars);
            copyLicenses(debian, runtime.resolve("usr/share/licenses").resolve(RouterPackages.RUNTIME));
        });
        Path scripts = stage("application");
        RouterOverlay.copy(overlay, scripts);
        steps.run("the archive of classes", () -> archive(debian, runtime, scripts, classes));
        steps.run("every program and library", () -> check(runtime));
        RouterPackages packages = new RouterPackages(
                application.version().replace("-SNAPSHOT", "") + RELEASE, packaging.resolve("scripts"), out);
        Path archive = steps.get("the feed for images", () -> feed(packages, scripts, runtime));
        List<Path> files = steps.get("the packages", () -> {
            List<Path> written = new ArrayList<>(packages.application(scripts));
            written.addAll(packages.runtime(runtime, MACHINE.openwrt()));
            return written;
        });
        steps.run("the packages on a bare router", () -> tryOut(debian, files));
        System.out.printf("%,12d bytes  %s%n", Files.size(archive), out.relativize(archive));
        for (Path file : files) {
            System.out.printf("%,12d bytes  %s%n", Files.size(file), out.relativize(file));
        }
        return new Packed(
                ending(files, "_all.ipk"), ending(files, "_" + MACHINE.openwrt().get(0) + ".ipk"));
    }

    private static Path ending(List<Path> files, String end) {
        return files.stream()
                .filter(file -> file.getFileName().toString().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private Path stage(String name) {
        return work.resolve(name);
    }

    private static void copyLicenses(Path debian, Path into) throws IOException {
        for (String name : LICENSED) {
            Path folder = Files.createDirectories(into.resolve(name));
            Files.copy(debian.resolve("usr/share/doc").resolve(name).resolve("copyright"), folder.resolve("copyright"));
        }
    }

    /** Before the packages, which add lists for apk to what is packed. */
    private Path feed(RouterPackages packages, Path application, Path runtime) throws IOException {
        String place = "feed/net/" + RouterPackages.APPLICATION;
        return new FeedFolder(packages.applicationInfo(), packages.runtimeInfo(PackageInfo.ANY))
                .write(
                        packaging.resolve(place).resolve("Makefile"),
                        PackageTree.read(application),
                        PackageTree.read(runtime),
                        out.resolve(place));
    }

    private void check(Path runtime) throws IOException {
        List<String> problems = new ElfCheck(MACHINE.elfMachine(), "/" + JavaRuntime.LOADER)
                .problems(runtime, runtime.resolve(JavaRuntime.HOME));
        if (!problems.isEmpty()) {
            throw new LabException(String.join("\n", problems));
        }
        System.out.println("  " + ElfCheck.count(runtime) + " of them need nothing that is not packed");
    }

    /** By the Java that is packed, on its own processor. */
    private void archive(Path debian, Path runtime, Path scripts, ClassList classes) throws IOException {
        Path root = stage("archive");
        BareRouter machine = BareRouter.in(root, debian.resolve("bin/busybox"));
        for (Path tree : List.of(runtime, scripts)) {
            Command.run(List.of("cp", "-a", tree + "/.", root.toString()), "", PATIENCE);
        }
        Files.write(root.resolve("tmp/classes.lst"), classes.archived());
        String said = machine.run(
                "sh",
                "-c",
                ClassArchive.OPTIONS + "='" + ClassArchive.dumping("/tmp/classes.lst", "/tmp/classes.jsa")
                        + "' hybrid-gateway version");
        Path archive = runtime.resolve(JavaRuntime.HOME).resolve(ClassArchive.PLACE);
        Files.copy(root.resolve("tmp/classes.jsa"), archive);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r--r--"));
        System.out.println("  " + ClassArchive.told(classes.archivedClasses(), said));
    }

    private void tryOut(Path debian, List<Path> files) throws IOException {
        BareRouter router = BareRouter.in(stage("router"), debian.resolve("bin/busybox"));
        String first = MACHINE.openwrt().get(0);
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith("_all.ipk") || name.endsWith("_" + first + ".ipk")) {
                router.install(file);
            }
        }
        // It ends if it cannot use the archive; without this option it would only be slower.
        System.out.print("  " + router.run("sh", "-c", ClassArchive.OPTIONS + "=-Xshare:on hybrid-gateway version"));
        System.out.print("  " + router.run("hybrid-gateway", "check"));
        // It has to load native libraries to find out that nobody is there.
        String answer = router.run("sh", "-c", "hybrid-gateway status 2>&1 || true");
        if (!answer.contains("no daemon answers")) {
            throw new LabException("hybrid-gateway status: " + answer);
        }
    }

    private static void delete(Path folder) {
        Command.run(List.of("rm", "-rf", folder.toString()), "", PATIENCE);
    }
}
