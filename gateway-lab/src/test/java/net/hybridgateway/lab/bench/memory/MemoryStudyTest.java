package net.hybridgateway.lab.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.paired.Sample;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class MemoryStudyTest {
    private static final MemoryStudy STUDY =
            new MemoryStudy(2000, 1_000_000, Leg.MPTCP, List.of(Rival.GATEWAY, Rival.HAPROXY));

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void growthIsWhatCameAfterTheFirstTenth() {
        samples.add(new Sample("100,000", MemoryStudy.AFTER, Rival.GATEWAY, 1, 40));
        samples.add(new Sample("500,000", MemoryStudy.AFTER, Rival.GATEWAY, 1, 60));
        samples.add(new Sample("1,000,000", MemoryStudy.AFTER, Rival.GATEWAY, 1, 43));

        List<Figure> figures = STUDY.figures(new Samples(samples));

        assertEquals(1, figures.size(), figures::toString);
        assertEquals(1.075, figures.get(0).value(), 1e-9);
        assertEquals(false, figures.get(0).isGood());
    }

    @Test
    void idleConnectionsAreBoundAndActiveOnesAreTold() {
        samples.add(new Sample(MemoryStudy.IDLE, MemoryStudy.EACH, Rival.GATEWAY, 1, 19.5));
        samples.add(new Sample(MemoryStudy.IDLE, MemoryStudy.EACH, Rival.HAPROXY, 1, 30));
        samples.add(new Sample(MemoryStudy.ACTIVE, MemoryStudy.EACH, Rival.GATEWAY, 1, 90));

        List<Figure> figures = STUDY.figures(new Samples(samples));

        assertEquals(List.of(true), figures.stream().map(Figure::isGood).toList());
        assertEquals(19.5, figures.get(0).value(), 1e-9);
    }
}
