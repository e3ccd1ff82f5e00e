package net.hybridgateway.netlink.nftables;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import net.hybridgateway.netlink.AddressFamily;

/**
 * The addresses from one to another, both included.
 *
 * @param first the lowest
 * @param last the highest, of the same family
 */
public record AddressRange(InetAddress first, InetAddress last) {
    public AddressRange {
        if (AddressFamily.of(first) != AddressFamily.of(last)
                || Arrays.compareUnsigned(first.getAddress(), last.getAddress()) > 0) {
            throw new IllegalArgumentException("no range: " + first.getHostAddress() + " to " + last.getHostAddress());
        }
    }

    /**
     * The addresses that share the first {@code prefixLength} bits with {@code address}.
     *
     * @throws IllegalArgumentException if the family has fewer bits
     */
    public static AddressRange ofPrefix(InetAddress address, int prefixLength) {
        AddressFamily family = AddressFamily.of(address);
        byte[] mask = mask(family, prefixLength);
        byte[] first = address.getAddress();
        byte[] last = first.clone();
        for (int i = 0; i < mask.length; i++) {
            first[i] &= mask[i];
            last[i] |= (byte) ~mask[i];
        }
        return new AddressRange(family.address(first), family.address(last));
    }

    public AddressFamily family() {
        return AddressFamily.of(first);
    }

    /** As many bytes as an address, with the first {@code prefixLength} bits set. */
    static byte[] mask(AddressFamily family, int prefixLength) {
        if (prefixLength < 0 || prefixLength > family.addressBits()) {
            throw new IllegalArgumentException("prefix length of " + family + " out of range: " + prefixLength);
        }
        byte[] mask = new byte[family.addressBytes()];
        for (int bit = 0; bit < prefixLength; bit++) {
            mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return mask;
    }

    BigInteger firstNumber() {
        return new BigInteger(1, first.getAddress());
    }

    BigInteger lastNumber() {
        return new BigInteger(1, last.getAddress());
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "-" + last.getHostAddress();
    }
}
