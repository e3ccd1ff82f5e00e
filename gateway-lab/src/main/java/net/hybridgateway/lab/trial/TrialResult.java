package net.hybridgateway.lab.trial;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.Figure;

/**
 * What a trial found.
 *
 * @param trial its name on the command line
 * @param figures in the order in which people read them
 * @param remarks what went wrong, or what the gateway itself said, a line each
 * @param logs the folder with the output of all processes
 */
public record TrialResult(String trial, List<Figure> figures, List<String> remarks, Path logs) {
    public TrialResult {
        figures = List.copyOf(figures);
        remarks = List.copyOf(remarks);
    }

    /** True if no bound is missed. */
    public boolean isGood() {
        return figures.stream().allMatch(Figure::isGood);
    }

    /** For people. */
    public String toTable() {
        String table = figures.stream().map(Figure::toRow).collect(Collectors.joining("\n", trial + "\n", "\n"));
        String said = remarks.stream().map(remark -> "  " + remark + "\n").collect(Collectors.joining());
        return table + said + (isGood() ? "" : "  logs: " + logs + "\n");
    }

    /** For programs; an infinite number is null. */
    public String toJson() {
        JsonStringWriter json = JsonWriter.indent("  ").string().object();
        json.value("trial", trial).value("good", isGood()).array("figures");
        for (Figure figure : figures) {
            json.object().value("name", figure.name()).value("unit", figure.unit());
            write(json, "value", figure.value());
            figure.bound().ifPresent(bound -> {
                write(json, bound.side() == Figure.Bound.Side.AT_MOST ? "atMost" : "atLeast", bound.value());
                json.value("good", figure.isGood());
            });
            json.end();
        }
        json.end().array("remarks");
        remarks.forEach(json::value);
        return json.end().value("logs", logs.toString()).end().done() + "\n";
    }

    private static void write(JsonStringWriter json, String name, double value) {
        if (Double.isFinite(value)) {
            json.value(name, value);
        } else {
            json.nul(name);
        }
    }
}
