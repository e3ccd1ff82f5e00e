package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.hybridgateway.lab.net.LabException;
import org.junit.jupiter.api.Test;

class GuestReportTest {
    private final GuestReport report = GuestReport.of(List.of(
            "[    0.1] something else",
            "@@ memory-idle 52000 21000\r",
            "[    9.1] half a line of the kernel@@ round kill 1",
            "@@ round oom 2",
            "@@ done"));

    @Test
    void takesTheLinesThatBeginWithTheSignAndPassesOverTheRest() {
        assertEquals(
                List.of("memory-idle", "round", "round", "done"),
                report.entries().stream().map(GuestReport.Entry::word).toList());
        assertEquals(List.of(52_000L, 21_000L), report.numbers("memory-idle", 2));
        assertEquals(List.of("kill 1", "oom 2"), report.all("round"));
        assertTrue(report.has("done"));
        assertFalse(report.has("something"));
    }

    @Test
    void refusesWordsThatAreMissingOrCameTwice() {
        assertThrows(LabException.class, () -> report.text("starts"));
        assertThrows(LabException.class, () -> report.text("round"));
    }

    @Test
    void refusesWhatIsNotTheNumbersThatWereAskedFor() {
        assertThrows(LabException.class, () -> report.number("memory-idle"));
        assertThrows(LabException.class, () -> report.number("done"));
        assertThrows(LabException.class, () -> GuestReport.of(List.of("@@ starts one"))
                .number("starts"));
    }
}
