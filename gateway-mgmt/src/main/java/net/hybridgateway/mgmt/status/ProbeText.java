package net.hybridgateway.mgmt.status;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.stream.Collectors;

/** What {@code hybrid-gateway probe} prints: for a terminal of 80 columns, and as JSON. */
public final class ProbeText {
    private ProbeText() {}

    /** Lines end with a line feed. */
    public static String of(ProbeReport report) {
        if (report.failure().isPresent()) {
            return "the probe failed: " + report.failure().get() + "\n";
        }
        if (!report.finished()) {
            return "the probe goes on\n";
        }
        if (report.paths().isEmpty()) {
            return "nothing to probe: no uplink, or no conversion point with a known address\n";
        }
        return report.paths().stream().map(ProbeText::path).collect(Collectors.joining());
    }

    private static String path(ProbedPath path) {
        ProbeVerdict verdict = path.verdict();
        StringBuilder text = new StringBuilder(path.uplink() + " -> " + path.conversionPoint() + ", "
                + Words.of(path.address()) + ": " + Words.of(verdict.result()).replace('-', ' ') + "\n");
        verdict.sentences().forEach(sentence -> text.append(StatusText.wrapped(sentence)));
        verdict.looksLike().forEach(cause -> text.append(StatusText.wrapped("Looks like " + cause.words() + ".")));
        if (path.bytes() > 0) {
            text.append(StatusText.wrapped("It took about " + StatusText.bytes(path.bytes()) + " bytes."));
        }
        return text.toString();
    }

    /** {@code {"number": ..., "finished": ..., "well": ..., "paths": [...]}}. */
    public static JsonObject json(ProbeReport report) {
        JsonObject json = new JsonObject();
        json.put("number", report.number());
        json.put("finished", report.finished());
        json.put("well", report.well());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        JsonArray paths = new JsonArray();
        report.paths().forEach(path -> paths.add(json(path)));
        json.put("paths", paths);
        return json;
    }

    private static JsonObject json(ProbedPath path) {
        JsonObject json = new JsonObject();
        json.put("uplink", path.uplink());
        json.put("conversionPoint", path.conversionPoint());
        json.put("address", Words.of(path.address().getAddress()));
        json.put("port", path.address().getPort());
        json.put("result", Words.of(path.verdict().result()));
        JsonArray looksLike = new JsonArray();
        path.verdict().looksLike().forEach(cause -> looksLike.add(Words.of(cause)));
        json.put("looksLike", looksLike);
        ProbeFacts facts = path.facts();
        json.put("answer", Words.of(facts.answer()));
        json.put("handshake", Words.of(facts.handshake()));
        json.put("synData", Words.of(facts.synData()));
        json.put("join", Words.of(facts.join()));
        json.put("optionAtPeer", Words.of(facts.optionAtPeer()));
        JsonArray text = new JsonArray();
        path.verdict().sentences().forEach(text::add);
        json.put("text", text);
        json.put("bytes", path.bytes());
        return json;
    }
}
