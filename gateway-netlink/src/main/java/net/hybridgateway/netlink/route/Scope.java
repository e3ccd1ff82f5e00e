package net.hybridgateway.netlink.route;

/**
 * How far an address or a route reaches ({@code RT_SCOPE_*}). Every number is a scope; five have names.
 *
 * @param number 0 to 255, the larger the nearer
 */
public record Scope(int number) {
    /** Everywhere. */
    public static final Scope UNIVERSE = new Scope(RouteNumbers.RT_SCOPE_UNIVERSE);
    /** Within the site (IPv6). */
    public static final Scope SITE = new Scope(RouteNumbers.RT_SCOPE_SITE);
    /** To hosts on the link. */
    public static final Scope LINK = new Scope(RouteNumbers.RT_SCOPE_LINK);
    /** To this host itself. */
    public static final Scope HOST = new Scope(RouteNumbers.RT_SCOPE_HOST);
    /** To nothing; in requests to delete: any scope. */
    public static final Scope NOWHERE = new Scope(RouteNumbers.RT_SCOPE_NOWHERE);

    public Scope {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("scope " + number + " is not within 0..255");
        }
    }

    @Override
    public String toString() {
        return switch (number) {
            case RouteNumbers.RT_SCOPE_UNIVERSE -> "universe";
            case RouteNumbers.RT_SCOPE_SITE -> "site";
            case RouteNumbers.RT_SCOPE_LINK -> "link";
            case RouteNumbers.RT_SCOPE_HOST -> "host";
            case RouteNumbers.RT_SCOPE_NOWHERE -> "nowhere";
            default -> Integer.toString(number);
        };
    }
}
