/**
 * Netlink: the kernel's message protocol for its network configuration. This package knows messages, attributes and the
 * rules of a conversation; the sub-packages know the protocols spoken over it.
 *
 * <p>A datagram holds one or more messages, each padded to 4 bytes; numbers are in the byte order of the machine
 * ({@code linux/netlink.h}, RFC 3549 §2):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     length, with this header                  |
 * +-------------------------------+-------------------------------+
 * |             type              |             flags             |
 * +-------------------------------+-------------------------------+
 * |                        sequence number                        |
 * +---------------------------------------------------------------+
 * |                            port id                            |
 * +---------------------------------------------------------------+
 * |          fixed structure of the protocol, then attributes:    |
 * +-------------------------------+-------------------------------+
 * |    length, with these 4 bytes |N|O|           type            |  N: nested, O: network byte order
 * +-------------------------------+-------------------------------+
 * |                   value, padded to 4 bytes                    |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Two levels are kept apart. A {@link net.hybridgateway.netlink.NetlinkSocket} moves datagrams; a
 * {@link net.hybridgateway.netlink.NetlinkConversation} joins requests and answers. Failures are
 * {@link net.hybridgateway.netlink.NetlinkException}s. Nothing here logs, starts threads or keeps static state.
 */
package net.hybridgateway.netlink;
