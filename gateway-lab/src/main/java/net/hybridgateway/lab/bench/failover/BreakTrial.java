package net.hybridgateway.lab.bench.failover;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.Optional;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * One break, as one contender came through it.
 *
 * @param contender who
 * @param breakCase how the line broke
 * @param traffic what the connection carried
 * @param round the number of the break among those of its kind, from 1; all contenders have the same at the same time
 * @param cellularBytesBefore what the connection had cost on cellular, both directions, when the line broke
 * @param interruption what it did to the connection
 * @param death why the connection died, if it did
 */
record BreakTrial(
        Contender contender,
        BreakCase breakCase,
        TrafficKind traffic,
        int round,
        long cellularBytesBefore,
        Interruption interruption,
        Optional<String> death) {
    /** One line of JSON; times in milliseconds, null for what had no end within ten seconds. */
    String toJson() {
        JsonStringWriter json = JsonWriter.string()
                .object()
                .value("bench", BreakBench.NAME)
                .value("system", contender.toString())
                .value("case", BenchOptions.word(breakCase))
                .value("traffic", BenchOptions.word(traffic))
                .value("round", round)
                .value("cellularBytesBefore", cellularBytesBefore)
                .value("gapMillis", millis(interruption.gapSeconds()));
        if (traffic == TrafficKind.ECHO) {
            json.value(
                    "gapBeyondIntervalMillis", millis(interruption.gapSeconds() - Flow.ECHO_INTERVAL.toMillis() / 1e3));
        }
        interruption.backSeconds().ifPresent(seconds -> json.value("backMillis", millis(seconds)));
        death.ifPresent(why -> json.value("death", why));
        return json.end().done();
    }

    private static Number millis(double seconds) {
        return Double.isFinite(seconds) ? Math.round(seconds * 1e4) / 10.0 : null;
    }
}
