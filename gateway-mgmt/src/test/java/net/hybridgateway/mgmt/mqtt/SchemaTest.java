package net.hybridgateway.mgmt.mqtt;

import static net.hybridgateway.mgmt.mqtt.SessionSimulation.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.status.StatusSamples;
import org.junit.jupiter.api.Test;

/** What is sent is what docs/schemas says, member by member; and docs/mqtt.md and the AsyncAPI document know all of it. */
class SchemaTest {
    private static final Path DOCS = Path.of("../docs");
    private static final String BASE = "hybrid-gateway/v1/gw1/";
    private static final Map<String, String> SCHEMAS = Map.of(
            "birth", "birth",
            "state", "state",
            "event", "event",
            "metrics", "metrics",
            "config/reported", "config-reported",
            "cmd/result", "cmd-result");

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void everythingThatIsSentIsInItsSchema() throws IOException {
        MqttConfig config = SessionSimulation.config(Set.of("status", "settings-change"), FIRST);
        SessionSimulation house = new SessionSimulation(config);
        FakeSettings settings = new FakeSettings(house::elapsed);
        house.commands =
                request -> request.contains("settings") ? settings.answer(request) : "{\"ok\":true,\"result\":{}}";
        house.pass(Duration.ofMinutes(6));
        house.status = StatusSamples.duringABreak();
        house.events = StatusSamples.events().events();
        house.pass(Duration.ofMinutes(61));
        house.command("{\"id\":\"1\",\"command\":\"status\"}");
        house.command("{\"id\":\"1\",\"command\":\"status\"}");
        house.command("{}");
        for (String use : List.of("standby", "never", "always")) {
            String desired = "{\"revision\":\"" + use + "\",\"sections\":[{\"type\":\"uplink\",\"name\":\"cellular\","
                    + "\"options\":{\"use\":\"" + use + "\"}}]}";
            assertEquals(List.of(), errors("config-desired", desired));
            house.arrive(SessionSimulation.arrival("config/desired", desired));
            house.pass(Duration.ofMinutes(1));
        }

        Set<String> seen = new TreeSet<>();
        for (Publication publication : house.published().toList()) {
            String topic = publication.topic().substring(BASE.length());
            seen.add(topic);
            if (topic.equals("online")) {
                assertTrue(Set.of("true", "false").contains(publication.payload()));
            } else {
                assertEquals(
                        List.of(),
                        errors(SCHEMAS.get(topic), publication.payload()),
                        topic + ": " + publication.payload());
            }
        }
        Set<String> all = new TreeSet<>(SCHEMAS.keySet());
        all.add("online");
        assertEquals(all, seen, "topics that the simulation should have used");
        assertEquals(
                Set.of("trial", "applied", "refused"),
                house.published("config/reported").stream()
                        .map(it -> it.getString("state"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void aSchemaRefusesWhatItDoesNotKnow() throws IOException {
        assertFalse(errors("cmd", "{\"id\":\"1\",\"command\":\"status\",\"sudo\":true}")
                .isEmpty());
        assertFalse(errors("state", "{\"schema\":1}").isEmpty());
    }

    @Test
    void theExamplesOfTheHandbookAreInTheirSchemas() throws IOException {
        String handbook = Files.readString(DOCS.resolve("mqtt.md"));
        int checked = 0;
        for (MatchResult example : Pattern.compile("<!-- ([a-z-]+)\\.schema\\.json -->\n\n((?:    .*\n)+)")
                .matcher(handbook)
                .results()
                .toList()) {
            assertEquals(List.of(), errors(example.group(1), example.group(2)), example.group(2));
            checked++;
        }
        assertEquals(8, checked, "examples in docs/mqtt.md");
    }

    @Test
    void theHandbookAndAsyncApiKnowEveryTopic() throws IOException {
        String handbook = Files.readString(DOCS.resolve("mqtt.md"));
        String asyncApi = Files.readString(DOCS.resolve("mqtt.asyncapi.yaml"));
        Topics topics = new Topics("{prefix}/{id}");
        for (String topic : List.of(
                topics.online(),
                topics.birth(),
                topics.state(),
                topics.event(),
                topics.metrics(),
                topics.desired(),
                topics.reported(),
                topics.command(),
                topics.result())) {
            assertTrue(asyncApi.contains("address: '" + topic + "'"), topic);
            assertTrue(handbook.contains("`" + topic.replace("{prefix}/{id}/", "") + "`"), topic);
        }
        for (String reference : Pattern.compile("\\$ref: 'schemas/([^']+)'")
                .matcher(asyncApi)
                .results()
                .map(match -> match.group(1))
                .toList()) {
            assertTrue(Files.exists(DOCS.resolve("schemas").resolve(reference)), reference);
        }
        try (Stream<Path> files = Files.list(DOCS.resolve("schemas"))) {
            files.forEach(file -> assertTrue(asyncApi.contains("schemas/" + file.getFileName()), file::toString));
        }
    }

    private List<String> errors(String schema, String json) throws IOException {
        Schema loaded = registry.getSchema(
                Files.readString(DOCS.resolve("schemas").resolve(schema + ".schema.json")), InputFormat.JSON);
        return Optional.ofNullable(loaded.validate(json, InputFormat.JSON)).orElse(List.of()).stream()
                .map(Object::toString)
                .toList();
    }
}
