package net.hybridgateway.mgmt.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import net.hybridgateway.scheduler.traffic.AddressSet;

/**
 * An address with a prefix length, as in {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param length how many leading bits count: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AddressPrefix(InetAddress address, int length) implements AddressSet {
    /** Dotted quads only: InetAddress would take "10.1" and "10", too. */
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    /** Starts so that InetAddress takes it for a literal, and never asks the name service. */
    private static final Pattern LIKE_IPV6 = Pattern.compile("(?=.{2,45}$)[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    public AddressPrefix {
        Objects.requireNonNull(address, "address");
        int bits = address.getAddress().length * Byte.SIZE;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0 to " + bits);
        }
    }

    /** Reads an address literal, IPv4 or IPv6 without zone; never asks the name service. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !LIKE_IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code ADDRESS} or {@code ADDRESS/LENGTH}; bits behind the length may be set, see {@link #isNetwork}. */
    static Optional<AddressPrefix> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        return address(literal).flatMap(address -> {
            int bits = address.getAddress().length * Byte.SIZE;
            if (slash < 0) {
                return Optional.of(new AddressPrefix(address, bits));
            }
            String digits = text.substring(slash + 1);
            return digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= bits
                    ? Optional.of(new AddressPrefix(address, Integer.parseInt(digits)))
                    : Optional.empty();
        });
    }

    /** Whether all bits behind the length are zero. */
    boolean isNetwork() {
        return equals(network());
    }

    /** The same prefix with all bits behind the length cleared. */
    AddressPrefix network() {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] & mask(i));
        }
        try {
            return new AddressPrefix(InetAddress.getByAddress(bytes), length);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    @Override
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < ours.length; i++) {
            if (((ours[i] ^ theirs[i]) & mask(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Which bits of the byte at {@code index} count. */
    private int mask(int index) {
        int bitsHere = Math.max(0, Math.min(Byte.SIZE, length - index * Byte.SIZE));
        return 0xff00 >> bitsHere & 0xff;
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** The form that nft and ip take, the length always written. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
