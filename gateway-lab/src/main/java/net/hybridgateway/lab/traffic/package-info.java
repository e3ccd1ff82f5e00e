/**
 * Traffic for trials and benchmarks: downloads, uploads and echoes over TCP or Multipath TCP, every byte of which is known
 * beforehand and every arrival timed.
 *
 * <p>A {@link net.hybridgateway.lab.traffic.TrafficServer} listens in one node, a
 * {@link net.hybridgateway.lab.traffic.Flow} starts in another; both ends are threads of this program, so both are timed by
 * one clock and can compare how much they sent and took.
 */
package net.hybridgateway.lab.traffic;
