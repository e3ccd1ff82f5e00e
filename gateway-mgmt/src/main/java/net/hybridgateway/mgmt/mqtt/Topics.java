package net.hybridgateway.mgmt.mqtt;

/**
 * The topics of one gateway.
 *
 * @param base {@code <prefix>/<gateway-id>}
 */
public record Topics(String base) {
    public Topics {
        if (base.isEmpty() || base.contains("+") || base.contains("#")) {
            throw new IllegalArgumentException("topic " + base);
        }
    }

    public static Topics of(String prefix, String id) {
        return new Topics(prefix + "/" + id);
    }

    /** Retained: {@code true}, and {@code false} as the last will. */
    public String online() {
        return base + "/online";
    }

    public String birth() {
        return base + "/birth";
    }

    public String state() {
        return base + "/state";
    }

    public String event() {
        return base + "/event";
    }

    public String metrics() {
        return base + "/metrics";
    }

    public String desired() {
        return base + "/config/desired";
    }

    public String reported() {
        return base + "/config/reported";
    }

    public String command() {
        return base + "/cmd";
    }

    /** Where answers go that have no response topic. */
    public String result() {
        return base + "/cmd/result";
    }

    /** Whether an answer may go there: neither to a pattern, nor to a topic of this gateway that others trust. */
    boolean takesAnswers(String topic) {
        return !topic.isEmpty()
                && topic.length() <= 256
                && topic.chars().noneMatch(c -> c == '+' || c == '#' || c < ' ')
                && !topic.startsWith("$")
                && (!topic.startsWith(base + "/") || topic.equals(result()) || topic.startsWith(result() + "/"));
    }
}
