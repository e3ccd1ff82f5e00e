package net.hybridgateway.netlink.diag;

import java.net.InetSocketAddress;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.TcpState;

/**
 * An MPTCP connection of the namespace.
 *
 * @param state of the connection as a whole
 * @param local our end of the initial subflow
 * @param remote the peer's end of the initial subflow
 * @param inode of the socket, as in /proc/PID/fd; 0 if no process has it open
 * @param info its counters, among them {@link MptcpInfo#token()}
 */
public record DiagnosedConnection(
        TcpState state, InetSocketAddress local, InetSocketAddress remote, long inode, MptcpInfo info) {}
