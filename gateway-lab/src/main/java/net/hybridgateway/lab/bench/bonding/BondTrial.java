package net.hybridgateway.lab.bench.bonding;

import com.grack.nanojson.JsonWriter;
import net.hybridgateway.lab.measure.BenchOptions;

/**
 * One measurement; rates in bit/s of payload at the receiving end.
 *
 * @param round from 1 on
 * @param fixed plain TCP over the fixed line alone
 * @param cellular the same over the cellular line alone
 * @param gateway a LAN host's plain TCP through the gateway
 * @param raw Multipath TCP from the gateway's host to the conversion point's
 */
record BondTrial(BondCase bondCase, int round, double fixed, double cellular, double gateway, double raw) {
    /** What both lines could give together. */
    double sum() {
        return fixed + cellular;
    }

    /** What the better line gives without the other. */
    double best() {
        return Math.max(fixed, cellular);
    }

    /** One line of JSON. */
    String toJson() {
        return JsonWriter.string()
                .object()
                .value("bench", BondBench.NAME)
                .value("pair", BenchOptions.word(bondCase.pair()))
                .value("traffic", BenchOptions.word(bondCase.traffic()))
                .value("connections", bondCase.connections())
                .value("round", round)
                .value("fixedBitsPerSecond", Math.round(fixed))
                .value("cellularBitsPerSecond", Math.round(cellular))
                .value("gatewayBitsPerSecond", Math.round(gateway))
                .value("rawBitsPerSecond", Math.round(raw))
                .end()
                .done();
    }
}
