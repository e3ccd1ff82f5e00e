/** Tests of what the report of starts says. */
package net.hybridgateway.lab.bench.start;
