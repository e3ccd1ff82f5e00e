package net.hybridgateway.lab.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.Sample;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class LatencyStudyTest {
    private static final LatencyStudy STUDY =
            new LatencyStudy(1, 1, 4, Leg.MPTCP, List.of(Rival.GATEWAY, Rival.FORWARDING));

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void theFullLineIsBoundInBothDirectionsAndTheQuietOneIsTold() {
        pair(LatencyStudy.QUIET, LatencyStudy.MEDIAN, 60, 30);
        pair(LatencyStudy.DOWNLOAD, LatencyStudy.MEDIAN, 72, 60);
        pair(LatencyStudy.UPLOAD, LatencyStudy.MEDIAN, 73, 60);
        pair(LatencyStudy.UPLOAD, LatencyStudy.LATE, 90, 80);

        assertEquals(
                List.of(true, false, true),
                STUDY.figures(new Samples(samples)).stream().map(Figure::isGood).toList());
    }

    private void pair(String subject, Quantity quantity, double ours, double theirs) {
        samples.add(new Sample(subject, quantity, Rival.GATEWAY, 1, ours));
        samples.add(new Sample(subject, quantity, Rival.FORWARDING, 1, theirs));
    }
}
