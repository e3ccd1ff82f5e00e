package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.nio.file.Path;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final Figure TOLD = Figure.told("connections", 64, "");
    private static final Figure KEPT = Figure.atMost("drained", 11.1464, "s", 30);
    private static final Figure MISSED = Figure.atLeast("of the sum", 0.91, "", 0.92);

    @Test
    void isGoodOnItsBoundAndOnTheRightSideOfIt() {
        assertTrue(Figure.atMost("lost", 0, "", 0).isGood());
        assertFalse(Figure.atMost("lost", 1, "", 0).isGood());
        assertTrue(Figure.atLeast("share", 0.92, "", 0.92).isGood());
        assertFalse(MISSED.isGood());
        assertTrue(TOLD.isGood());
    }

    @Test
    void whatNeverEndedIsNotGood() {
        assertFalse(Figure.atMost("drained", Double.POSITIVE_INFINITY, "s", 30).isGood());
    }

    @Test
    void aResultIsAsGoodAsItsWorstFigure() {
        assertTrue(result(TOLD, KEPT).isGood());
        assertFalse(result(TOLD, KEPT, MISSED).isGood());
    }

    @Test
    void theTableTellsValuesBoundsAndWhereToLookIfOneIsMissed() {
        String table = result(TOLD, KEPT, MISSED).toTable();

        assertTrue(table.lines().anyMatch(line -> line.matches(" *connections +64")), table);
        assertTrue(table.lines().anyMatch(line -> line.matches(" *drained +11\\.146 s +ok +≤ 30 s")), table);
        assertTrue(table.lines().anyMatch(line -> line.matches(" *of the sum +0\\.910 +MISSED +≥ 0\\.920 *")), table);
        assertTrue(table.contains("a remark"), table);
        assertTrue(table.contains("logs: /somewhere"), table);
        assertFalse(result(TOLD).toTable().contains("logs"));
    }

    @Test
    void programsGetTheSameAndNullForWhatNeverEnded() throws JsonParserException {
        Figure never = Figure.atMost("drained", Double.POSITIVE_INFINITY, "s", 30);

        JsonObject document = JsonParser.object().from(result(TOLD, never).toJson());

        assertFalse(document.getBoolean("good"));
        JsonObject told = document.getArray("figures").getObject(0);
        assertEquals("connections", told.getString("name"));
        assertEquals(64, told.getDouble("value"));
        assertFalse(told.has("good"));
        JsonObject missed = document.getArray("figures").getObject(1);
        assertTrue(missed.isNull("value"));
        assertEquals(30, missed.getDouble("atMost"));
        assertFalse(missed.getBoolean("good"));
        assertEquals("a remark", document.getArray("remarks").getString(0));
        assertEquals("/somewhere", document.getString("logs"));
    }

    private static TrialResult result(Figure... figures) {
        return new TrialResult("name", List.of(figures), List.of("a remark"), Path.of("/somewhere"));
    }
}
