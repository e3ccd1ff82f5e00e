package net.hybridgateway.netlink.diag;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;

/**
 * A TCP subflow of an MPTCP connection.
 *
 * @param token of the connection here; unsigned. 0 while it is not known
 * @param remoteToken of the connection at the peer; unsigned
 * @param localId the address id of our end; 0 for the initial subflow
 * @param remoteId the address id of the peer's end
 * @param flags {@code MPTCP_SUBFLOW_FLAG_*} bits, those without a method here, too
 * @param state of the TCP connection
 * @param local our address and port
 * @param remote the peer's
 * @param interfaceIndex the device that it is bound to, or 0
 * @param tcp its counters; empty if the kernel didn't send them
 */
public record DiagnosedSubflow(
        int token,
        int remoteToken,
        int localId,
        int remoteId,
        int flags,
        TcpState state,
        InetSocketAddress local,
        InetSocketAddress remote,
        int interfaceIndex,
        Optional<TcpInfo> tcp) {
    private static final int MCAP_REM = 1;
    private static final int MCAP_LOC = 1 << 1;
    private static final int JOIN_REM = 1 << 2;
    private static final int JOIN_LOC = 1 << 3;
    private static final int BKUP_REM = 1 << 4;
    private static final int BKUP_LOC = 1 << 5;
    private static final int FULLY_ESTABLISHED = 1 << 6;
    private static final int CONNECTED = 1 << 7;
    private static final int MAPVALID = 1 << 8;

    private static final String[] FLAG_NAMES = {
        "mcap-rem",
        "mcap-loc",
        "join-rem",
        "join-loc",
        "backup-rem",
        "backup-loc",
        "fully-established",
        "connected",
        "map-valid"
    };

    /** Whether the connection began with it (MP_CAPABLE). */
    public boolean initial() {
        return (flags & (MCAP_LOC | MCAP_REM)) != 0;
    }

    /** Whether it joined the connection (MP_JOIN). */
    public boolean joined() {
        return (flags & (JOIN_LOC | JOIN_REM)) != 0;
    }

    /** Whether the peer wants it for backup only. */
    public boolean backupByPeer() {
        return (flags & BKUP_REM) != 0;
    }

    /** Whether we want it for backup only: what the events don't tell. */
    public boolean backupByUs() {
        return (flags & BKUP_LOC) != 0;
    }

    /** Whether the handshake is through, so that signals such as REMOVE_ADDR may travel on it. */
    public boolean fullyEstablished() {
        return (flags & FULLY_ESTABLISHED) != 0;
    }

    public boolean connected() {
        return (flags & CONNECTED) != 0;
    }

    /** Whether it is in the middle of receiving data that is mapped to the connection. */
    public boolean mappingValid() {
        return (flags & MAPVALID) != 0;
    }

    /** The flags as text, such as {@code join-rem,join-loc,fully-established}; unknown ones as a number. */
    public String flagsText() {
        StringBuilder text = new StringBuilder();
        int rest = flags;
        for (int bit = 0; bit < FLAG_NAMES.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(FLAG_NAMES[bit]);
                rest &= ~(1 << bit);
            }
        }
        if (rest != 0) {
            text.append(text.isEmpty() ? "" : ",").append("0x").append(Integer.toHexString(rest));
        }
        return text.toString();
    }
}
