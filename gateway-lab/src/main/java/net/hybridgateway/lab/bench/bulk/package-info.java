/**
 * {@code ./dev bench relay}: how fast this gateway carries bytes and what that costs of a processor, beside what people use for
 * the same.
 *
 * <p>A LAN host and a web server exchange bytes as fast as a shaped line lets them, over so many connections. The line is shaped
 * where the bytes come from, by the kernel (TBF), so the program on the gateway pays for relaying only. No round trip is added.
 */
package net.hybridgateway.lab.bench.bulk;
