/**
 * MPTCP's path management: the generic netlink family {@code mptcp_pm}, version 1 ({@code linux/mptcp_pm.h},
 * {@code Documentation/netlink/specs/mptcp_pm.yaml}; RFC 8684 for what goes over the wire).
 *
 * <p>{@link net.hybridgateway.netlink.mptcp.MptcpPathManager} has the commands,
 * {@link net.hybridgateway.netlink.mptcp.MptcpEventMonitor} the events of the group {@code mptcp_pm_events}. They use two
 * sets of attributes:
 *
 * <pre>
 * commands                                   events (the command byte is the event)
 * ADDR 1, ADDR_REMOTE 6: nested, of          TOKEN 1 u32    FAMILY 2 u16
 *   FAMILY 1 u16   ID 2 u8                   LOC_ID 3 u8    REM_ID 4 u8
 *   ADDR4 3        ADDR6 4                   SADDR4 5, SADDR6 6, DADDR4 7, DADDR6 8
 *   PORT 5 u16, in the machine's order       SPORT 9, DPORT 10: be16, in network order
 *   FLAGS 6 u32    IF_IDX 7 s32              BACKUP 11 u8   ERROR 12 u8   FLAGS 13 u16   IF_IDX 15 s32
 * RCV_ADD_ADDRS 2 u32    SUBFLOWS 3 u32      RESET_REASON 16 u32   RESET_FLAGS 17 u32   SERVER_SIDE 18 u8
 * TOKEN 4 u32    LOC_ID 5 u8
 * </pre>
 *
 * <p>IPv4 addresses of IPv6 sockets come as {@code ::ffff:a.b.c.d}; here they are {@link java.net.Inet4Address}.
 */
package net.hybridgateway.netlink.mptcp;
