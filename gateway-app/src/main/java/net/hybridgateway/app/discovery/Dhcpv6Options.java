package net.hybridgateway.app.discovery;

import java.util.ArrayList;
import java.util.List;

/** The options of a DHCPv6 message one after the other (RFC 8415 §21.1): code and length of 16 bits each, value. */
final class Dhcpv6Options {
    private static final int HEADER = 4;
    private static final int MOST_INSTANCES = 16;

    private Dhcpv6Options() {}

    /**
     * All instances of one option, in their order.
     *
     * @throws RefusedLeaseException if any option is cut short, or there are more than sixteen instances
     */
    static List<OptionBytes> find(OptionBytes all, int code) {
        List<OptionBytes> found = new ArrayList<>();
        int at = 0;
        while (at < all.length()) {
            if (all.length() - at < HEADER) {
                throw all.refuse(at, "an option that is cut short: " + (all.length() - at) + " bytes are left");
            }
            int length = all.bytes().shortAt(at + 2);
            int value = at + HEADER;
            if (length > all.length() - value) {
                throw all.refuse(
                        at + 2,
                        "option " + all.bytes().shortAt(at) + " says that it has " + length + " bytes, and "
                                + (all.length() - value) + " are left");
            }
            if (all.bytes().shortAt(at) == code) {
                if (found.size() == MOST_INSTANCES) {
                    throw all.refuse(at, "more than " + MOST_INSTANCES + " instances of option " + code);
                }
                found.add(new OptionBytes(
                        "option " + code + (found.isEmpty() ? "" : " (instance " + (found.size() + 1) + ")"),
                        all.bytes().slice(value, value + length)));
            }
            at = value + length;
        }
        return found;
    }
}
