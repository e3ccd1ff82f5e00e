/**
 * A table of nf_tables of our own: written as one transaction, or removed, and watched in between.
 *
 * <p>Enough to send the LAN's TCP connections to a transparent listener (tproxy), with exceptions by device, address,
 * address type, port and mark. {@link net.hybridgateway.netlink.nftables.NftTable} and what it consists of are values;
 * {@link net.hybridgateway.netlink.nftables.NfTables} gives them to the kernel. The family is always inet, which sees IPv4
 * and IPv6. No program but the kernel is needed.
 *
 * <p>On the wire (linux/netfilter/nfnetlink.h, nf_tables.h) a transaction is one datagram:
 *
 * <pre>
 * NFNL_MSG_BATCH_BEGIN  nfgenmsg(family 0, version 0, resource id be16 = 10, nf_tables)
 * NFT_MSG_NEWTABLE      nfgenmsg(family 1, inet) TABLE_NAME, TABLE_FLAGS
 * NFT_MSG_DELTABLE      ...                                    so that there is a table to delete, and then none
 * NFT_MSG_NEWTABLE
 * NFT_MSG_NEWCHAIN      TABLE, NAME, for a base chain: TYPE, POLICY, HOOK { HOOKNUM, PRIORITY }
 * NFT_MSG_NEWSET        TABLE, NAME, FLAGS, KEY_TYPE, KEY_LEN, ID, USERDATA
 * NFT_MSG_NEWSETELEM    TABLE, SET, SET_ID, ELEMENTS { { FLAGS, KEY { VALUE }, USERDATA }* }
 * NFT_MSG_NEWRULE       TABLE, CHAIN, EXPRESSIONS { { NAME, DATA { ... } }* }, USERDATA
 * NFNL_MSG_BATCH_END
 * </pre>
 *
 * Numbers of nf_tables are in network order; data to compare with is as it is in the packet, or in the order of the machine
 * for marks and address types. A rule is a list of expressions that load registers, compare them, and act; the first
 * comparison that fails ends the rule. Here register 1 has what is compared, register 2 the port of tproxy. Sets with
 * intervals hold the start of each, and one behind its end, marked as end.
 *
 * <p>Others may remove or change what is ours: {@link net.hybridgateway.netlink.nftables.NftMonitor} tells when a
 * transaction touched a table, and {@link net.hybridgateway.netlink.nftables.NftTableImage} whether it is still as it was.
 */
package net.hybridgateway.netlink.nftables;
