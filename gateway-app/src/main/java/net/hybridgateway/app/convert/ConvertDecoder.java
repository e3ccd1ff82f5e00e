package net.hybridgateway.app.convert;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.Fault;

/**
 * Reads one Convert message from the start of a byte stream that arrives in pieces of any size.
 *
 * <p>It takes exactly the bytes of the message; what follows is user data and stays in the caller's buffer. It never
 * holds more than {@value ConvertMessage#MAX_BYTES} bytes. Fields that a sender must set to zero (padding, Zero,
 * Unassigned) are not checked: RFC 8803 tells receivers to ignore the Unassigned ones and says nothing of the others,
 * no other meaning could hide in them, and a later version of a TLV may use them.
 *
 * <p>Not safe for use by more than one thread.
 */
public final class ConvertDecoder {
    private byte[] buffer = new byte[ConvertMessage.HEADER_BYTES];
    private int filled;
    private Optional<ConvertMessage> message = Optional.empty();
    private Optional<ConvertException> failure = Optional.empty();

    /**
     * Takes what belongs to the message and leaves the rest. Once the message is complete, takes nothing more.
     *
     * @param in moved forward to the first byte behind the message, or to its end if there is more to come
     * @return true if the message is complete
     * @throws ConvertException if the bytes break a rule; and again at each later call
     */
    public boolean feed(ByteBuffer in) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            while (message.isEmpty() && in.hasRemaining()) {
                int taken = Math.min(in.remaining(), buffer.length - filled);
                in.get(buffer, filled, taken);
                filled += taken;
                if (filled == ConvertMessage.HEADER_BYTES && buffer.length == ConvertMessage.HEADER_BYTES) {
                    buffer = Arrays.copyOf(buffer, checkedTotalBytes());
                }
                if (filled == buffer.length) {
                    message = Optional.of(decode(received()));
                }
            }
        } catch (ConvertException e) {
            failure = Optional.of(e);
            throw e;
        }
        return message.isPresent();
    }

    /**
     * How many bytes may be read without touching user data: those left of the header, then those left of the message;
     * 0 when it is complete. A caller that reads no more than this never has to hand anything on.
     */
    public int neededBytes() {
        return message.isPresent() ? 0 : buffer.length - filled;
    }

    /** The message, once it is complete. */
    public Optional<ConvertMessage> message() {
        return message;
    }

    /** What was taken so far. */
    public ByteString received() {
        return ByteString.copyOf(buffer).slice(0, filled);
    }

    /** The fault of a stream that ended where it is now. */
    public ConvertException truncated() {
        return ConvertException.received(
                Fault.TRUNCATED, received(), filled, "end of stream, " + neededBytes() + " or more bytes missing");
    }

    private int checkedTotalBytes() {
        ByteString header = received();
        int magic = header.shortAt(2);
        if (magic != ConvertMessage.MAGIC) {
            throw ConvertException.received(Fault.WRONG_MAGIC, header, 2, String.format("0x%04x", magic));
        }
        if (header.at(0) != ConvertMessage.VERSION) {
            throw ConvertException.received(Fault.UNSUPPORTED_VERSION, header, 0, "version " + header.at(0));
        }
        if (header.at(1) == 0) {
            throw ConvertException.received(Fault.ZERO_TOTAL_LENGTH, header, 1, "no room for the header itself");
        }
        return 4 * header.at(1);
    }

    private static ConvertMessage decode(ByteString message) {
        List<ConvertTlv> tlvs = new ArrayList<>();
        BitSet seen = new BitSet(256);
        int at = ConvertMessage.HEADER_BYTES;
        while (at < message.length()) {
            TlvFrame frame = frameAt(message, at);
            if (seen.get(frame.type())) {
                throw frame.fault(Fault.DUPLICATE_TLV, 0, "TLV type " + frame.type());
            }
            seen.set(frame.type());
            tlvs.add(frame.decode());
            at += 4 * frame.words();
        }
        return new ConvertMessage(message.at(0), tlvs);
    }

    /** Total Length counts words, so type and length bytes are always there. */
    private static TlvFrame frameAt(ByteString message, int at) {
        TlvFrame frame = new TlvFrame(message, at, message.at(at), message.at(at + 1));
        if (frame.type() == 0) {
            throw frame.fault(Fault.RESERVED_TLV_TYPE, 0, "TLV type 0");
        }
        if (frame.words() == 0) {
            throw frame.fault(Fault.ZERO_TLV_LENGTH, 1, "TLV type " + frame.type());
        }
        int left = (message.length() - at) / 4;
        if (frame.words() > left) {
            throw frame.fault(
                    Fault.TLV_BEYOND_MESSAGE,
                    1,
                    "TLV type " + frame.type() + " of " + frame.words() + " words with " + left + " left");
        }
        return frame;
    }
}
