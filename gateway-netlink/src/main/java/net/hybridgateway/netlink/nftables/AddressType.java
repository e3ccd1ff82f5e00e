package net.hybridgateway.netlink.nftables;

/** What the routing table says of an address: the RTN_* of linux/rtnetlink.h that the fib expression can yield. */
public enum AddressType {
    UNICAST(1),
    /** Of this host. */
    LOCAL(2),
    BROADCAST(3),
    ANYCAST(4),
    MULTICAST(5),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8);

    private final int number;

    AddressType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
