package net.hybridgateway.lab.bench.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.paired.Sample;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class SetupStudyTest {
    private static final SetupStudy STUDY = new SetupStudy(
            1,
            1,
            1,
            List.of(20, 100),
            List.of(50),
            List.of(Leg.MPTCP),
            List.of(Rival.GATEWAY, Rival.HAPROXY, Rival.FORWARDING));

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void directConnectionsBoundThoseOverTheLongLineOnly() {
        pair("TCP→MPTCP, 20 ms", Rival.FORWARDING, 60, 40);
        pair("TCP→MPTCP, 100 ms", Rival.FORWARDING, 212, 200);

        List<Figure> figures = STUDY.figures(new Samples(samples));

        assertEquals(1, figures.size(), figures::toString);
        assertEquals(1.06, figures.get(0).value(), 1e-9);
        assertTrue(!figures.get(0).isGood());
    }

    @Test
    void everyPeerBoundsTheFirstByteAndHaproxyTheRate() {
        pair("TCP→MPTCP, 20 ms", Rival.HAPROXY, 39, 40);
        samples.add(new Sample("TCP→MPTCP", SetupStudy.RATE, Rival.GATEWAY, 1, 900));
        samples.add(new Sample("TCP→MPTCP", SetupStudy.RATE, Rival.HAPROXY, 1, 1000));

        assertEquals(
                List.of(true, false),
                STUDY.figures(new Samples(samples)).stream().map(Figure::isGood).toList());
    }

    private void pair(String subject, Rival other, double ours, double theirs) {
        samples.add(new Sample(subject, SetupStudy.FIRST_BYTE, Rival.GATEWAY, 1, ours));
        samples.add(new Sample(subject, SetupStudy.FIRST_BYTE, other, 1, theirs));
    }
}
