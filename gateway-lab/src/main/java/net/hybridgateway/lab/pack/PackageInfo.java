package net.hybridgateway.lab.pack;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a package says of itself.
 *
 * @param version as both formats understand it, such as {@code 0.1.0-r1}
 * @param architecture as opkg calls it; {@link #ANY} for scripts and the like
 * @param depends names of packages, each perhaps with a condition, such as {@code runtime=0.1.0-r1}
 * @param user a user, and a group of the same name and number, that the installation adds: {@code name=number}
 * @param settings files of the owner, which an upgrade does not replace
 * @param scripts what it does besides what OpenWrt does for every package
 */
record PackageInfo(
        String name,
        String version,
        String architecture,
        String description,
        String license,
        List<String> depends,
        Optional<String> user,
        List<String> settings,
        OwnScripts scripts) {
    /** Every architecture; apk says {@code noarch}. */
    static final String ANY = "all";

    static final String MAINTAINER = "hybrid-gateway";

    PackageInfo {
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(license, "license");
        Objects.requireNonNull(scripts, "scripts");
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("not a name of a package: " + name);
        }
        if (!version.matches("[0-9]+(\\.[0-9]+)*-r[0-9]+")) {
            throw new IllegalArgumentException("not a version that both formats understand: " + version);
        }
        if (!architecture.matches("[a-z0-9_-]+")) {
            throw new IllegalArgumentException("not an architecture: " + architecture);
        }
        depends = List.copyOf(depends);
        settings = List.copyOf(settings);
    }

    /** User and group, as OpenWrt's functions read them. */
    Optional<String> userAndGroup() {
        return user.map(it -> it + ":" + it);
    }
}
