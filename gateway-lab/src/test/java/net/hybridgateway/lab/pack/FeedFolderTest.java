package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed as make reads it: what an image gets is what our own packages hold and say. */
class FeedFolderTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String APPLICATION = RouterPackages.APPLICATION;
    private static final String RUNTIME = RouterPackages.RUNTIME;

    @TempDir
    private Path folder;

    private Path feed;
    private Path built;
    private OpenedPackage application;
    private OpenedPackage runtime;
    private PackageInfo applicationInfo;

    @BeforeEach
    void pack() throws IOException {
        assumeTrue(Requirements.find("make").isPresent(), "make is missing");
        Path applicationRoot = Files.createDirectories(folder.resolve("application"));
        RouterOverlay.copy(CHECKOUT.resolve("rootfs-overlay"), applicationRoot);
        Path runtimeRoot = PackedReleases.runtime(folder.resolve("runtime"));
        RouterPackages packages = new RouterPackages(
                "0.1.0-r3", CHECKOUT.resolve("packaging/scripts"), Files.createDirectories(folder.resolve("packages")));
        applicationInfo = packages.applicationInfo();
        feed = folder.resolve("feed");
        new FeedFolder(applicationInfo, packages.runtimeInfo(PackageInfo.ANY))
                .write(
                        CHECKOUT.resolve("packaging/feed/net/hybrid-gateway/Makefile"),
                        PackageTree.read(applicationRoot),
                        PackageTree.read(runtimeRoot),
                        feed);
        application = OpenedPackage.ipk(packages.application(applicationRoot).get(0));
        runtime = OpenedPackage.ipk(
                packages.runtime(runtimeRoot, List.of("aarch64_generic")).get(0));
        built = Files.createDirectories(folder.resolve("built"));
    }

    private String make() throws IOException {
        Path top = Files.createDirectories(folder.resolve("openwrt"));
        for (String name : List.of("rules.mk", "package.mk")) {
            try (InputStream in = Objects.requireNonNull(FeedFolderTest.class.getResourceAsStream(name), name)) {
                Files.write(top.resolve(name), in.readAllBytes());
            }
        }
        return Command.run(
                List.of("make", "--no-print-directory", "-C", feed.toString(), "TOPDIR=" + top, "OUT=" + built),
                "",
                Duration.ofMinutes(1));
    }

    private String told(String name, String field) throws IOException {
        return Files.readString(built.resolve(name + "." + field)).strip();
    }

    @Test
    void anImageGetsTheFilesOfOurPackagesWithTheirRights() throws IOException {
        make();
        for (OpenedPackage expected : List.of(application, runtime)) {
            Map<String, String> found = new TreeMap<>();
            PackageTree tree = PackageTree.read(built.resolve(expected.name()));
            for (PackageTree.Folder inside : tree.folders()) {
                for (PackageTree.Item item : inside.items()) {
                    String path = "/" + inside.pathOf(item);
                    found.put(path, item.mode() + " " + item.link().orElse(""));
                    if (item.link().isEmpty()) {
                        assertArrayEquals(expected.files().get(path).content(), item.content(), path);
                    }
                }
            }
            Map<String, String> wanted = new TreeMap<>();
            expected.files().forEach((path, file) -> wanted.put(path, file.mode() + " " + file.link()));
            assertEquals(wanted, found);
            assertTrue(found.size() > 1);
        }
    }

    @Test
    void bothPackagesSayWhatOursSay() throws IOException {
        make();
        Set<String> depends = Set.of(told(APPLICATION, "depends").split(" +", -1));
        for (String name : RouterPackages.DEPENDS) {
            assertTrue(depends.contains("+" + name), depends::toString);
        }
        assertEquals(
                RouterPackages.DEPENDS.size() + 3,
                depends.size(),
                "and its runtime, the processor, and the kernel's option");
        assertEquals(RUNTIME + " (=0.1.0-r3)", told(APPLICATION, "extra-depends"));
        assertTrue(
                application.control().get("control").contains("Depends: " + RUNTIME + " (= 0.1.0-r3), "),
                () -> application.control().get("control"));
        assertEquals(applicationInfo.userAndGroup().orElseThrow(), told(APPLICATION, "user"));
        assertEquals("all", told(APPLICATION, "arch"));
        assertEquals("@aarch64", told(RUNTIME, "depends"));
        assertEquals(application.control().get("conffiles").strip(), told(APPLICATION, "conffiles"));
        assertEquals(applicationInfo.description(), told(APPLICATION, "description"));
        for (OpenedPackage one : List.of(application, runtime)) {
            assertEquals("0.1.0-r3", told(one.name(), "version"));
            assertEquals(":", told(one.name(), "strip"), "another toolchain must not change Debian's files");
        }
    }

    @Test
    void theScriptsComeThroughMakeAsTheyAre() throws IOException {
        make();
        for (OpenedPackage one : List.of(application, runtime)) {
            Map<String, String> control = one.control();
            assertEquals(control.getOrDefault("preinst", "").strip(), told(one.name(), "preinst"));
            assertEquals(control.getOrDefault("postinst-pkg", "").strip(), told(one.name(), "postinst"));
            assertEquals(control.getOrDefault("postrm", "").strip(), told(one.name(), "postrm"));
        }
        assertTrue(told(APPLICATION, "postrm").contains("\"$1\" != upgrade"));
    }

    @Test
    void anArchiveThatIsAnotherOneIsRefused() throws IOException {
        try (var files = Files.list(feed.resolve("dist"))) {
            Path archive = files.filter(file -> file.toString().endsWith(".gz"))
                    .findFirst()
                    .orElseThrow();
            Files.write(archive, new byte[] {0}, StandardOpenOption.APPEND);
        }
        assertThrows(LabException.class, this::make);
    }
}
