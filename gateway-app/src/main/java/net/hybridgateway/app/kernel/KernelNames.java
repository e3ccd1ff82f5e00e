package net.hybridgateway.app.kernel;

/** Names and numbers of what this program puts into the kernel. The package's page tells who else uses what. */
final class KernelNames {
    /** The nftables table, of family inet. */
    static final String TABLE = "hybrid_gateway";

    /** The bit that marks packets for the transparent listener, and the connections that they belong to. */
    static final int MARK = 0x0800_0000;

    /** {@code RTPROT_*} of our routes and rules: a number that nobody has registered. */
    static final int PROTOCOL = 138;

    /** The rule that leads marked packets to {@link #LISTENER_TABLE}. */
    static final long LISTENER_PRIORITY = 800;

    /** The rules that keep each uplink's source addresses on that uplink. */
    static final long UPLINK_PRIORITY = 810;

    /** The rule that looks up the main table without its default routes, while those are not wanted. */
    static final long EXCEPT_DEFAULT_PRIORITY = 32764;

    /** The rules that say where to go instead; the last ones before the main table's, which is 32766. */
    static final long OTHER_TRAFFIC_PRIORITY = 32765;

    static final long LISTENER_TABLE = 8800;

    /** The table of the first uplink; the others follow. */
    static final long FIRST_UPLINK_TABLE = 8801;

    static final int MOST_UPLINK_TABLES = 100;

    private KernelNames() {}

    static boolean isOurTable(long table) {
        return table >= LISTENER_TABLE && table < FIRST_UPLINK_TABLE + MOST_UPLINK_TABLES;
    }
}
