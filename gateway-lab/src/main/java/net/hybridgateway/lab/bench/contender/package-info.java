/**
 * The systems that benchmarks compare, each in a house of its own: this gateway, and the kernel's path manager without any
 * program of ours. All houses of a run have one plan, and all measure at the same time, so whatever the machine does meanwhile
 * hits all alike.
 */
package net.hybridgateway.lab.bench.contender;
