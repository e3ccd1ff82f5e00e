package net.hybridgateway.netlink.route;

/**
 * What becomes of a packet that a route matches ({@code RTN_*}). Every number is a type; those in use have names.
 *
 * @param number 0 to 255
 */
public record RouteType(int number) {
    /** It goes out, to the gateway or to the destination itself. */
    public static final RouteType UNICAST = new RouteType(RouteNumbers.RTN_UNICAST);
    /** It is for this host. */
    public static final RouteType LOCAL = new RouteType(RouteNumbers.RTN_LOCAL);
    /** It goes out as a broadcast. */
    public static final RouteType BROADCAST = new RouteType(RouteNumbers.RTN_BROADCAST);

    public static final RouteType ANYCAST = new RouteType(RouteNumbers.RTN_ANYCAST);
    public static final RouteType MULTICAST = new RouteType(RouteNumbers.RTN_MULTICAST);
    /** It is dropped; a local sender sees EINVAL. */
    public static final RouteType BLACKHOLE = new RouteType(RouteNumbers.RTN_BLACKHOLE);
    /** It is dropped, and the sender told "host unreachable". */
    public static final RouteType UNREACHABLE = new RouteType(RouteNumbers.RTN_UNREACHABLE);
    /** It is dropped, and the sender told "administratively prohibited". */
    public static final RouteType PROHIBIT = new RouteType(RouteNumbers.RTN_PROHIBIT);
    /** The search goes on with the next rule. */
    public static final RouteType THROW = new RouteType(RouteNumbers.RTN_THROW);

    public RouteType {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("route type " + number + " is not within 0..255");
        }
    }

    @Override
    public String toString() {
        return switch (number) {
            case RouteNumbers.RTN_UNICAST -> "unicast";
            case RouteNumbers.RTN_LOCAL -> "local";
            case RouteNumbers.RTN_BROADCAST -> "broadcast";
            case RouteNumbers.RTN_ANYCAST -> "anycast";
            case RouteNumbers.RTN_MULTICAST -> "multicast";
            case RouteNumbers.RTN_BLACKHOLE -> "blackhole";
            case RouteNumbers.RTN_UNREACHABLE -> "unreachable";
            case RouteNumbers.RTN_PROHIBIT -> "prohibit";
            case RouteNumbers.RTN_THROW -> "throw";
            default -> Integer.toString(number);
        };
    }
}
