package net.hybridgateway.lab.bench.paired;

import com.grack.nanojson.JsonWriter;
import net.hybridgateway.lab.bench.rival.Rival;

/**
 * One measured number.
 *
 * @param subject the case, in words: a row of the table
 * @param rival whose it is
 * @param round from 1; what has the same subject, quantity and round is a pair
 */
public record Sample(String subject, Quantity quantity, Rival rival, int round, double value) {
    String toJson(String bench) {
        return JsonWriter.string()
                .object()
                .value("bench", bench)
                .value("case", subject)
                .value("quantity", quantity.word())
                .value("unit", quantity.unit())
                .value("system", rival.toString())
                .value("round", round)
                .value("value", value)
                .end()
                .done();
    }
}
