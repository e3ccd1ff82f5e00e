/** TODO. */
package net.hybridgateway.netlink;
