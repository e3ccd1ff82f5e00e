/**
 * Benchmarks whose results are numbers of rivals, measured in rounds: what a {@link net.hybridgateway.lab.bench.paired.Study}
 * measures becomes tables, ratios of what belongs to the same round, a picture, and lines of JSON.
 */
package net.hybridgateway.lab.bench.paired;
