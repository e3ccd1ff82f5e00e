package net.hybridgateway.lab.bench.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PairedReportTest {
    private static final Quantity DELAY = new Quantity("delay", "delay of a page", "ms", 1);

    /** Pages may take at most 1.05 times as long as those that are forwarded. */
    private static final Study STUDY = new Study() {
        @Override
        public String heading() {
            return "Pages";
        }

        @Override
        public String explanation() {
            return "Medians.";
        }

        @Override
        public void measure(SampleLog log) {
            throw new UnsupportedOperationException("nothing is measured in this test");
        }

        @Override
        public List<Figure> figures(Samples samples) {
            return samples.ratiosAtMost(DELAY, Rival.FORWARDING, 1.05);
        }
    };

    @Test
    void tellsMedianSpreadRatioAndBound() {
        String page = report(104).toMarkdown();

        assertTrue(page.startsWith("## Pages\n\n`sudo ./dev bench pages`, 2026-01-02"), page);
        assertTrue(page.contains("### Delay of a page, ms\n"), page);
        assertTrue(
                page.contains("|  | this gateway | forwarding | to forwarding |\n| --- | ---: | ---: | ---: |\n"),
                page);
        assertTrue(page.contains("| near | 104.0 (100.0–110.0) | 100.0 | 1.040 |\n"), page);
        assertTrue(page.contains("| near: delay of a page, to forwarding | ≤ 1.050 | 1.040 |  |\n"), page);
        assertTrue(report(104).isGood());
    }

    @Test
    void marksWhatMissesItsBound() {
        assertFalse(report(106).isGood());
        assertTrue(report(106).toMarkdown().contains("| ≤ 1.050 | 1.060 | **missed** |"), report(106)::toMarkdown);
        assertTrue(report(106).toText().contains("MISSED"), report(106)::toText);
    }

    @Test
    void thePictureIsWellFormedAndHasADotForEachSample() throws Exception {
        String svg = report(104).toSvg();

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        // Two more in the legend.
        assertEquals(4 + 2, svg.split("<circle ", -1).length - 1, svg);
        assertTrue(svg.contains(">100</text>"), svg);
    }

    private static PairedReport report(double middle) {
        return new PairedReport(
                "pages",
                new Circumstances("sudo ./dev bench pages", LocalDate.of(2026, 1, 2), "6.18.1", "2 × x"),
                STUDY,
                new Samples(List.of(
                        new Sample("near", DELAY, Rival.GATEWAY, 1, middle),
                        new Sample("near", DELAY, Rival.FORWARDING, 1, 100),
                        new Sample("near", DELAY, Rival.GATEWAY, 2, 100),
                        new Sample("near", DELAY, Rival.GATEWAY, 3, 110))));
    }
}
