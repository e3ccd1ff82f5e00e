package net.hybridgateway.app.daemon;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version that the build wrote into the jar, or into the module that was made of it. */
public final class Version {
    private Version() {}

    /** Such as {@code 0.1.0}; {@code development} when run from classes that were not packaged. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .or(Version::ofModule)
                .orElse("development");
    }

    private static Optional<String> ofModule() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion);
    }
}
