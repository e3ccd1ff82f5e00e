package net.hybridgateway.netlink.route;

import java.net.InetAddress;
import net.hybridgateway.netlink.AddressFamily;

/**
 * A block of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param address the first address of the block: all bits behind {@code length} are zero
 * @param length  leading bits that count, 0 to 32 or 128
 */
public record IpPrefix(InetAddress address, int length) {
    public IpPrefix {
        requireLength(address, length);
        if (!mask(address, length).equals(address)) {
            throw new IllegalArgumentException(
                    address.getHostAddress() + "/" + length + " has bits set behind the prefix");
        }
    }

    /** The block of {@code length} bits that {@code address} is in. */
    public static IpPrefix containing(InetAddress address, int length) {
        requireLength(address, length);
        return new IpPrefix(mask(address, length), length);
    }

    /** The block that holds {@code address} alone. */
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, AddressFamily.of(address).addressBits());
    }

    /** All addresses of a family: {@code 0.0.0.0/0} or {@code ::/0}. */
    public static IpPrefix all(AddressFamily family) {
        return new IpPrefix(family.anyAddress(), 0);
    }

    public AddressFamily family() {
        return AddressFamily.of(address);
    }

    /** True for {@code 0.0.0.0/0} and {@code ::/0}. */
    public boolean isAll() {
        return length == 0;
    }

    /** True if {@code other} is in this block. */
    public boolean contains(InetAddress other) {
        return AddressFamily.of(other) == family() && mask(other, length).equals(address);
    }

    private static void requireLength(InetAddress address, int length) {
        int longest = AddressFamily.of(address).addressBits();
        if (length < 0 || length > longest) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0.." + longest);
        }
    }

    private static InetAddress mask(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.max(0, Math.min(8, length - i * 8));
            bytes[i] &= (byte) (0xff00 >> keep);
        }
        return AddressFamily.of(address).address(bytes);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
