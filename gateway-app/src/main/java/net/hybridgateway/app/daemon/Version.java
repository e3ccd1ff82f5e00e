package net.hybridgateway.app.daemon;

import java.util.Optional;

/** The version that the build wrote into the jar. */
public final class Version {
    private Version() {}

    /** Such as {@code 0.1.0}; {@code development} when run from classes that were not packaged. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
