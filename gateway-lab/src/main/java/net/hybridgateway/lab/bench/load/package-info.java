/**
 * What LAN hosts of benchmarks do: connections that are only open, filled without end, or as many short ones as possible.
 * The servers they talk to are on the web host.
 */
package net.hybridgateway.lab.bench.load;
