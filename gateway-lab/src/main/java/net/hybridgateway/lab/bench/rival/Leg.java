package net.hybridgateway.lab.bench.rival;

/** What carries the bytes beyond the gateway. */
public enum Leg {
    /** Plain TCP to the server. */
    TCP("TCP→TCP"),
    /** Multipath TCP, over one line, to the host that turns it into TCP again. */
    MPTCP("TCP→MPTCP");

    private final String title;

    Leg(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }
}
