/**
 * What measurements share: percentiles, the circumstances of a figure, the page that collects results, tables and drawings, and
 * {@link net.hybridgateway.lab.measure.BenchPart}, which {@code ./dev bench} runs. Beside that a small measurement that is run
 * by hand.
 */
package net.hybridgateway.lab.measure;
