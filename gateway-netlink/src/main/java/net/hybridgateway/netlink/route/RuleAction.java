package net.hybridgateway.netlink.route;

/**
 * What a rule does with a packet that it selects ({@code FR_ACT_*}). Every number is an action; those in use have names.
 *
 * @param number 0 to 255
 */
public record RuleAction(int number) {
    /** Search a table. */
    public static final RuleAction LOOKUP = new RuleAction(RouteNumbers.FR_ACT_TO_TBL);
    /** Jump to a later rule. */
    public static final RuleAction GOTO = new RuleAction(RouteNumbers.FR_ACT_GOTO);
    /** Go on with the next rule. */
    public static final RuleAction NOTHING = new RuleAction(RouteNumbers.FR_ACT_NOP);
    /** Drop silently. */
    public static final RuleAction BLACKHOLE = new RuleAction(RouteNumbers.FR_ACT_BLACKHOLE);
    /** Drop with "network unreachable". */
    public static final RuleAction UNREACHABLE = new RuleAction(RouteNumbers.FR_ACT_UNREACHABLE);
    /** Drop with "permission denied". */
    public static final RuleAction PROHIBIT = new RuleAction(RouteNumbers.FR_ACT_PROHIBIT);

    public RuleAction {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("rule action " + number + " is not within 0..255");
        }
    }

    @Override
    public String toString() {
        return switch (number) {
            case RouteNumbers.FR_ACT_TO_TBL -> "lookup";
            case RouteNumbers.FR_ACT_GOTO -> "goto";
            case RouteNumbers.FR_ACT_NOP -> "nothing";
            case RouteNumbers.FR_ACT_BLACKHOLE -> "blackhole";
            case RouteNumbers.FR_ACT_UNREACHABLE -> "unreachable";
            case RouteNumbers.FR_ACT_PROHIBIT -> "prohibit";
            default -> Integer.toString(number);
        };
    }
}
