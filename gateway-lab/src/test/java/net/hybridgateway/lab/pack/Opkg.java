package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.hybridgateway.lab.openwrt.TestRouter;

/**
 * What OpenWrt's opkg does with packages, in its order (opkg_install.c, opkg_remove.c). In an upgrade, the old package's prerm
 * and postrm run, the latter before the old files go. Settings that the owner changed stay; the new ones get the name
 * {@code -opkg}. All packages are configured when all are there.
 */
final class Opkg extends PackageManager {
    private static final String INFO = "/usr/lib/opkg/info/";

    Opkg(TestRouter router) {
        super(router);
    }

    @Override
    String install(Path... files) throws IOException {
        List<OpenedPackage> fresh = new ArrayList<>();
        for (Path file : files) {
            fresh.add(OpenedPackage.ipk(file));
        }
        List<Map<String, String>> environments = new ArrayList<>();
        for (OpenedPackage one : fresh) {
            environments.add(unpack(one));
        }
        for (int i = 0; i < fresh.size(); i++) {
            run(fresh.get(i), "postinst", INFO + fresh.get(i).name() + ".postinst", environments.get(i), "configure");
        }
        writeStatus(fresh);
        return said();
    }

    private Map<String, String> unpack(OpenedPackage fresh) throws IOException {
        Optional<OpenedPackage> old = installed(fresh.name());
        Map<String, String> environment = environment(old.isPresent());
        if (old.isPresent()) {
            run(old.get(), "prerm", INFO + fresh.name() + ".prerm", environment, "upgrade", fresh.version());
            run(
                    fresh,
                    "preinst",
                    "/tmp/opkg/preinst",
                    environment,
                    "upgrade",
                    old.get().version());
        } else {
            run(fresh, "preinst", "/tmp/opkg/preinst", environment, "install");
        }
        router.run("rm", "-rf", "/tmp/opkg");
        Map<String, byte[]> changed = changedSettings(fresh, old);
        refuseClashes(fresh, old, changed);
        if (old.isPresent()) {
            run(old.get(), "postrm", INFO + fresh.name() + ".postrm", environment, "upgrade", fresh.version());
            for (String path : old.get().files().keySet()) {
                Files.deleteIfExists(router.at(path));
            }
            removeInfo(old.get());
        }
        for (Map.Entry<String, String> entry : fresh.control().entrySet()) {
            Path file = router.write(INFO + fresh.name() + "." + entry.getKey(), entry.getValue());
            Files.setAttribute(file, "unix:mode", 0755);
        }
        router.write(
                INFO + fresh.name() + ".list", String.join("\n", fresh.files().keySet()) + "\n");
        for (Map.Entry<String, OpenedPackage.Packed> file : fresh.files().entrySet()) {
            put(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, byte[]> setting : changed.entrySet()) {
            putBack(setting.getKey(), setting.getValue(), fresh.files().get(setting.getKey()));
        }
        remember(fresh);
        return environment;
    }

    private static Map<String, String> environment(boolean upgrade) {
        return Map.of("PKG_ROOT", "/", "PKG_UPGRADE", upgrade ? "1" : "0");
    }

    /** Those that are not as the old package had them, or that were there before there was a package. */
    private Map<String, byte[]> changedSettings(OpenedPackage fresh, Optional<OpenedPackage> old) throws IOException {
        Map<String, byte[]> changed = new TreeMap<>();
        for (String path : settings(fresh)) {
            OpenedPackage.Packed before =
                    old.map(it -> it.files().get(path)).orElse(fresh.files().get(path));
            if (differs(path, before)) {
                changed.put(path, Files.readAllBytes(router.at(path)));
            }
        }
        return changed;
    }

    /** A file that is there already, is nobody's, and no setting, keeps the package out. */
    private void refuseClashes(OpenedPackage fresh, Optional<OpenedPackage> old, Map<String, byte[]> changed) {
        for (String path : fresh.files().keySet()) {
            boolean ours = old.map(it -> it.files().containsKey(path)).orElse(false);
            if (Files.exists(router.at(path))
                    && !ours
                    && !changed.containsKey(path)
                    && !settings(fresh).contains(path)) {
                throw new IllegalStateException("Package " + fresh.name() + " wants to install file " + path
                        + ", but that file is already provided by no package");
            }
        }
    }

    private void putBack(String path, byte[] content, OpenedPackage.Packed shipped) throws IOException {
        put(path + "-opkg", shipped);
        Files.write(router.at(path), content);
    }

    private static List<String> settings(OpenedPackage of) {
        return of.control().getOrDefault("conffiles", "").lines().toList();
    }

    private void removeInfo(OpenedPackage of) throws IOException {
        for (String name : of.control().keySet()) {
            Files.deleteIfExists(router.at(INFO + of.name() + "." + name));
        }
        Files.deleteIfExists(router.at(INFO + of.name() + ".list"));
    }

    private void writeStatus(List<OpenedPackage> packages) {
        StringBuilder status = new StringBuilder();
        for (OpenedPackage one : packages) {
            status.append("Package: ").append(one.name()).append("\nConffiles:\n");
            for (String path : settings(one)) {
                status.append(' ')
                        .append(path)
                        .append(' ')
                        .append(sha256(one.files().get(path).content()));
                status.append('\n');
            }
            status.append("Status: install user installed\n\n");
        }
        router.write("/usr/lib/opkg/status", status.toString());
    }

    @Override
    String remove(String name) throws IOException {
        OpenedPackage old = forget(name);
        run(old, "prerm", INFO + name + ".prerm", environment(false), "remove");
        for (Map.Entry<String, OpenedPackage.Packed> file : old.files().entrySet()) {
            if (!settings(old).contains(file.getKey()) || !differs(file.getKey(), file.getValue())) {
                delete(file.getKey());
            }
        }
        run(old, "postrm", INFO + name + ".postrm", environment(false), "remove");
        removeInfo(old);
        router.write("/usr/lib/opkg/status", "");
        return said();
    }
}
