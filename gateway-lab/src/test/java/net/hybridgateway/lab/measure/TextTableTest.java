package net.hybridgateway.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void makesEachColumnAsWideAsItMustBe() {
        String table = TextTable.of(List.of(List.of("", "µs"), List.of("a long name", "1.25"), List.of("b", "")));

        assertEquals("                 µs\n  a long name  1.25\n  b\n", table);
    }
}
