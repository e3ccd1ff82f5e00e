package net.hybridgateway.app.converter;

import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.netlink.socket.SocketQuery;

/**
 * What the Extended TCP Header TLV says of a server (RFC 8803 §6.2.6), as far as a program can know it.
 *
 * <p>The kernel shows no SYN+ACK to the one who connects. What can be known is what clients ask for: whether the server
 * speaks Multipath TCP itself. Its MP_CAPABLE option is told with an empty key; the real one is a secret between the
 * server and this host, and nobody else has a use for it.
 */
final class ServerOptions {
    /** Kind 30, length 12, MP_CAPABLE version 1, HMAC-SHA256, key of the server (RFC 8684 §3.1). */
    private static final ByteString MP_CAPABLE = ByteString.ofOctets(0x1e, 12, 0x01, 0x01, 0, 0, 0, 0, 0, 0, 0, 0);

    private ServerOptions() {}

    /** The options of the server at the other end of a connected socket. */
    static ByteString of(int fd) {
        return SocketQuery.isMptcp(fd) ? MP_CAPABLE : ByteString.EMPTY;
    }
}
