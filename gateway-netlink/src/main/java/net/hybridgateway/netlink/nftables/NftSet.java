package net.hybridgateway.netlink.nftables;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import net.hybridgateway.netlink.AddressFamily;

/**
 * A named set for rules to look up in.
 *
 * @param name unique within the table
 * @param keyType of what
 * @param interval whether the elements are starts and ends of intervals
 * @param elements without duplicates
 */
public record NftSet(String name, KeyType keyType, boolean interval, List<Element> elements) {
    /** IFNAMSIZ without the NUL. */
    private static final int LONGEST_DEVICE_NAME = 15;

    /** What the keys are; the numbers are those that the nft tool uses to print them. */
    public enum KeyType {
        IPV4_ADDRESS(7, 4, false),
        IPV6_ADDRESS(8, 16, false),
        ADDRESS_TYPE(38, 4, true),
        DEVICE_NAME(41, 16, true);

        private final int number;
        private final int length;
        private final boolean orderOfMachine;

        KeyType(int number, int length, boolean orderOfMachine) {
            this.number = number;
            this.length = length;
            this.orderOfMachine = orderOfMachine;
        }

        int number() {
            return number;
        }

        /** Bytes of a key. */
        int length() {
            return length;
        }

        boolean orderOfMachine() {
            return orderOfMachine;
        }

        static KeyType of(AddressFamily family) {
            return family == AddressFamily.IPV4 ? IPV4_ADDRESS : IPV6_ADDRESS;
        }
    }

    /**
     * A key.
     *
     * @param key its bytes; for the end of an interval, the first key behind it
     * @param place its part in an interval
     */
    public record Element(ByteBuffer key, Place place) {
        public Element {
            key = key.asReadOnlyBuffer();
        }

        byte[] keyBytes() {
            byte[] bytes = new byte[key.remaining()];
            key.get(key.position(), bytes);
            return bytes;
        }
    }

    /** The part of an element in an interval. */
    public enum Place {
        /** A key by itself, or the start of an interval that ends before the next element. */
        START,
        /** The first key behind an interval. */
        END,
        /** The start of an interval up to the last possible key, behind which there is none. */
        OPEN_START
    }

    public NftSet {
        NftNumbers.requireIdentifier(name, "set");
        elements = List.copyOf(elements);
        for (Element element : elements) {
            if (element.key().remaining() != keyType.length()) {
                throw new IllegalArgumentException("set " + name + ": key of "
                        + element.key().remaining() + " bytes, " + keyType + " has " + keyType.length());
            }
        }
    }

    /**
     * A set of addresses of one family. Ranges that overlap or touch become one, which the kernel wants.
     *
     * @throws IllegalArgumentException if a range is of the other family
     */
    public static NftSet ofRanges(String name, AddressFamily family, Collection<AddressRange> ranges) {
        BigInteger behindLast = BigInteger.ONE.shiftLeft(family.addressBits());
        List<Element> elements = new ArrayList<>();
        for (Interval interval : merged(name, family, ranges)) {
            if (elements.isEmpty() && interval.first().signum() > 0) {
                // As nft does: says that the keys below the first interval are not in the set.
                elements.add(element(family, BigInteger.ZERO, Place.END));
            }
            boolean open = interval.behind().equals(behindLast);
            elements.add(element(family, interval.first(), open ? Place.OPEN_START : Place.START));
            if (!open) {
                elements.add(element(family, interval.behind(), Place.END));
            }
        }
        return new NftSet(name, KeyType.of(family), true, elements);
    }

    /** A set of names of devices, which need not exist. */
    public static NftSet ofDevices(String name, Collection<String> devices) {
        List<Element> elements = new LinkedHashSet<>(devices)
                .stream()
                        .map(device -> new Element(ByteBuffer.wrap(deviceKey(device)), Place.START))
                        .toList();
        return new NftSet(name, KeyType.DEVICE_NAME, false, elements);
    }

    /** A set of types of addresses. */
    public static NftSet ofAddressTypes(String name, Collection<AddressType> types) {
        List<Element> elements = new LinkedHashSet<>(types)
                .stream()
                        .map(type -> new Element(NftNumbers.machineInt(type.number()), Place.START))
                        .toList();
        return new NftSet(name, KeyType.ADDRESS_TYPE, false, elements);
    }

    /** A device name with the NULs up to 16 bytes that the kernel compares as well. */
    static byte[] deviceKey(String device) {
        byte[] bytes = device.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_DEVICE_NAME || device.endsWith("*")) {
            throw new IllegalArgumentException("not a device name: \"" + device + "\"");
        }
        return ByteBuffer.allocate(KeyType.DEVICE_NAME.length()).put(bytes).array();
    }

    /** What nft keeps with a set to print its keys: type 0 (byte order of the key), length 4, 1 machine or 2 network. */
    byte[] userData() {
        return ByteBuffer.allocate(6)
                .order(ByteOrder.nativeOrder())
                .put((byte) 0)
                .put((byte) 4)
                .putInt(keyType.orderOfMachine() ? 1 : 2)
                .array();
    }

    private record Interval(BigInteger first, BigInteger behind) {}

    private static List<Interval> merged(String name, AddressFamily family, Collection<AddressRange> ranges) {
        List<AddressRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(AddressRange::firstNumber));
        List<Interval> merged = new ArrayList<>();
        for (AddressRange range : sorted) {
            if (range.family() != family) {
                throw new IllegalArgumentException("set " + name + " is for " + family + ", not " + range);
            }
            Interval next = new Interval(range.firstNumber(), range.lastNumber().add(BigInteger.ONE));
            Interval before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && before.behind().compareTo(next.first()) >= 0) {
                merged.set(
                        merged.size() - 1,
                        new Interval(before.first(), before.behind().max(next.behind())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static Element element(AddressFamily family, BigInteger number, Place place) {
        byte[] key = new byte[family.addressBytes()];
        byte[] bytes = number.toByteArray(); // maybe shorter, maybe with a sign byte in front
        int length = Math.min(bytes.length, key.length);
        System.arraycopy(bytes, bytes.length - length, key, key.length - length, length);
        return new Element(ByteBuffer.wrap(key), place);
    }
}
