/**
 * Networks of namespaces as code. One {@link net.hybridgateway.lab.net.House} is this, each box a network namespace:
 *
 * <pre>
 *                              ┌ fixed ┐ fixed0 ┌────────┐ mcp0   ┌ mcp  198.51.100.7
 *  lan0 ─┐ br-lan ┌─────────┐wan0──────┤────────┤        ├────────┘
 *  lan1 ─┴────────┤ gateway │  └───────┘        │ router │
 *   192.168.1.0/24└─────────┘wwan0─────┐ cell0  │        ├────────┐
 *                              │cellular├───────┤        │ web0   │ web  203.0.113.80
 *                              └───────┘        └────────┘        └
 * </pre>
 *
 * <p>That is the {@link net.hybridgateway.lab.net.Topology#PLAIN} one. Others have lines of one family, a cellular network
 * that leads to the conversion points only, or a load balancer before these.
 *
 * <p>{@code fixed} and {@code cellular} are the lines: a bridge between the gateway's device and the router's. A line is
 * plain (veth) or shaped: then two vde_switch processes hold its ends and one wirefilter joins them, with rate, delay,
 * loss and a buffer. A line is cut by carrier (the far end of wan0 goes down, as a modem's port does) or silently
 * (packets vanish), in one direction or both.
 *
 * <p>The gateway does what a home gateway does by itself: forwards, has a default route per uplink (fixed preferred),
 * translates LAN addresses on both uplinks (IPv4 and IPv6: the LAN has a unique local prefix), ignores routes of devices
 * without carrier. So plain routing works without the daemon. The router drops what comes over one uplink with the
 * address of the other, as an operator does, and counts it.
 *
 * <p>Neighbour entries of the lines are permanent: resolving them over an emulated 50 ms would add a round trip to every
 * join that no real cellular modem has.
 *
 * <p>Every run has names of its own ({@code hg-<id>-gateway}), a folder in {@code /run/hybrid-gateway-lab} that says who
 * owns it, and is removed by its own {@code close}, by a shutdown hook, or by the next run's
 * {@link net.hybridgateway.lab.net.Janitor}.
 */
package net.hybridgateway.lab.net;
