/**
 * {@code ./dev bench}: what this gateway does better or worse than others, measured on the same network in the same run.
 *
 * <p>A part prints a table, writes every single measurement to a file of JSON lines, and writes its section of
 * {@code docs/benchmarks.md} only when it is asked to.
 */
package net.hybridgateway.lab.bench;
