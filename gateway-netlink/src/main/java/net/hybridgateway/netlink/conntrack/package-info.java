/**
 * What conntrack knows of the flows through this host: ctnetlink. To list them, and to make the kernel forget some.
 *
 * <p>A flow that was translated (NAT) keeps its addresses as long as conntrack knows it, whatever the routes say by then.
 * When an uplink is gone, its flows have to be forgotten for their next packets to leave with the address of another.
 *
 * <p>On the wire (linux/netfilter/nfnetlink_conntrack.h), behind {@code struct nfgenmsg}:
 *
 * <pre>
 * IPCTNL_MSG_CT_GET     nfgenmsg(family), with NLM_F_DUMP
 * IPCTNL_MSG_CT_NEW     TUPLE_ORIG { IP { SRC, DST }, PROTO { NUM, ... }, ZONE }, TUPLE_REPLY { ... }, ZONE, ID, ...
 * IPCTNL_MSG_CT_DELETE  TUPLE_ORIG, ZONE, ID: as they came
 * </pre>
 *
 * The original tuple is what the first packet had, the reply tuple what answers have when they arrive: with source
 * translation its destination is the translated address.
 */
package net.hybridgateway.netlink.conntrack;
