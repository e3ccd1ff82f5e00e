package net.hybridgateway.lab.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * What package managers run, in the form of OpenWrt's own packages: nearly everything (users, uci-defaults, services) is done by
 * functions of /lib/functions.sh, which find the package's files by its name.
 */
final class InstallScripts {
    private static final String SHELL = "#!/bin/sh";
    private static final String FUNCTIONS = "[ -s \"${IPKG_INSTROOT}/lib/functions.sh\" ] || exit 0";
    private static final String SOURCE = ". \"${IPKG_INSTROOT}/lib/functions.sh\"";
    private static final String UNLESS_FORBIDDEN = "[ \"${IPKG_NO_SCRIPT}\" = \"1\" ] && exit 0";

    private InstallScripts() {}

    /** opkg, after an installation. */
    static String opkgPostinst() {
        return script(UNLESS_FORBIDDEN, FUNCTIONS, SOURCE, "default_postinst $0 $@");
    }

    /** opkg, before a removal. */
    static String opkgPrerm() {
        return script(FUNCTIONS, SOURCE, "default_prerm $0 $@");
    }

    /** The package's own lines: opkg's default_postinst runs them by their file name. */
    static String own(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of("[ -z \"${IPKG_INSTROOT}\" ] || exit 0"));
        lines.addAll(info.afterInstall());
        lines.add("exit 0");
        return script(lines.toArray(String[]::new));
    }

    /** apk, after an installation. */
    static String apkPostInstall(PackageInfo info) {
        return script(apkPostInstallLines(info).toArray(String[]::new));
    }

    /** apk, after an upgrade. */
    static String apkPostUpgrade(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of("export PKG_UPGRADE=1"));
        lines.addAll(apkPostInstallLines(info));
        return script(lines.toArray(String[]::new));
    }

    private static List<String> apkPostInstallLines(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of(UNLESS_FORBIDDEN, FUNCTIONS, SOURCE));
        lines.addAll(names(info));
        lines.addAll(List.of("add_group_and_user", "default_postinst"));
        lines.addAll(own(info).lines().skip(1).toList());
        return lines;
    }

    /** apk, before a removal. */
    static String apkPreDeinstall(PackageInfo info) {
        List<String> lines = new ArrayList<>(List.of(FUNCTIONS, SOURCE));
        lines.addAll(names(info));
        lines.add("default_prerm");
        return script(lines.toArray(String[]::new));
    }

    private static List<String> names(PackageInfo info) {
        return List.of("export root=\"${IPKG_INSTROOT}\"", "export pkgname=\"" + info.name() + "\"");
    }

    private static String script(String... lines) {
        return SHELL + "\n" + String.join("\n", lines) + "\n";
    }
}
