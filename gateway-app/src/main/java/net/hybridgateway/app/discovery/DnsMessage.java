package net.hybridgateway.app.discovery;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.hybridgateway.app.convert.ByteString;

/** Questions to name servers and their answers, as bytes (RFC 1035 §4). Pure. */
final class DnsMessage {
    /** What we take in one datagram: what passes everywhere without fragments (RFC 6891 §6.2.5). */
    static final int MOST_BYTES = 1232;

    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int OPERATION = 0x7800;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int CODE = 0x000F;

    private static final int TYPE_CNAME = 5;
    private static final int TYPE_OPT = 41;
    private static final int CLASS_IN = 1;
    private static final int POINTER = 0xC0;
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_ANSWERS = 64;

    /** RFC 2181 §8: a time with the highest bit set is none. */
    private static final long MOST_SECONDS = 0x7FFF_FFFFL;

    private final ByteString bytes;

    private DnsMessage(ByteString bytes) {
        this.bytes = bytes;
    }

    /** A question, with the word that answers may be longer than 512 bytes (RFC 6891 §6.1.2). */
    static byte[] question(int id, DnsQuestion question) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int number : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 1}) {
            writeShort(out, number);
        }
        for (String label : question.name().split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        writeShort(out, question.type().number());
        writeShort(out, CLASS_IN);
        out.write(0);
        for (int number : new int[] {TYPE_OPT, MOST_BYTES, 0, 0, 0}) {
            writeShort(out, number);
        }
        return out.toByteArray();
    }

    private static void writeShort(ByteArrayOutputStream out, int number) {
        out.write(number >> Byte.SIZE);
        out.write(number);
    }

    /**
     * Reads an answer.
     *
     * @return empty if it is not the answer to this question, but perhaps somebody's guess at one
     * @throws DnsFormatException if it is, and makes no sense
     */
    static Optional<DnsReply> reply(ByteString bytes, int id, DnsQuestion question) throws DnsFormatException {
        if (bytes.length() < HEADER || bytes.shortAt(0) != id) {
            return Optional.empty();
        }
        int flags = bytes.shortAt(2);
        if ((flags & RESPONSE) == 0 || (flags & OPERATION) != 0 || bytes.shortAt(4) != 1) {
            return Optional.empty();
        }
        DnsMessage message = new DnsMessage(bytes);
        Name asked = message.name(HEADER);
        message.requireBytes(asked.end(), 4, "a question that is cut short");
        if (!asked.text().equals(question.name())
                || bytes.shortAt(asked.end()) != question.type().number()
                || bytes.shortAt(asked.end() + 2) != CLASS_IN) {
            return Optional.empty();
        }
        return Optional.of(new DnsReply(
                flags & CODE, (flags & TRUNCATED) != 0, message.records(asked.end() + 4, bytes.shortAt(6))));
    }

    private List<DnsRecord> records(int from, int count) throws DnsFormatException {
        if (count > MOST_ANSWERS) {
            throw new DnsFormatException(6, count + " records, more than " + MOST_ANSWERS);
        }
        List<DnsRecord> records = new ArrayList<>();
        int at = from;
        for (int i = 0; i < count; i++) {
            Name owner = name(at);
            requireBytes(owner.end(), 10, "a record that is cut short");
            int value = owner.end() + 10;
            int length = bytes.shortAt(owner.end() + 8);
            requireBytes(value, length, "a value of " + length + " bytes that is cut short");
            if (bytes.shortAt(owner.end() + 2) == CLASS_IN) {
                record(owner, value, length).ifPresent(records::add);
            }
            at = value + length;
        }
        return records;
    }

    private Optional<DnsRecord> record(Name owner, int value, int length) throws DnsFormatException {
        int type = bytes.shortAt(owner.end());
        long told = (long) bytes.shortAt(owner.end() + 4) << Short.SIZE | bytes.shortAt(owner.end() + 6);
        long seconds = told > MOST_SECONDS ? 0 : told;
        if (type == DnsQuestion.Type.A.number()) {
            return Optional.of(new DnsRecord.Address(owner.text(), seconds, address(value, length, 4)));
        }
        if (type == DnsQuestion.Type.AAAA.number()) {
            return Optional.of(new DnsRecord.Address(owner.text(), seconds, address(value, length, 16)));
        }
        if (type == TYPE_CNAME) {
            return Optional.of(new DnsRecord.Alias(owner.text(), seconds, nameUpTo(value, value + length)));
        }
        return type == DnsQuestion.Type.SRV.number() ? service(owner, seconds, value, length) : Optional.empty();
    }

    private InetAddress address(int value, int length, int expected) throws DnsFormatException {
        if (length != expected) {
            throw new DnsFormatException(value, length + " bytes, which are no address");
        }
        try {
            return InetAddress.getByAddress(bytes.slice(value, value + length).toByteArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    /** Empty if the target is the root: the service is decidedly not available (RFC 2782). */
    private Optional<DnsRecord> service(Name owner, long seconds, int value, int length) throws DnsFormatException {
        if (length < 7) {
            throw new DnsFormatException(value, length + " bytes, which are no service");
        }
        String target = nameUpTo(value + 6, value + length);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        int port = bytes.shortAt(value + 4);
        if (port == 0) {
            throw new DnsFormatException(value + 4, "port 0");
        }
        return Optional.of(new DnsRecord.Service(
                owner.text(), seconds, new SrvTarget(bytes.shortAt(value), bytes.shortAt(value + 2), port, target)));
    }

    private String nameUpTo(int from, int to) throws DnsFormatException {
        Name name = name(from);
        if (name.end() != to) {
            throw new DnsFormatException(from, "the name does not end with its record");
        }
        return name.text();
    }

    /**
     * A name in the message.
     *
     * @param text in lower case, without the final dot; empty for the root
     * @param end the byte behind it
     */
    private record Name(String text, int end) {}

    /** Follows pointers (RFC 1035 §4.1.4) to what stands before only, so that there is no circle. */
    private Name name(int from) throws DnsFormatException {
        StringBuilder text = new StringBuilder();
        int end = -1;
        int start = from;
        int at = from;
        while (true) {
            requireBytes(at, 1, "a name that is cut short");
            int length = bytes.at(at);
            if ((length & POINTER) == POINTER) {
                requireBytes(at, 2, "a pointer that is cut short");
                int target = bytes.shortAt(at) & ~(POINTER << Byte.SIZE);
                if (target >= start) {
                    throw new DnsFormatException(at, "a pointer that does not lead back");
                }
                end = end < 0 ? at + 2 : end;
                start = target;
                at = target;
                continue;
            }
            if (length == 0) {
                return new Name(text.toString().toLowerCase(Locale.ROOT), end < 0 ? at + 1 : end);
            }
            if (length > LONGEST_LABEL) {
                throw new DnsFormatException(at, String.format("0x%02x begins no label", length));
            }
            requireBytes(at + 1, length, "a label that is cut short");
            label(text, at + 1, length);
            at += 1 + length;
        }
    }

    private void label(StringBuilder text, int from, int length) throws DnsFormatException {
        if (text.length() + length + 3 > DnsName.MOST_BYTES) {
            throw new DnsFormatException(from, "a name longer than " + DnsName.MOST_BYTES + " bytes");
        }
        if (text.length() > 0) {
            text.append('.');
        }
        for (int i = from; i < from + length; i++) {
            if (!DnsName.isOfNameCharacters(bytes.at(i))) {
                throw new DnsFormatException(i, String.format("0x%02x does not belong into a name", bytes.at(i)));
            }
            text.append((char) bytes.at(i));
        }
    }

    private void requireBytes(int from, int count, String otherwise) throws DnsFormatException {
        if (count > bytes.length() - from) {
            throw new DnsFormatException(from, otherwise);
        }
    }
}
