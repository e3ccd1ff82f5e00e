package net.hybridgateway.netlink;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;

/**
 * Something went wrong with netlink. All that this package and its sub-packages throw beyond
 * {@link IllegalArgumentException} is of this type; the subclasses are the cases that callers tell apart.
 */
public class NetlinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    private final String operation;
    private final int errno;
    private final String kernelText;
    private final int offset;
    private final long sequence;

    /** A failure that has no error number. */
    public NetlinkException(String operation, String message) {
        super(operation + ": " + message);
        this.operation = operation;
        this.errno = 0;
        this.kernelText = "";
        this.offset = NONE;
        this.sequence = NONE;
    }

    /** A call of the C library failed. */
    public NetlinkException(String operation, ErrnoException cause) {
        super(operation + ": " + cause.getMessage(), cause);
        this.operation = operation;
        this.errno = cause.errno().number();
        this.kernelText = "";
        this.offset = NONE;
        this.sequence = NONE;
    }

    /**
     * The kernel refused a request.
     *
     * @param operation what was asked
     * @param errno     the kernel's answer
     * @param extended  what the kernel says beyond the number
     * @param sequence  of the request
     */
    NetlinkException(String operation, Errno errno, ExtendedAck extended, int sequence) {
        super(operation + ": " + errno + extended + " [sequence " + Integer.toUnsignedString(sequence) + "]");
        this.operation = operation;
        this.errno = errno.number();
        this.kernelText = extended.text().orElse("");
        this.offset = extended.offset().orElse(NONE);
        this.sequence = Integer.toUnsignedLong(sequence);
    }

    /** What was tried: {@code "add route 10.0.0.0/8"}. */
    public String operation() {
        return operation;
    }

    /** The kernel's error number, if it was the kernel that complained. */
    public Optional<Errno> errno() {
        return errno == 0 ? Optional.empty() : Optional.of(new Errno(errno));
    }

    /** True if the kernel's error number is {@code expected}. */
    public boolean is(Errno expected) {
        return errno == expected.number();
    }

    /** The kernel's explanation ({@code NLMSGERR_ATTR_MSG}), such as {@code "invalid token"}. */
    public Optional<String> kernelText() {
        return kernelText.isEmpty() ? Optional.empty() : Optional.of(kernelText);
    }

    /** Where in the request the kernel saw the mistake, in bytes from the message header ({@code NLMSGERR_ATTR_OFFS}). */
    public OptionalInt offset() {
        return offset == NONE ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /** The sequence number of the refused request. */
    public OptionalLong sequence() {
        return sequence == NONE ? OptionalLong.empty() : OptionalLong.of(sequence);
    }
}
