package net.hybridgateway.netlink;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** IPv4 or IPv6, with the kernel's numbers ({@code linux/socket.h}). */
public enum AddressFamily {
    /** {@code AF_INET}. */
    IPV4(2, 4),
    /** {@code AF_INET6}. */
    IPV6(10, 16);

    private static final int NO_SCOPE = -1;

    private final int number;
    private final int addressBytes;

    AddressFamily(int number, int addressBytes) {
        this.number = number;
        this.addressBytes = addressBytes;
    }

    /** The family of {@code address}. */
    public static AddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** The family with the kernel's {@code number}; empty for all that is not IP. */
    public static Optional<AddressFamily> ofNumber(int number) {
        return Arrays.stream(values()).filter(family -> family.number == number).findFirst();
    }

    /** The kernel's number, {@code AF_*}. */
    public int number() {
        return number;
    }

    /** 4 or 16. */
    public int addressBytes() {
        return addressBytes;
    }

    /** 32 or 128: the longest prefix. */
    public int addressBits() {
        return addressBytes * 8;
    }

    /** {@code 0.0.0.0} or {@code ::}. */
    public InetAddress anyAddress() {
        return address(new byte[addressBytes]);
    }

    /**
     * The address with these bytes. Unlike {@link InetAddress#getByAddress(byte[])} this never leaves the family:
     * {@code ::ffff:10.0.0.1} stays an IPv6 address.
     *
     * @throws IllegalArgumentException if the number of bytes is not {@link #addressBytes()}
     */
    public InetAddress address(byte[] bytes) {
        if (bytes.length != addressBytes) {
            throw new IllegalArgumentException(bytes.length + " bytes are no address of " + this);
        }
        try {
            return this == IPV4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, NO_SCOPE);
        } catch (UnknownHostException e) {
            throw new AssertionError(bytes.length + " bytes are an address", e);
        }
    }
}
