/**
 * Generic netlink: one protocol number for many families, which the kernel numbers at run time
 * ({@code linux/genetlink.h}). A controller, which is a family itself with the fixed number 16, tells their numbers and
 * those of their multicast groups.
 *
 * <pre>
 * netlink header, type = number of the family
 * struct genlmsghdr: u8 command | u8 version | u16 reserved
 * attributes
 * </pre>
 */
package net.hybridgateway.netlink.generic;
