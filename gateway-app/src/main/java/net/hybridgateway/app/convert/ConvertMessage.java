package net.hybridgateway.app.convert;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.Fault;

/**
 * A whole Convert message: the fixed header and its TLVs (RFC 8803 §6.1). Without TLVs it is the shortest reply,
 * "accepted, nothing to report".
 *
 * @param version always {@value #VERSION}; another version may have another format
 * @param tlvs in the order of the wire, no type twice, together at most {@value #MAX_WORDS} words with the header
 */
public record ConvertMessage(int version, List<ConvertTlv> tlvs) {
    public static final int VERSION = 1;
    public static final int MAGIC = 0x2263;
    public static final int HEADER_BYTES = 4;
    public static final int MAX_WORDS = 255;
    public static final int MAX_BYTES = 4 * MAX_WORDS;

    /**
     * Checks what can be said on the wire.
     *
     * @throws ConvertException with {@link Fault#UNSUPPORTED_VERSION}, {@link Fault#DUPLICATE_TLV} or
     *     {@link Fault#TOO_LONG}
     */
    public ConvertMessage {
        if (version != VERSION) {
            throw ConvertException.building(Fault.UNSUPPORTED_VERSION, "version " + version);
        }
        tlvs = List.copyOf(tlvs);
        BitSet seen = new BitSet(256);
        int words = HEADER_BYTES / 4;
        for (ConvertTlv tlv : tlvs) {
            if (seen.get(tlv.typeNumber())) {
                throw ConvertException.building(Fault.DUPLICATE_TLV, "TLV type " + tlv.typeNumber());
            }
            seen.set(tlv.typeNumber());
            words += tlv.lengthWords();
        }
        if (words > MAX_WORDS) {
            throw ConvertException.building(Fault.TOO_LONG, words + " words, the most is " + MAX_WORDS);
        }
    }

    public static ConvertMessage of(ConvertTlv... tlvs) {
        return new ConvertMessage(VERSION, List.of(tlvs));
    }

    /** The TLV of this kind, if the message has one. */
    public <T extends ConvertTlv> Optional<T> find(Class<T> kind) {
        return tlvs.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** The length on the wire in 32-bit words, 1 to {@value #MAX_WORDS}. */
    public int totalWords() {
        return HEADER_BYTES / 4
                + tlvs.stream().mapToInt(ConvertTlv::lengthWords).sum();
    }

    /** The bytes of the wire; a multiple of four, at most {@value #MAX_BYTES}. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(4 * totalWords());
        out.put((byte) version).put((byte) totalWords()).putShort((short) MAGIC);
        for (ConvertTlv tlv : tlvs) {
            int end = out.position() + 4 * tlv.lengthWords();
            out.put((byte) tlv.typeNumber()).put((byte) tlv.lengthWords());
            out.put(tlv.body().toByteArray());
            out.position(end);
        }
        return out.array();
    }
}
