package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.product.Distribution;

/**
 * What the packages hold, built for this machine: Java with the program in it, the archive of classes, and the router's script that
 * starts it. The C library is this machine's.
 */
public final class HostRuntime {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;

    private HostRuntime(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds it.
     *
     * @param checkout of this project
     * @param folder for it; what is there is removed
     */
    public static HostRuntime build(Path checkout, Path folder) throws IOException {
        Command.run(List.of("rm", "-rf", folder.toString()), "", PATIENCE);
        HostRuntime runtime = new HostRuntime(Files.createDirectories(folder).toRealPath());
        ClassList classes = ClassList.read(checkout);
        List<Path> jars = jars();
        ApplicationModule application =
                ApplicationModule.merge(jars, JavaImage.MODULES, classes.names(), runtime.folder.resolve("module"));
        JavaImage.link(
                TargetMachine.HOST,
                Path.of(System.getProperty("java.home"), "jmods"),
                application,
                jars,
                runtime.home());
        runtime.addScript(checkout.resolve("rootfs-overlay/usr/bin/hybrid-gateway"));
        runtime.archive(classes);
        return runtime;
    }

    /** Those of the built program. */
    static List<Path> jars() throws IOException {
        Path lib = Path.of(Distribution.program()).getParent().resolveSibling("lib");
        try (Stream<Path> files = Files.list(lib)) {
            return files.sorted().toList();
        }
    }

    private void addScript(Path shipped) throws IOException {
        String text = Files.readString(shipped);
        String here = text.replace("RUNTIME=/" + JavaRuntime.HOME + "\n", "RUNTIME=" + home() + "\n");
        if (here.equals(text)) {
            throw new LabException(shipped + " does not say where Java is");
        }
        Files.writeString(Path.of(program()), here);
        Files.setPosixFilePermissions(Path.of(program()), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void archive(ClassList classes) throws IOException {
        Path list = Files.write(folder.resolve("archived"), classes.archived());
        String options = ClassArchive.dumping(
                list.toString(), home().resolve(ClassArchive.PLACE).toString());
        Command.run(List.of("env", ClassArchive.OPTIONS + "=" + options, program(), "version"), "", PATIENCE);
    }

    private Path home() {
        return folder.resolve("rt");
    }

    /** The script that starts the program. */
    public String program() {
        return folder.resolve("hybrid-gateway").toString();
    }
}
