/**
 * rtnetlink: links, addresses, routes and rules ({@code linux/rtnetlink.h}, {@code rtnetlink(7)}, RFC 3549 §3).
 *
 * <p>{@link net.hybridgateway.netlink.route.RouteNetlink} reads and changes,
 * {@link net.hybridgateway.netlink.route.RouteMonitor} reports what anybody changes. Each kind of object is a record that
 * draws its fixed part of the message in its own text:
 *
 * <pre>
 * netlink type           fixed part             record
 * RTM_NEWLINK   16..18   struct ifinfomsg  16   Link
 * RTM_NEWADDR   20..22   struct ifaddrmsg   8   Address
 * RTM_NEWROUTE  24..26   struct rtmsg      12   Route
 * RTM_NEWRULE   32..34   struct fib_rule_hdr 12 Rule
 * </pre>
 *
 * <p>The three types of a kind are new, delete and get, in this order. Notifications use "new" and "delete".
 */
package net.hybridgateway.netlink.route;
