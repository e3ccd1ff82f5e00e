package net.hybridgateway.netlink.mptcp;

/**
 * The number of an address within one MPTCP connection (RFC 8684 §3.4.1). Each side numbers its own addresses.
 *
 * @param value 0 to 255
 */
public record AddressId(int value) implements Comparable<AddressId> {
    /** The address of the subflow that began the connection; it keeps this number for the connection's life. */
    public static final AddressId INITIAL = new AddressId(0);

    public AddressId {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("address id " + value + " is not within 0..255");
        }
    }

    @Override
    public int compareTo(AddressId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
