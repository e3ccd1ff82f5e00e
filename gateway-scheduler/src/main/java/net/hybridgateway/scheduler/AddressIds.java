package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The ids of the gateway's own addresses within one connection. An address keeps its id for as long as the connection
 * lives, and no id is given to a second address: the kernel refuses both with EINVAL. Id 0 is the address of the initial
 * subflow (RFC 8684 §3.2), and is never given to another.
 */
final class AddressIds {
    private static final int MAX_ID = 255;

    private final Map<InetAddress, Integer> ids = new HashMap<>();
    private final BitSet used = new BitSet();

    AddressIds() {
        used.set(0);
    }

    static void requireId(int id) {
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("address id " + id + " is not in 0..." + MAX_ID);
        }
    }

    /** Takes over what the kernel says. The first word on an address stands. */
    void learn(InetAddress address, int id) {
        requireId(id);
        ids.putIfAbsent(address, id);
        used.set(id);
    }

    boolean knows(InetAddress address) {
        return ids.containsKey(address);
    }

    /** The id that the address has, or would get. Empty if all 255 are used up. */
    OptionalInt peek(InetAddress address) {
        Integer known = ids.get(address);
        if (known != null) {
            return OptionalInt.of(known);
        }
        int free = used.nextClearBit(0);
        return free <= MAX_ID ? OptionalInt.of(free) : OptionalInt.empty();
    }
}
