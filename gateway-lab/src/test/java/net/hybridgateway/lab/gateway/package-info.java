/**
 * The product from end to end, as its users meet it: real processes in a {@link net.hybridgateway.lab.net.House}, LAN
 * hosts and servers that know nothing of it, and a kernel that is asked afterwards what was left behind.
 *
 * <p>What is tested is what the product's faces promise: packets on the wire, bytes and ends that the two hosts see, the
 * status document, exit codes and one line on standard error. Nothing here looks into the program.
 */
package net.hybridgateway.lab.gateway;
