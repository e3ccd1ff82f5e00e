/**
 * {@code ./dev bench memory}: what a program needs of memory without connections, for each connection, and after very many of
 * them. What the kernel holds for its sockets is not in it: that is the same for everybody.
 */
package net.hybridgateway.lab.bench.memory;
