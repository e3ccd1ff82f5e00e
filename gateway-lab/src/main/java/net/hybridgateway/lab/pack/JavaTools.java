package net.hybridgateway.lab.pack;

import java.nio.file.Path;

/** The tools of the JDK that runs this. */
final class JavaTools {
    private JavaTools() {}

    static String path(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
