package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.hybridgateway.mgmt.report.Redaction;
import net.hybridgateway.mgmt.report.ReportFacts;
import net.hybridgateway.mgmt.report.ReportSource;

/**
 * The command {@code report}: all that helps to find a fault, without secrets, in one document. It has the answers of other
 * commands in it: whatever they tell goes through {@link Redaction}.
 */
public final class ReportCommands {
    /** The argument that leaves addresses as they are. */
    public static final String ADDRESSES = "addresses";

    private static final int SCHEMA = 1;
    private static final String SETTINGS = "settings";
    private static final String STATUS = "status";

    /** What is in it, if there is such a command. */
    private static final List<String> PARTS = List.of(SETTINGS, STATUS, "events", "connections");

    private ReportCommands() {}

    /**
     * The command.
     *
     * @param others those that a report may have in it; the rest of them is ignored
     */
    public static List<ControlCommand> of(List<ControlCommand> others, ReportSource source) {
        List<ControlCommand> parts = PARTS.stream()
                .flatMap(
                        name -> others.stream().filter(command -> command.name().equals(name)))
                .toList();
        return List.of(new ControlCommand("report", Set.of(ADDRESSES), arguments -> {
            JsonObject report = report(parts, source, arguments.flag(ADDRESSES));
            return new CommandResult(
                    report, () -> JsonWriter.indent("  ").string().value(report).done() + "\n");
        }));
    }

    private static JsonObject report(List<ControlCommand> parts, ReportSource source, boolean withAddresses) {
        JsonObject answers = new JsonObject();
        parts.forEach(command -> answers.put(command.name(), answer(command)));
        Redaction redaction =
                new Redaction(source.secrets(), withAddresses, conversionPoints(answers.getObject(STATUS)));
        ReportFacts facts = source.facts();
        JsonObject report = new JsonObject();
        report.put("report", SCHEMA);
        report.put("version", facts.version());
        report.put("at", facts.at().toString());
        report.put("machine", redaction.json(object(facts.machine())));
        answers.forEach((name, answer) ->
                report.put(name, name.equals(SETTINGS) ? redaction.jsonWithAddresses(answer) : redaction.json(answer)));
        report.put("sysctls", object(facts.sysctls()));
        report.put("counters", object(facts.counters()));
        JsonArray log = new JsonArray();
        log.addAll(facts.log());
        report.put("log", redaction.json(log));
        return report;
    }

    private static JsonObject answer(ControlCommand command) {
        try {
            return command.handler()
                    .handle(new CommandArguments(new JsonObject()))
                    .json();
        } catch (CommandException e) {
            // What cannot be told is of interest, too.
            JsonObject error = new JsonObject();
            error.put("error", e.getMessage());
            return error;
        }
    }

    private static JsonObject object(Map<String, ?> members) {
        JsonObject object = new JsonObject();
        object.putAll(members);
        return object;
    }

    private static Set<String> conversionPoints(JsonObject status) {
        Set<String> addresses = new HashSet<>();
        if (status != null) {
            status.getArray("conversionPoints", new JsonArray())
                    .forEach(point -> addresses.add(((JsonObject) point).getString("address", "")));
        }
        return addresses;
    }
}
