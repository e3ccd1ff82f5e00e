package net.hybridgateway.lab.pack;

import java.util.List;

/**
 * The archive of classes as they are in memory, ready parsed (class-data sharing), in the place where Java looks by itself. Java
 * writes it, started as on the router, for it is refused with other flags of the collector.
 *
 * <p>What Java writes for one list of classes is the same each time, byte by byte (seen with Java 17 and the serial collector).
 */
final class ClassArchive {
    /** In Java's folder. */
    static final String PLACE = "lib/server/classes.jsa";

    /** The environment that the program's script on the router takes options from. */
    static final String OPTIONS = "HYBRID_GATEWAY_JAVA_OPTS";

    private static final String MISSING = "Preload Warning: Cannot find ";

    private ClassArchive() {}

    /**
     * Options with which Java writes the archive instead of running anything.
     *
     * @param list of classes, see {@link net.hybridgateway.lab.footprint.ClassTraining}
     * @param archive the file to write
     */
    static String dumping(String list, String archive) {
        return String.join(
                " ", List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + archive));
    }

    /**
     * What became of the list, in a sentence.
     *
     * @param listed how many classes are in it
     * @param said by Java while it wrote
     */
    static String told(int listed, String said) {
        long missing = said.lines().filter(line -> line.contains(MISSING)).count();
        return (listed - missing) + " of " + listed + " listed classes are in it";
    }
}
