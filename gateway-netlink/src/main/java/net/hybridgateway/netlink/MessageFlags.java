package net.hybridgateway.netlink;

import java.util.StringJoiner;

/**
 * The flags of a netlink message header ({@code NLM_F_*} in {@code linux/netlink.h}).
 *
 * <p>Bits from 0x100 upwards mean different things in a "get", a "new" and an acknowledgement, which is why
 * {@link #DUMP} and {@link #REPLACE} overlap.
 */
public final class MessageFlags {
    /** Set on every message to the kernel. */
    public static final int REQUEST = NetlinkNumbers.NLM_F_REQUEST;
    /** One of several messages that end with a "done" message. */
    public static final int MULTIPART = NetlinkNumbers.NLM_F_MULTI;
    /** Asks for an answer even if all went well. */
    public static final int ACKNOWLEDGE = NetlinkNumbers.NLM_F_ACK;
    /** Asks for the notification that the change causes. */
    public static final int ECHO = NetlinkNumbers.NLM_F_ECHO;
    /** What is dumped changed meanwhile: the result may be inconsistent. */
    public static final int DUMP_INTERRUPTED = NetlinkNumbers.NLM_F_DUMP_INTR;
    /** The kernel applied the filter of the request. */
    public static final int DUMP_FILTERED = NetlinkNumbers.NLM_F_DUMP_FILTERED;

    /** On "get": all entries instead of one. */
    public static final int DUMP = NetlinkNumbers.NLM_F_DUMP;

    /** On "new": replace an entry that exists. */
    public static final int REPLACE = NetlinkNumbers.NLM_F_REPLACE;
    /** On "new": fail if the entry exists. */
    public static final int EXCLUSIVE = NetlinkNumbers.NLM_F_EXCL;
    /** On "new": make the entry if it does not exist. */
    public static final int CREATE = NetlinkNumbers.NLM_F_CREATE;
    /** On "new": put the entry at the end of the list. */
    public static final int APPEND = NetlinkNumbers.NLM_F_APPEND;

    /** On an acknowledgement: of the request only the header is repeated. */
    public static final int CAPPED = NetlinkNumbers.NLM_F_CAPPED;
    /** On an acknowledgement: attributes with the kernel's explanation follow. */
    public static final int EXTENDED = NetlinkNumbers.NLM_F_ACK_TLVS;

    private static final String[] COMMON = {"request", "multipart", "acknowledge", "echo", "interrupted", "filtered"};

    private MessageFlags() {}

    /** Flags as text, such as {@code request|acknowledge|0x500}: the bits from 0x100 upwards stay a number. */
    public static String toString(int flags) {
        if (flags == 0) {
            return "0";
        }
        StringJoiner text = new StringJoiner("|");
        int rest = flags;
        for (int bit = 0; bit < COMMON.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                text.add(COMMON[bit]);
                rest &= ~(1 << bit);
            }
        }
        if (rest != 0) {
            text.add("0x" + Integer.toHexString(rest));
        }
        return text.toString();
    }
}
