package net.hybridgateway.lab.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An endless sequence of pseudo-random bytes, any part of which can be had without what comes before: word <i>i</i> is
 * SplitMix64's <i>i</i>-th output. So both ends know what must arrive, and where it first differed.
 */
public final class KnownBytes {
    /** Parts start at multiples of this. */
    public static final int WORD = Long.BYTES;

    private static final int BLOCK = 64 * 1024;
    private static final long SEED = 0x6879_6272_6964_0001L;
    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private KnownBytes() {}

    /**
     * Fills the whole array with the bytes from {@code offset} on.
     *
     * @param offset a multiple of {@link #WORD}
     * @param target its length is a multiple of {@link #WORD}
     */
    public static void fill(long offset, byte[] target) {
        fill(offset, target, target.length);
    }

    /**
     * Fills the beginning of the array with the bytes from {@code offset} on.
     *
     * @param offset a multiple of {@link #WORD}
     * @param length how many, a multiple of {@link #WORD}
     */
    public static void fill(long offset, byte[] target, int length) {
        if (offset % WORD != 0 || length % WORD != 0) {
            throw new IllegalArgumentException("offset and length are multiples of " + WORD);
        }
        long state = SEED + offset / WORD * GOLDEN_GAMMA;
        for (int i = 0; i < length; i += WORD) {
            state += GOLDEN_GAMMA;
            LONGS.set(target, i, mixed(state));
        }
    }

    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }

    /** SHA-256 of the first {@code length} bytes, in hexadecimal. */
    public static String sha256(long length) {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        for (long offset = 0; offset < length; offset += BLOCK) {
            fill(offset, block);
            digest.update(block, 0, (int) Math.min(BLOCK, length - offset));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A new digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
