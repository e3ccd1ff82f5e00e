package net.hybridgateway.netlink.mptcp;

/**
 * How far the kernel's own path manager goes, per connection.
 *
 * @param acceptedAddresses addresses of the peer that it takes note of, 0 to 8
 * @param subflows          subflows beyond the first, 0 to 8
 */
public record Limits(int acceptedAddresses, int subflows) {
    /** The most that the kernel takes ({@code MPTCP_PM_ADDR_MAX}). */
    public static final int MAXIMUM = 8;

    public Limits {
        if (acceptedAddresses < 0 || subflows < 0) {
            throw new IllegalArgumentException("negative limits: " + acceptedAddresses + ", " + subflows);
        }
    }
}
