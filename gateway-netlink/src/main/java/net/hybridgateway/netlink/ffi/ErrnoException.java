package net.hybridgateway.netlink.ffi;

/** A call of the C library failed. */
public final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int number;
    private final String detail;

    /**
     * @param call the C function, such as {@code bind}
     * @param errno why it failed
     * @param detail what it was called for, such as {@code fd 7 to [::1]:80}; may be empty
     */
    public ErrnoException(String call, Errno errno, String detail) {
        super(call + (detail.isEmpty() ? "" : " " + detail) + ": " + errno);
        this.call = call;
        this.number = errno.number();
        this.detail = detail;
    }

    public String call() {
        return call;
    }

    public Errno errno() {
        return new Errno(number);
    }

    public String detail() {
        return detail;
    }
}
