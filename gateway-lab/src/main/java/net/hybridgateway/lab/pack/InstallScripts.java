package net.hybridgateway.lab.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What package managers run, in the form of OpenWrt's own packages: nearly everything (users, uci-defaults, services) is done by
 * functions of /lib/functions.sh, which find the package's files by its name. What a package does besides is in its
 * {@link OwnScripts}.
 */
final class InstallScripts {
    private static final String SHELL = "#!/bin/sh";
    private static final String FUNCTIONS = "[ -s \"${IPKG_INSTROOT}/lib/functions.sh\" ] || exit 0";
    private static final String SOURCE = ". \"${IPKG_INSTROOT}/lib/functions.sh\"";
    private static final String UNLESS_FORBIDDEN = "[ \"${IPKG_NO_SCRIPT}\" = \"1\" ] && exit 0";
    private static final String UPGRADE = "export PKG_UPGRADE=1";

    private InstallScripts() {}

    /** opkg, after an installation; the package's own postinst is run by default_postinst, by its file name. */
    static String opkgPostinst() {
        return script(List.of(UNLESS_FORBIDDEN, FUNCTIONS, SOURCE, "default_postinst $0 $@"));
    }

    /** opkg, before a removal. */
    static String opkgPrerm() {
        return script(List.of(FUNCTIONS, SOURCE, "default_prerm $0 $@"));
    }

    /** apk, after an installation. */
    static String apkPostInstall(PackageInfo info) {
        return script(apkPostInstallLines(info));
    }

    /** apk, before an upgrade, if the package has something to do then. apk runs nothing of the old package. */
    static Optional<String> apkPreUpgrade(PackageInfo info) {
        return info.scripts().preinst().map(InstallScripts::inUpgrade);
    }

    /** apk, after an upgrade. */
    static String apkPostUpgrade(PackageInfo info) {
        return inUpgrade(apkPostInstall(info));
    }

    private static List<String> apkPostInstallLines(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of(UNLESS_FORBIDDEN, FUNCTIONS, SOURCE));
        lines.addAll(names(info));
        lines.addAll(List.of("add_group_and_user", "default_postinst"));
        info.scripts().postinst().ifPresent(own -> lines.addAll(body(own)));
        return lines;
    }

    /** apk, before a removal. */
    static String apkPreDeinstall(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of(FUNCTIONS, SOURCE));
        lines.addAll(names(info));
        lines.add("default_prerm");
        return script(lines);
    }

    private static String inUpgrade(String script) {
        List<String> lines = new ArrayList<>(List.of(UPGRADE));
        lines.addAll(body(script));
        return script(lines);
    }

    private static List<String> names(PackageInfo info) {
        return List.of("export root=\"${IPKG_INSTROOT}\"", "export pkgname=\"" + info.name() + "\"");
    }

    /** All but the first line, which names the shell. */
    private static List<String> body(String script) {
        return script.lines().skip(1).toList();
    }

    private static String script(List<String> lines) {
        return SHELL + "\n" + String.join("\n", lines) + "\n";
    }
}
