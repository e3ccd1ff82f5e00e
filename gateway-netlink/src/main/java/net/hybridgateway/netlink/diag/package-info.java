/**
 * What MPTCP connections and subflows there are, whoever owns their sockets: sock_diag.
 *
 * <p>For resynchronising after lost events of the path manager, and to know that a subflow is fully established, which no
 * event tells: SUB_ESTABLISHED comes a round trip earlier, with the SYN/ACK.
 *
 * <p>On the wire (linux/inet_diag.h) SOCK_DIAG_BY_FAMILY (20) asks for one socket or, with NLM_F_DUMP, for all:
 *
 * <pre>
 * request  u8 family | u8 protocol | u8 extensions | u8 pad | u32 states | socket id                          56 bytes
 *          attribute INET_DIAG_REQ_PROTOCOL (3) u32, for a protocol beyond 255 such as IPPROTO_MPTCP
 * answer   u8 family | u8 state | u8 timer | u8 retransmits | socket id | u32 expires | u32 receive queue
 *          | u32 send queue | u32 uid | u32 inode                                                              72 bytes
 *          attributes INET_DIAG_INFO (2): struct tcp_info, or of an MPTCP socket struct mptcp_info;
 *          INET_DIAG_ULP_INFO (19): INET_ULP_INFO_NAME (1), INET_ULP_INFO_MPTCP (3): MPTCP_SUBFLOW_ATTR_*
 * socket   be16 local port | be16 remote port | be32[4] local address | be32[4] remote address
 * id       | u32 device index | u32[2] cookie                                                                  48 bytes
 * </pre>
 *
 * <p>To ask for an MPTCP socket by its token, the token goes into the first word of the cookie.
 */
package net.hybridgateway.netlink.diag;
