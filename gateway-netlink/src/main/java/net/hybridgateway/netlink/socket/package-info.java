/**
 * TCP and MPTCP sockets, and what the kernel tells about them.
 *
 * <p>{@link net.hybridgateway.netlink.socket.StreamSocket} makes and owns a descriptor until it is released to another
 * owner, such as a Netty event loop. The queries take a bare descriptor, whoever owns it:
 * {@link net.hybridgateway.netlink.socket.SocketQuery}, {@link net.hybridgateway.netlink.socket.TcpInfo},
 * {@link net.hybridgateway.netlink.socket.MptcpInfo}, {@link net.hybridgateway.netlink.socket.Subflow}. They may be polled
 * for thousands of sockets: a query is one system call and one or two small objects.
 *
 * <p>Layouts of getsockopt(2), all in the byte order of the machine; offsets are constants beside the accessors and are
 * compared with the C headers by a test:
 *
 * <pre>
 * IPPROTO_TCP (6)
 *   TCP_INFO (11)           struct tcp_info                 linux/tcp.h
 *   TCP_IS_MPTCP (43)       int, 1 while MPTCP is in use    since about Linux 6.10
 * SOL_MPTCP (284)
 *   MPTCP_INFO (1)          struct mptcp_info               linux/mptcp.h
 *   MPTCP_TCPINFO (2)       header, then struct tcp_info for each subflow
 *   MPTCP_SUBFLOW_ADDRS (3) header, then struct mptcp_subflow_addrs { sockaddr_storage local, remote; } for each
 *   MPTCP_FULL_INFO (4)     all of these at once, with subflow ids; since about Linux 6.5
 * header: u32 its size (16) | u32 number of subflows | u32 element size of the kernel | u32 element size wanted
 * </pre>
 *
 * <p>The structs grow with the kernel. An older one returns fewer bytes, and a field beyond them reads as -1.
 */
package net.hybridgateway.netlink.socket;
