/**
 * {@code ./dev bench bond}: how much of two lines together this gateway gives to its hosts, beside raw Multipath TCP between the
 * gateway's host and the conversion point's, and beside each line alone.
 */
package net.hybridgateway.lab.bench.bonding;
