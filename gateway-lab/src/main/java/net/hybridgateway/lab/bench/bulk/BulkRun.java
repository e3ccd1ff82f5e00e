package net.hybridgateway.lab.bench.bulk;

import com.grack.nanojson.JsonWriter;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.BenchOptions;

/**
 * One rival's run in one round of one case.
 *
 * @param round from 1; the runs of one case and round are a pair
 * @param bytes that arrived while it was measured
 * @param nanos for how long it was measured
 * @param cpuNanos what the program on the gateway used meanwhile; 0 where the kernel does all
 * @param busyShare how busy all processors were meanwhile, 0 to 1
 */
record BulkRun(Rival rival, BulkCase kind, int round, long bytes, long nanos, long cpuNanos, double busyShare) {
    /** Goodput: what arrived, in Gbit/s. */
    double gigabitsPerSecond() {
        return bytes * 8.0 / nanos;
    }

    /** Processor seconds for each 10⁹ bytes. */
    double cpuPerGigabyte() {
        return bytes == 0 ? Double.POSITIVE_INFINITY : (double) cpuNanos / bytes;
    }

    /** One line of JSON. */
    String toJson() {
        return JsonWriter.string()
                .object()
                .value("bench", BulkBench.NAME)
                .value("system", rival.toString())
                .value("leg", BenchOptions.word(kind.leg()))
                .value("gigabits", kind.gigabits())
                .value("way", BenchOptions.word(kind.way()))
                .value("connections", kind.connections())
                .value("round", round)
                .value("bytes", bytes)
                .value("millis", nanos / 1_000_000)
                .value("cpuMillis", Math.round(cpuNanos / 1e3) / 1e3)
                .value("busyShare", Math.round(busyShare * 1e3) / 1e3)
                .end()
                .done();
    }
}
