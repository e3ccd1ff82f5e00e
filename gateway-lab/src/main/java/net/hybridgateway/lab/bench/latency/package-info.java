/**
 * {@code ./dev bench latency}: how long a short message and its answer take for a LAN host while others of its connections fill
 * the line.
 */
package net.hybridgateway.lab.bench.latency;
