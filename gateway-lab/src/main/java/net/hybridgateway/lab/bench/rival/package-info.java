/**
 * The systems that carry a LAN host's TCP connections, each in a house of its own: this gateway, and what people use for the
 * same today. All houses have the same plan, live side by side, and are measured one after the other, so that what a machine
 * does in a minute hits all alike.
 *
 * <p>Each takes the connections by the kernel's tproxy. Beyond Multipath TCP there is a second program of the same kind on the
 * conversion point's host, which turns the connections into TCP again.
 */
package net.hybridgateway.lab.bench.rival;
