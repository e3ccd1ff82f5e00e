package net.hybridgateway.netlink;

import java.net.Inet4Address;
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
        try {
            return InetAddress.getByAddress(new byte[addressBytes]);
        } catch (UnknownHostException e) {
            throw new AssertionError(addressBytes + " bytes are an address", e);
        }
    }
}
