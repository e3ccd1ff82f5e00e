package net.hybridgateway.app.convert;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes that cannot change and are equal by content, so that records may hold them. */
public final class ByteString {
    /** No bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static ByteString copyOf(byte[] bytes) {
        return new ByteString(bytes.clone());
    }

    /** The low eight bits of each number. */
    public static ByteString ofOctets(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new ByteString(bytes);
    }

    /**
     * Reads hexadecimal digits.
     *
     * @param hex pairs of digits; blanks between pairs are skipped
     * @throws IllegalArgumentException if anything else stands there
     */
    public static ByteString ofHex(String hex) {
        return new ByteString(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** The big-endian 16-bit number at {@code index}, 0 to 65535. */
    public int shortAt(int index) {
        return at(index) << 8 | at(index + 1);
    }

    /** The bytes from {@code from} up to, not including, {@code to}. */
    public ByteString slice(int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new ByteString(Arrays.copyOfRange(bytes, from, to));
    }

    /** The bytes from {@code from} to the end. */
    public ByteString from(int from) {
        return slice(from, bytes.length);
    }

    /** These bytes with zeroes behind them until {@code (length() - remainder)} is a multiple of four. */
    ByteString padded(int remainder) {
        int missing = Math.floorMod(remainder - bytes.length, 4);
        return missing == 0 ? this : new ByteString(Arrays.copyOf(bytes, bytes.length + missing));
    }

    /** These bytes and {@code tail} behind them. */
    ByteString plus(ByteString tail) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + tail.bytes.length);
        System.arraycopy(tail.bytes, 0, joined, bytes.length, tail.bytes.length);
        return new ByteString(joined);
    }

    /** A copy that the caller may change. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal digits without blanks. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
