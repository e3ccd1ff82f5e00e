/** What is made of a break's arrivals, on logs that were written by hand; and one real break. */
package net.hybridgateway.lab.bench.failover;
