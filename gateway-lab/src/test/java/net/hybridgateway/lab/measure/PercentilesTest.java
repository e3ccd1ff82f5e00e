package net.hybridgateway.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void areValuesThatWereMeasured() {
        // The example of nearest-rank percentiles that textbooks have.
        Percentiles five = of(50, 15, 40, 20, 35);
        assertEquals(15, five.at(5));
        assertEquals(20, five.at(30));
        assertEquals(20, five.at(40));
        assertEquals(35, five.at(50));
        assertEquals(50, five.at(100));
    }

    @Test
    void ofThirtyAreTheFifteenthTheTwentyNinthAndTheLast() {
        Percentiles thirty = oneTo(30);
        assertEquals(15, thirty.at(50));
        assertEquals(29, thirty.at(95));
        assertEquals(30, thirty.at(99));
    }

    @Test
    void areNotMovedByRounding() {
        for (int percent = 1; percent <= 100; percent++) {
            assertEquals(percent, oneTo(100).at(percent));
        }
    }

    @Test
    void countWhatNeverEnded() {
        Percentiles figures = of(1, 2, Double.POSITIVE_INFINITY, 3);
        assertEquals(2, figures.at(50));
        assertEquals(Double.POSITIVE_INFINITY, figures.at(95));
        assertEquals(4, figures.count());
    }

    @Test
    void needNumbers() {
        assertThrows(IllegalArgumentException.class, () -> Percentiles.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> of(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> of(1).at(0));
        assertThrows(IllegalArgumentException.class, () -> of(1).at(101));
    }

    private static Percentiles oneTo(int last) {
        return Percentiles.of(
                IntStream.rangeClosed(1, last).mapToObj(i -> (double) i).collect(Collectors.toList()));
    }

    private static Percentiles of(double... values) {
        return Percentiles.of(DoubleStream.of(values).boxed().collect(Collectors.toList()));
    }
}
