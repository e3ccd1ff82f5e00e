/**
 * {@code ./dev bench break}: how long a break of the fixed line hurts, with this gateway and with the kernel's own path
 * manager, side by side.
 *
 * <p>Each system has a house of its own, all of one plan. In each round all systems go through the same break with the same
 * traffic at the same time, so whatever the machine does meanwhile hits all alike.
 */
package net.hybridgateway.lab.bench.failover;
