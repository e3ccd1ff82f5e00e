package net.hybridgateway.lab.product;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.hybridgateway.lab.net.LabException;

/** Where the built program is, for those who start it in a way that {@link Gateway} and {@link ConversionPoint} do not. */
public final class Distribution {
    private static final String PROGRAM = "gateway-app/target/dist/bin/hybrid-gateway";

    private Distribution() {}

    /** The system property {@code lab.program}, else the one built in this checkout. */
    public static String program() {
        String named = System.getProperty("lab.program");
        if (named != null) {
            return named;
        }
        Path folder = ownFolder();
        while (folder != null && !Files.isExecutable(folder.resolve(PROGRAM))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new LabException("there is no " + PROGRAM + ": build it first (./dev build)");
        }
        return folder.resolve(PROGRAM).toString();
    }

    private static Path ownFolder() {
        try {
            return Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new LabException("cannot tell where this program is", e);
        }
    }
}
