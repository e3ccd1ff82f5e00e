package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import net.hybridgateway.lab.measure.FirstByte;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.Test;

/**
 * What the detour over the conversion point costs a new connection, in round trips: so it holds on slow machines, too. They are
 * long ones here, beside which the time for a processor is short.
 */
class FirstByteIT {
    private static final double RTT_MILLIS = 100;

    @Test
    void theConversionPointCostsNoRoundTrip() throws IOException {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        FirstByte measured = FirstByte.measure(RTT_MILLIS);
        System.out.println(measured);
        assertTrue(measured.gatewayMillis() - measured.directMillis() < 0.9 * RTT_MILLIS, measured.toString());
    }
}
