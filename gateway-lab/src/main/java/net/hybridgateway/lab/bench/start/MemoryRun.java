package net.hybridgateway.lab.bench.start;

import net.hybridgateway.lab.measure.ProcessMemory;

/**
 * The daemon's memory in one life.
 *
 * @param idle with nothing to relay
 * @param busy with many connections, each of which says something five times a second
 */
record MemoryRun(ProcessMemory idle, ProcessMemory busy) {}
