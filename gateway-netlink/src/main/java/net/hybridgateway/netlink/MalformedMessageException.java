package net.hybridgateway.netlink;

/** A message or attribute is shorter than what it should hold, or says a length that cannot be. */
public final class MalformedMessageException extends NetlinkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what    the part that is wrong: {@code "attribute 4 of link"}
     * @param needed  bytes that it should have at least
     * @param present bytes that it has
     */
    public MalformedMessageException(String what, int needed, int present) {
        super("decode", what + " has " + present + " bytes, at least " + needed + " are needed");
    }

    /** @param what names the part that is wrong, and how */
    public MalformedMessageException(String what) {
        super("decode", what);
    }
}
