package net.hybridgateway.netlink.route;

/**
 * The operational state of a link (RFC 2863 §3.1.14, {@code IF_OPER_*}). Every number is a state; seven have names.
 *
 * @param number 0 to 255
 */
public record OperationalState(int number) {
    /** The driver does not say; loopback and tunnels are in it while they work. */
    public static final OperationalState UNKNOWN = new OperationalState(RouteNumbers.IF_OPER_UNKNOWN);

    public static final OperationalState NOT_PRESENT = new OperationalState(RouteNumbers.IF_OPER_NOTPRESENT);
    public static final OperationalState DOWN = new OperationalState(RouteNumbers.IF_OPER_DOWN);
    /** The link below this one is down. */
    public static final OperationalState LOWER_LAYER_DOWN = new OperationalState(RouteNumbers.IF_OPER_LOWERLAYERDOWN);

    public static final OperationalState TESTING = new OperationalState(RouteNumbers.IF_OPER_TESTING);
    /** Waiting for something outside, such as 802.1X. */
    public static final OperationalState DORMANT = new OperationalState(RouteNumbers.IF_OPER_DORMANT);

    public static final OperationalState UP = new OperationalState(RouteNumbers.IF_OPER_UP);

    public OperationalState {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("operational state " + number + " is not within 0..255");
        }
    }

    @Override
    public String toString() {
        return switch (number) {
            case RouteNumbers.IF_OPER_UNKNOWN -> "unknown";
            case RouteNumbers.IF_OPER_NOTPRESENT -> "not-present";
            case RouteNumbers.IF_OPER_DOWN -> "down";
            case RouteNumbers.IF_OPER_LOWERLAYERDOWN -> "lower-layer-down";
            case RouteNumbers.IF_OPER_TESTING -> "testing";
            case RouteNumbers.IF_OPER_DORMANT -> "dormant";
            case RouteNumbers.IF_OPER_UP -> "up";
            default -> Integer.toString(number);
        };
    }
}
