package net.hybridgateway.mgmt.status;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What {@code hybrid-gateway drill} prints: for a terminal of 80 columns, and as JSON. */
public final class DrillText {
    private DrillText() {}

    /** Lines end with a line feed. */
    public static String of(DrillReport report) {
        if (report.failure().isPresent()) {
            return "the drill failed: " + report.failure().get() + "\n";
        }
        if (!report.finished()) {
            return "the drill goes on\n";
        }
        if (report.drills().isEmpty()) {
            return "nothing to rehearse: no uplink is a backup\n";
        }
        return report.drills().stream()
                .map(drill -> drill.uplink() + ": " + Words.of(drill.result()) + figures(drill) + "\n"
                        + StatusText.wrapped(drill.text()))
                .collect(Collectors.joining());
    }

    /** {@code Drill 21h4m ago: worked, 1.4k bytes, 95 ms to join, 180 ms to an answer.} */
    static String sentence(DrillStatus drill) {
        return "Drill " + StatusText.duration(drill.agoSeconds()) + " ago: " + Words.of(drill.result()) + figures(drill)
                + "." + (drill.result() == DrillStatus.Result.WORKED ? "" : " " + drill.text());
    }

    private static String figures(DrillStatus drill) {
        return (drill.bytes() > 0 ? ", " + StatusText.bytes(drill.bytes()) + " bytes" : "")
                + millis(drill.joinMillis(), "to join")
                + millis(drill.answerMillis(), "to an answer");
    }

    private static String millis(OptionalLong millis, String what) {
        return millis.isPresent() ? ", " + millis.getAsLong() + " ms " + what : "";
    }

    /** {@code {"number": ..., "finished": ..., "well": ..., "drills": [...]}}. */
    public static JsonObject json(DrillReport report) {
        JsonObject json = new JsonObject();
        json.put("number", report.number());
        json.put("finished", report.finished());
        json.put("well", report.well());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        json.put("drills", json(report.drills()));
        return json;
    }

    static JsonArray json(List<DrillStatus> drills) {
        JsonArray array = new JsonArray(drills.size());
        drills.forEach(drill -> array.add(json(drill)));
        return array;
    }

    private static JsonObject json(DrillStatus drill) {
        JsonObject json = new JsonObject();
        json.put("uplink", drill.uplink());
        json.put("at", drill.at().toString());
        json.put("agoSeconds", drill.agoSeconds());
        json.put("result", Words.of(drill.result()));
        json.put("bytes", drill.bytes());
        drill.joinMillis().ifPresent(millis -> json.put("joinMillis", millis));
        drill.answerMillis().ifPresent(millis -> json.put("answerMillis", millis));
        json.put("text", drill.text());
        return json;
    }
}
