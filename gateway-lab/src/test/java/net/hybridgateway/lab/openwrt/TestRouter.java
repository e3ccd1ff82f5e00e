package net.hybridgateway.lab.openwrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;

/**
 * A router to install packages on: a root of its own with busybox and stand-ins for OpenWrt's programs, on the network of a node
 * of the lab. Mounts and processes are in namespaces, and gone when it is closed.
 */
public final class TestRouter implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

    /** Of this machine, for programs that are not OpenWrt's. */
    private static final String HOST = "/host";

    private static final String BOOT = """
            set -e
            mount --rbind / "$1/host"
            mount --rbind /dev "$1/dev"
            mount -t proc proc "$1/proc"
            exec chroot "$1" /bin/busybox env -i PATH=/bin ash -c 'echo up; while :; do sleep 600 & wait; done'
            """;

    /** What these tests need to work, and no router has. */
    private static final Set<String> NOT_THE_ROUTERS = Set.of("host", "dev", "proc", "stand-in");

    private final Path root;
    private final RouterFolder folder;
    private final LabProcess process;

    private TestRouter(Path root, RouterFolder folder, LabProcess process) {
        this.root = root;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param root an empty folder
     * @param busybox this machine's
     * @param lan what OpenWrt's settings call the device of the LAN
     * @param wan the one of the fixed line
     */
    public static TestRouter start(Node node, Path root, Path busybox, String lan, String wan) {
        RouterFolder folder = RouterFolder.empty(root);
        try {
            furnish(root, folder, busybox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder.write("/etc/config/network", """
                config interface 'lan'
                	option device '%s'

                config interface 'wan'
                	option device '%s'
                """.formatted(lan, wan));
        List<String> words = List.of(
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", BOOT, "boot", root.toString());
        LabProcess process = node.start("router", words.toArray(String[]::new));
        try {
            process.awaitOutput("up", SOON);
        } catch (LabException e) {
            process.close();
            throw e;
        }
        return new TestRouter(root, folder, process);
    }

    private static void furnish(Path root, RouterFolder folder, Path busybox) throws IOException {
        for (String name :
                List.of("bin", "sbin", "host", "dev", "proc", "tmp", "usr/bin", "var/run", "stand-in/procd")) {
            Files.createDirectories(root.resolve(name));
        }
        RouterFolder.executable(Files.copy(busybox, root.resolve("bin/busybox"), StandardCopyOption.REPLACE_EXISTING));
        for (String applet : Command.run(List.of(busybox.toString(), "--list"), "", PATIENCE)
                .lines()
                .toList()) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
            }
        }
        Files.createSymbolicLink(root.resolve("usr/bin/setpriv"), Path.of(HOST + "/usr/bin/setpriv"));
        Files.setAttribute(root.resolve("tmp"), "unix:mode", 01777);
        linkLibraries(root);
        folder.standIn("functions.sh", "/lib/functions.sh");
        folder.standIn("rc.common", "/etc/rc.common");
        folder.standIn("procd", "/sbin/procd");
        folder.standIn("ujail", "/sbin/ujail");
        folder.standIn("uci-files", "/sbin/uci");
        folder.standIn("sysupgrade", "/sbin/sysupgrade");
        for (String service : List.of("sysctl", "rpcd", "firewall")) {
            folder.standIn("service", "/etc/init.d/" + service);
        }
        folder.write("/etc/passwd", "root:x:0:0:root:/root:/bin/ash\n");
        folder.write("/etc/group", "root:x:0:\n");
        folder.write("/etc/shadow", "root::0:0:99999:7:::\n");
        folder.write("/etc/sysupgrade.conf", "## what else to keep\n");
        folder.write(
                "/lib/upgrade/keep.d/base-files-essential", "/etc/passwd\n/etc/group\n/etc/shadow\n/etc/sysctl.d/\n");
        folder.write("/usr/lib/opkg/status", "");
        // What other packages have in the folders that ours has something in, too: none of them may go.
        for (String other : List.of(
                "/etc/capabilities/ntpd.json",
                "/etc/rc.d/S19firewall",
                "/etc/sysctl.d/10-default.conf",
                "/etc/uci-defaults/.keep",
                "/etc/udhcpc.user.d/.keep",
                "/etc/odhcp6c.user.d/.keep",
                "/lib/apk/packages/base-files.list",
                "/usr/lib/opkg/info/base-files.list",
                "/usr/libexec/rpcd/luci",
                "/usr/share/licenses/base-files",
                "/usr/share/luci/menu.d/luci-base.json",
                "/usr/share/nftables.d/chain-pre/input/.keep",
                "/usr/share/rpcd/acl.d/luci-base.json",
                "/www/luci-static/resources/view/.keep",
                "/tmp/.keep")) {
            folder.write(other, "");
        }
    }

    /** Where programs of this machine look for libraries and Java. */
    private static void linkLibraries(Path root) throws IOException {
        Files.createDirectories(root.resolve("lib"));
        Files.createSymbolicLink(root.resolve("lib64"), Path.of(HOST + "/lib64"));
        try (Stream<Path> names = Files.list(Path.of("/usr/lib"))) {
            for (Path name : names.filter(TestRouter::isOfTheCLibrary).toList()) {
                Path link = root.resolve("lib").resolve(name.getFileName().toString());
                Files.createSymbolicLink(link, Path.of(HOST + "/usr/lib").resolve(name.getFileName()));
            }
        }
        try (Stream<Path> names = Files.list(Path.of("/etc"))) {
            for (Path name : names.filter(it -> it.getFileName().toString().startsWith("java-"))
                    .toList()) {
                Path link = Files.createDirectories(root.resolve("etc"))
                        .resolve(name.getFileName().toString());
                Files.createSymbolicLink(link, Path.of(HOST + "/etc").resolve(name.getFileName()));
            }
        }
    }

    private static boolean isOfTheCLibrary(Path path) {
        String name = path.getFileName().toString();
        return name.contains("-linux-gnu") || name.startsWith("ld-linux");
    }

    /** Where a path of the router is here. */
    public Path at(String path) {
        return folder.at(path);
    }

    /** Writes a file, and makes the folders on the way to it. */
    public Path write(String path, String text) {
        return folder.write(path, text);
    }

    /** The file's text; nothing if there is none. */
    public String text(String path) {
        try {
            return Files.exists(at(path)) ? Files.readString(at(path)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a program there to its end and gives what it printed.
     *
     * @throws LabException if it fails
     */
    public String run(String... words) {
        return run(Map.of(), words);
    }

    /** As {@link #run(String...)}, with this besides PATH in the environment. */
    public String run(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", String.valueOf(init())));
        command.addAll(List.of("--mount", "--pid", "--net", "--root", "--wd", "env", "-i", PATH));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(Arrays.asList(words));
        return Command.run(command, "", PATIENCE);
    }

    /** The first process, as this machine knows it. */
    private long init() {
        return ProcessHandle.of(process.pid())
                .flatMap(it -> it.children().findFirst())
                .orElseThrow(() -> new LabException("the router has ended: " + process.output()))
                .pid();
    }

    /** What the daemon printed, in all its lives. */
    public String log() {
        return text("/stand-in/log");
    }

    /** What OpenWrt's services were asked for, one a line. */
    public List<String> calls() {
        return text("/stand-in/calls").lines().toList();
    }

    /** The daemon's process id in the router; empty if none was started. */
    public String daemon() {
        return text("/stand-in/procd/hybrid-gateway.pid").strip();
    }

    /** Everything on the router's flash and in its memory: what it is, whose, and its content. */
    public SortedMap<String, String> tree() {
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Path name = root.relativize(path);
                if (!NOT_THE_ROUTERS.contains(name.getName(0).toString())) {
                    tree.put("/" + name, describe(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    private static String describe(Path path) throws IOException {
        String rights = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) + " "
                + Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (Files.isSymbolicLink(path)) {
            return rights + " -> " + Files.readSymbolicLink(path);
        }
        return Files.isRegularFile(path) ? rights + " " + Arrays.hashCode(Files.readAllBytes(path)) : rights;
    }

    /** What differs between two trees. */
    public static Set<String> difference(Map<String, String> one, Map<String, String> other) {
        Set<String> paths = new HashSet<>(one.keySet());
        paths.addAll(other.keySet());
        paths.removeIf(path -> one.containsKey(path) && one.get(path).equals(other.get(path)));
        return new TreeSet<>(paths);
    }

    @Override
    public void close() {
        process.kill();
    }
}
