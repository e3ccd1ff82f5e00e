package net.hybridgateway.app.discovery;

import java.util.HexFormat;
import net.hybridgateway.app.convert.ByteString;

/**
 * The value of a DHCP option, or one instance of it.
 *
 * @param name {@code option 224}, for messages
 * @param bytes its value; at most 64 KiB, for options have a length of 16 bits at most
 */
record OptionBytes(String name, ByteString bytes) {
    /** Reads pairs of hexadecimal digits, of either case. */
    static OptionBytes ofHex(LeaseLines.Field field) {
        String hex = field.text();
        for (int i = 0; i < hex.length(); i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                throw new RefusedLeaseException(field.key() + ", byte " + i / 2 + " (byte " + (field.offset() + i)
                        + " of the file): '" + hex.charAt(i) + "' is no hexadecimal digit");
            }
        }
        if (hex.length() % 2 != 0) {
            throw new RefusedLeaseException(field.key() + ", byte " + hex.length() / 2 + " (byte "
                    + (field.offset() + hex.length() - 1) + " of the file): half a byte at the end");
        }
        return new OptionBytes(field.key(), ByteString.ofHex(hex));
    }

    int length() {
        return bytes.length();
    }

    int at(int index) {
        return bytes.at(index);
    }

    /** What is wrong, and at which byte of the option's value. */
    RefusedLeaseException refuse(int at, String reason) {
        return new RefusedLeaseException(name + ", byte " + at + ": " + reason);
    }
}
