package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.hybridgateway.lab.openwrt.TestRouter;

/**
 * What apk does with packages, in its order (commit.c, database.c). In an upgrade, only scripts of the new package run. A file
 * below /etc that is not as it was shipped stays; the new one gets the name {@code .apk-new}. Each package is finished before
 * the next one begins.
 */
final class Apk extends PackageManager {
    private static final String SCRIPTS = "/lib/apk/exec/";

    Apk(TestRouter router) {
        super(router);
    }

    @Override
    String install(Path... files) throws IOException {
        for (Path file : files) {
            install(OpenedPackage.apk(file));
        }
        return said();
    }

    private void install(OpenedPackage fresh) throws IOException {
        Optional<OpenedPackage> old = installed(fresh.name());
        String kind = old.isPresent() ? "upgrade" : "install";
        script(fresh, "pre-" + kind);
        for (Map.Entry<String, OpenedPackage.Packed> file : fresh.files().entrySet()) {
            String path = file.getKey();
            Optional<OpenedPackage.Packed> before = old.map(it -> it.files().get(path));
            boolean owners = isProtected(path)
                    && differs(path, file.getValue())
                    && (before.isEmpty() || differs(path, before.get()));
            put(owners ? path + ".apk-new" : path, file.getValue());
        }
        if (old.isPresent()) {
            purge(old.get(), fresh);
        }
        remember(fresh);
        script(fresh, "post-" + kind);
    }

    private static boolean isProtected(String path) {
        return path.startsWith("/etc/") && !path.startsWith("/etc/init.d/");
    }

    private void purge(OpenedPackage old, OpenedPackage but) throws IOException {
        for (Map.Entry<String, OpenedPackage.Packed> file : old.files().entrySet()) {
            String path = file.getKey();
            if (!but.files().containsKey(path) && !(isProtected(path) && differs(path, file.getValue()))) {
                delete(path);
            }
        }
    }

    private void script(OpenedPackage of, String kind) throws IOException {
        String place = SCRIPTS + of.name() + "-" + of.version() + "." + kind;
        run(of, kind, place, Map.of(), of.version());
        router.run("rm", "-rf", SCRIPTS);
    }

    @Override
    String remove(String name) throws IOException {
        OpenedPackage old = forget(name);
        script(old, "pre-deinstall");
        purge(old, new OpenedPackage(name, "", new TreeMap<>(), Map.of()));
        script(old, "post-deinstall");
        return said();
    }
}
