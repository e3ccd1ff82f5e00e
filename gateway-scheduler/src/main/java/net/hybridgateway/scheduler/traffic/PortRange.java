package net.hybridgateway.scheduler.traffic;

/**
 * Neighbouring ports.
 *
 * @param first from 1
 * @param last inclusive, at least {@code first}, to 65535
 */
public record PortRange(int first, int last) {
    private static final int HIGHEST = 65535;

    public PortRange {
        if (first < 1 || last < first || last > HIGHEST) {
            throw new IllegalArgumentException("ports " + first + "-" + last);
        }
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** As in the configuration: {@code 443} or {@code 5060-5061}. */
    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
