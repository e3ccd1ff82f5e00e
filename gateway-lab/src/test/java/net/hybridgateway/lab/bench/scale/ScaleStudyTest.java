package net.hybridgateway.lab.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.Sample;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class ScaleStudyTest {
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void theLargestNumberIsComparedWithTheSmallest() {
        add(100, ScaleStudy.SETUP, 1.0);
        add(1000, ScaleStudy.SETUP, 9.0);
        add(9800, ScaleStudy.SETUP, 1.6);
        add(100, ScaleStudy.MESSAGE, 0.08);
        add(9800, ScaleStudy.MESSAGE, 0.04);

        List<Figure> figures = study().figures(new Samples(samples));

        assertEquals(2, figures.size(), figures::toString);
        assertEquals(1.6, figures.get(0).value(), 1e-9);
        assertEquals(List.of(false, true), figures.stream().map(Figure::isGood).toList());
    }

    @Test
    void aLostConnectionInAnyRoundIsAMiss() {
        add(100, ScaleStudy.LOST, 0);
        add(100, ScaleStudy.LOST, 1);
        add(100, ScaleStudy.LOST, 0);

        assertEquals(
                List.of(false),
                study().figures(new Samples(samples)).stream()
                        .map(Figure::isGood)
                        .toList());
    }

    @Test
    void thereAreAsManyConnectionsAsDescriptorsForThem() {
        String line = "Max open files            1024                 20000                files     ";
        assertEquals(9800, DescriptorLimit.connections(List.of("Limit  Soft Limit  Hard Limit  Units", line)));
        assertEquals(
                Integer.MAX_VALUE, DescriptorLimit.connections(List.of("Max open files unlimited unlimited files")));
    }

    private static ScaleStudy study() {
        return new ScaleStudy(1, List.of(100, 1000, 9800));
    }

    private void add(int crowd, Quantity quantity, double value) {
        int round = samples.size() + 1;
        samples.add(new Sample(ScaleStudy.subject(crowd), quantity, Rival.GATEWAY, round, value));
    }
}
