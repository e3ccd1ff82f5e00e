package net.hybridgateway.app.discovery;

/** An answer of a name server that makes no sense. The message says what and at which byte. */
final class DnsFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    DnsFormatException(int at, String reason) {
        super("byte " + at + " of the name server's answer: " + reason);
    }
}
