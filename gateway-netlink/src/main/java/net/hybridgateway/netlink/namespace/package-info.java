/**
 * Network namespaces: their own devices, addresses, routes, firewall, sockets and sysctls under net.*
 *
 * <p>A namespace belongs to a thread, not to the process (namespaces(7), setns(2)); a socket stays for life in the one
 * where it was opened. Nothing here knows what a namespace is for.
 */
package net.hybridgateway.netlink.namespace;
