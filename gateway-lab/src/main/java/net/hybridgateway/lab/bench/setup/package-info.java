/**
 * {@code ./dev bench setup}: how long a connection takes to bring its first byte and a small page, and how many connections a
 * second a system can begin and end.
 */
package net.hybridgateway.lab.bench.setup;
