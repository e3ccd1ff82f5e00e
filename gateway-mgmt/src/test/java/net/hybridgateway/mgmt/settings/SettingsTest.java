package net.hybridgateway.mgmt.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings commands over real files, a gateway that notes what it is told, and a clock that is set by hand. */
class SettingsTest {
    private static final String PASSWORD = "geheim-7";

    @TempDir
    private Path folder;

    private Path file;
    private String text;
    private final NotedGateway gateway = new NotedGateway();
    private long nowNanos;
    private Settings settings;
    private ControlCommands commands;

    /** Follows every configuration, or refuses. */
    private static final class NotedGateway implements LiveGateway {
        private final List<GatewayConfig> applied = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();
        private List<String> restart = List.of();

        @Override
        public List<String> apply(GatewayConfig config) {
            refusal.ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
            applied.add(config);
            return restart;
        }

        @Override
        public void tell(String sentence) {
            told.add(sentence);
        }

        private UplinkUse use() {
            return applied.get(applied.size() - 1).uplinks().get(1).use();
        }
    }

    @BeforeEach
    void start() throws IOException {
        text = """
                # my house
                config gateway 'main'
                	list lan 'br-lan'       # the house
                	option state_dir '%s'

                config uplink 'fixed'
                	option device 'wan0'
                	option kind 'fixed'

                config uplink 'cellular'
                	option device 'wwan0'
                	option kind 'cellular'
                	option use 'on-demand'  # it costs

                config rule
                	option action 'bond'
                	option dest_port '80'

                config mqtt 'mqtt'
                	list broker 'mqtt://broker'
                	option username 'u'
                	option password '%s'
                """.formatted(folder.resolve("state"), PASSWORD);
        file = Files.writeString(folder.resolve("hybrid-gateway"), text);
        restart();
    }

    private StartSettings restart() {
        SettingsFiles files = SettingsFiles.of(file);
        StartSettings start = StartSettings.find(files);
        settings = Settings.of(files, start, gateway, () -> nowNanos);
        settings.started();
        commands = commands(settings);
        return start;
    }

    private static ControlCommands commands(Settings owner) {
        return new ControlCommands(SettingsCommands.of(new SettingsAccess() {
            @Override
            public <T> T ask(Question<T> question) throws CommandException {
                return question.ask(owner);
            }
        }));
    }

    private JsonObject ask(String request) {
        return parsed(commands.answer(request.replace('\'', '"')));
    }

    private static JsonObject parsed(String json) {
        try {
            return JsonParser.object().from(json);
        } catch (JsonParserException e) {
            throw new AssertionError(json, e);
        }
    }

    private JsonObject good(String request) {
        JsonObject response = ask(request);
        assertTrue(response.getBoolean("ok"), response.toString());
        return response.getObject("result");
    }

    private String error(String request) {
        JsonObject response = ask(request);
        assertFalse(response.getBoolean("ok"), response.toString());
        return response.getString("error");
    }

    private static String setUse(String more, String use) {
        return "{'command':'settings-change'" + more
                + ",'changes':[{'type':'uplink','name':'cellular','option':'use','value':'" + use + "'}]}";
    }

    private void assertFile(String expected) throws IOException {
        assertEquals(expected, Files.readString(file));
    }

    private long revision() {
        return good("{'command':'settings'}").getLong("revision");
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
        settings.tick();
    }

    @Test
    void showsTheFileWithoutItsSecrets() {
        JsonObject shown = good("{'command':'settings'}");
        assertEquals(1, shown.getLong("revision"));
        assertEquals(1, shown.getLong("schema"));
        assertTrue(shown.isNull("pending"));
        JsonArray sections = shown.getArray("sections");
        assertEquals(5, sections.size());
        JsonObject gatewaySection = sections.getObject(0);
        assertEquals("gateway", gatewaySection.getString("type"));
        assertEquals("main", gatewaySection.getString("name"));
        assertEquals(
                new JsonArray(List.of("br-lan")),
                gatewaySection.getObject("options").getArray("lan"));
        JsonObject rule = sections.getObject(3);
        assertEquals("@rule[0]", rule.getString("name"));
        // It may have several values, and is a list for whoever reads it.
        assertEquals(new JsonArray(List.of("80")), rule.getObject("options").getArray("dest_port"));
        assertEquals("***", sections.getObject(4).getObject("options").getString("password"));
    }

    @Test
    void tellsNoSecretWithAnyCommand() {
        for (String request : List.of(
                "{'command':'settings'}",
                "{'command':'settings','format':'text'}",
                "{'command':'settings-schema','format':'text'}",
                setUse("", "nonsense"),
                "{'command':'settings-change','changes':[{'type':'mqtt','option':'username','value':null}]}",
                "{'command':'settings-change','changes':[{'type':'mqtt','option':'password','value':'"
                        + PASSWORD.repeat(60) + "'}]}",
                setUse(",'confirmWithin':60", "standby"),
                "{'command':'settings-revert'}")) {
            assertFalse(commands.answer(request.replace('\'', '"')).contains(PASSWORD), request);
        }
        assertFalse(gateway.told.toString().contains(PASSWORD));
    }

    @Test
    void changesASettingInTheFileAndInTheRunningGateway() throws IOException {
        gateway.restart = List.of("gateway.transparent_port");
        JsonObject changed = good(setUse(",'revision':1", "standby"));
        assertEquals(2, changed.getLong("revision"));
        assertTrue(changed.isNull("pending"));
        assertEquals(new JsonArray(List.of("gateway.transparent_port")), changed.getArray("restart"));
        assertFile(text.replace("'on-demand'", "'standby'"));
        assertEquals(UplinkUse.STANDBY, gateway.use());
        assertEquals(List.of("gateway.transparent_port"), settings.health().restart());
    }

    @Test
    void makesSeveralChangesAtOnce() throws IOException {
        good("""
                {'command':'settings-change','changes':[
                {'type':'gateway','option':'lan','value':['br-lan','br-guest']},
                {'type':'uplink','name':'cellular','option':'use','value':null},
                {'type':'rule','name':'voip','add':true},
                {'type':'rule','name':'voip','option':'action','value':'fixed-only'},
                {'type':'rule','name':'@rule[0]','remove':true}]}""".replace('\n', ' '));
        assertFile(text.replace("# the house\n", "# the house\n\tlist lan 'br-guest'\n")
                        .replace("\toption use 'on-demand'  # it costs\n", "")
                        .replace("config rule\n\toption action 'bond'\n\toption dest_port '80'\n\n", "")
                + "\nconfig rule 'voip'\n\toption action 'fixed-only'\n");
        assertEquals(2, gateway.applied.get(0).interception().lanDevices().size());
    }

    @Test
    void leavesASecretAsItIs() throws IOException {
        JsonObject changed = good("""
                {'command':'settings-change','changes':[
                {'type':'mqtt','option':'password','value':'***'},
                {'type':'mqtt','option':'username','value':'v'}]}""".replace('\n', ' '));
        assertEquals(2, changed.getLong("revision"));
        assertFile(text.replace("username 'u'", "username 'v'"));
        good("{'command':'settings-change','changes':[{'type':'mqtt','option':'password','value':'new'}]}");
        assertFile(text.replace("username 'u'", "username 'v'").replace(PASSWORD, "new"));
    }

    @Test
    void aChangeOfNothingIsNoRevision() {
        assertEquals(1, good(setUse("", "on-demand")).getLong("revision"));
        assertEquals(List.of(), gateway.applied);
    }

    @Test
    void refusesAllThatIsWrongFieldByFieldAndChangesNothing() throws IOException {
        JsonObject response = ask("""
                {'command':'settings-change','confirmWithin':60,'changes':[
                {'type':'uplink','name':'cellular','option':'use','value':'alway'},
                {'type':'uplink','name':'fixed','option':'device','value':null},
                {'type':'uplink','name':'fixed','option':'preference','value':'1001'},
                {'type':'web','add':true},
                {'type':'web','option':'tls','value':'1'},
                {'type':'rule','name':'@rule[0]','option':'dest_port','value':['80','70000']}]}""".replace('\n', ' '));
        assertEquals(
                "nothing was changed: uplink fixed device: option 'device' is missing in section uplink 'fixed'"
                        + " (and 5 more)",
                response.getString("error"));
        assertEquals(
                List.of(
                        "uplink fixed device",
                        "uplink fixed preference",
                        "uplink cellular use",
                        "rule @rule[0] dest_port",
                        "web web cert_file",
                        "web web key_file"),
                response.getArray("fields").stream()
                        .map(JsonObject.class::cast)
                        .map(field -> field.getString("type") + " " + field.getString("name") + " "
                                + field.getString("option"))
                        .toList());
        assertEquals(
                "bad value 'alway' for 'use' in section uplink 'cellular': allowed is always, overflow, standby or"
                        + " on-demand; did you mean 'always'?",
                response.getArray("fields").getObject(2).getString("message"));
        assertFile(text);
        assertEquals(1, revision());
        assertEquals(List.of(), gateway.applied);
        pass(Duration.ofHours(1));
        assertFile(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'uplnk','option':'use','value':'x'} | nothing was changed: uplnk use: there is no such type of section",
                "{'type':'uplink','name':'dsl','option':'use','value':'x'} | nothing was changed: uplink dsl use: there is no such section",
                "{'type':'uplink','option':'use','value':'x'} | nothing was changed: uplink use: there are several such sections: give a name",
                "{'type':'uplink','name':'fixed','option':'speed','value':'x'} | nothing was changed: uplink fixed speed: there is no such option",
                "{'type':'uplink','name':'fixed','option':'use','value':['x']} | nothing was changed: uplink fixed use: it takes one value, not a list",
                "{'type':'uplink','name':'fixed','option':'device','value':'a\\nconfig rule'} | nothing was changed: uplink fixed device: a value must have no control characters",
                "{'type':'rule','name':'a b','add':true} | nothing was changed: rule a b: the name of a section is letters, digits and '_', at most 64",
                "{'type':'rule','name':'@rule[0]','add':true} | nothing was changed: rule @rule[0]: the name of a section is letters, digits and '_', at most 64",
                "{'type':'uplink','name':'fixed','add':true} | nothing was changed: uplink fixed: there is such a section already",
                "{'type':'gateway','name':'second','add':true} | nothing was changed: gateway second: a second section gateway, the first is on line 2",
                "{'type':'uplink','name':'dsl','remove':true} | nothing was changed: uplink dsl: there is no such section",
                "{'type':'gateway','remove':true} | nothing was changed: no LAN device: write a section 'config gateway' with list lan 'DEVICE'",
                "{'type':'uplink'} | change 1 must have just one of option, add and remove",
                "{'type':'uplink','add':true,'remove':true} | change 1 must have just one of option, add and remove",
                "{'type':'uplink','add':1} | change 1: add must be true or false",
                "{'type':7,'add':true} | change 1: type must be a string",
                "{'name':'a','add':true} | change 1 has no type",
                "{'type':'uplink','option':'use'} | change 1 has no value; null unsets an option",
                "{'type':'uplink','option':'use','value':7} | change 1: value must be a string, a list of at most 256 strings, or null",
                "{'type':'uplink','option':'use','value':[7]} | change 1: value must be a string, a list of at most 256 strings, or null",
                "{'type':'uplink','option':'use','value':'a','valeu':'b'} | change 1 has a member that is none of type, name, option, value, add, remove",
            })
    void saysWhatIsWrongWithAChange(String change, String message) throws IOException {
        assertEquals(
                message.replace("'", "\""),
                error("{'command':'settings-change','changes':[" + change + "]}")
                        .replace("'", "\""));
        assertFile(text);
        assertEquals(1, revision());
        assertEquals(List.of(), gateway.applied);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'command':'settings-change'} | argument 'changes' is missing or empty",
                "{'command':'settings-change','changes':[]} | argument 'changes' is missing or empty",
                "{'command':'settings-change','changes':{}} | argument 'changes' must be a list of objects",
                "{'command':'settings-change','changes':[1]} | argument 'changes' must be a list of objects",
                "{'command':'settings-change','confirmWithin':0,'changes':[{}]} | argument 'confirmWithin' must be a whole number from 1 to 3600",
                "{'command':'settings-change','confirmWithin':9e9,'changes':[{}]} | argument 'confirmWithin' must be a whole number from 1 to 3600",
                "{'command':'settings-confirm'} | argument 'revision' is missing",
                "{'command':'settings-confirm','revision':1} | no change is on trial",
                "{'command':'settings-revert'} | no change is on trial",
                "{'command':'settings','x':1} | command 'settings' takes no argument 'x'",
            })
    void saysWhatIsWrongWithARequest(String request, String message) {
        assertEquals(message, error(request));
    }

    @Test
    void refusesWhatWasMadeFromAnOlderRevision() throws IOException {
        good(setUse(",'revision':1", "standby"));
        assertEquals(
                "the settings were changed meanwhile: they have revision 2, not 1",
                error(setUse(",'revision':1", "always")));
        // Nobody asked us: another program wrote the file.
        Files.writeString(file, text);
        assertEquals(
                "the settings were changed meanwhile: they have revision 3, not 2",
                error(setUse(",'revision':2", "always")));
        assertFile(text);
    }

    @Test
    void takesAChangeBackThatNobodyConfirms() throws IOException {
        JsonObject changed = good(setUse(",'confirmWithin':60", "standby"));
        assertEquals(2, changed.getObject("pending").getLong("revision"));
        assertEquals(60, changed.getObject("pending").getLong("revertsInSeconds"));
        assertEquals(UplinkUse.STANDBY, gateway.use());
        pass(Duration.ofSeconds(59));
        assertFile(text.replace("'on-demand'", "'standby'"));
        assertEquals(1, good("{'command':'settings'}").getObject("pending").getLong("revertsInSeconds"));
        pass(Duration.ofSeconds(1));
        assertFile(text);
        assertEquals(UplinkUse.ON_DEMAND, gateway.use());
        JsonObject now = good("{'command':'settings'}");
        assertTrue(now.isNull("pending"));
        assertEquals(3, now.getLong("revision"));
        assertEquals(
                "The settings of revision 2 were not confirmed in time and are taken back.",
                gateway.told.get(gateway.told.size() - 1));
    }

    @Test
    void keepsAChangeThatIsConfirmed() throws IOException {
        good(setUse(",'confirmWithin':60", "standby"));
        assertEquals("revision 2 is on trial, not 1", error("{'command':'settings-confirm','revision':1}"));
        assertEquals(
                "revision 2 is on trial: confirm or revert it before the next change", error(setUse("", "always")));
        good("{'command':'settings-confirm','revision':2}");
        pass(Duration.ofMinutes(2));
        assertFile(text.replace("'on-demand'", "'standby'"));
        restart();
        assertEquals(2, revision());
        assertFile(text.replace("'on-demand'", "'standby'"));
    }

    @Test
    void takesAChangeBackAtOnceIfAsked() throws IOException {
        good(setUse(",'confirmWithin':60", "standby"));
        assertEquals(3, good("{'command':'settings-revert'}").getLong("revision"));
        assertFile(text);
        assertEquals(UplinkUse.ON_DEMAND, gateway.use());
        assertEquals(Optional.empty(), gateway.refusal);
    }

    @Test
    void takesAChangeBackThatARestartInterrupts() throws IOException {
        good(setUse(",'confirmWithin':3600", "standby"));
        StartSettings start = restart();
        assertTrue(start.reverted());
        assertFile(text);
        assertEquals(UplinkUse.ON_DEMAND, start.config().uplinks().get(1).use());
        assertEquals(3, revision());
        assertFalse(restart().reverted());
    }

    @Test
    void leavesAFileAloneThatSomebodyElseHasChangedDuringATrial() throws IOException {
        good(setUse(",'confirmWithin':60", "standby"));
        String other = text.replace("'on-demand'", "'always'");
        Files.writeString(file, other);
        pass(Duration.ofSeconds(61));
        assertFile(other);
        good(setUse(",'confirmWithin':60", "standby"));
        Files.writeString(file, other);
        assertFalse(restart().reverted());
        assertFile(other);
    }

    @Test
    void countsRevisionsOverRestarts() {
        good(setUse("", "standby"));
        good(setUse("", "always"));
        restart();
        assertEquals(3, revision());
        assertEquals(4, good(setUse(",'revision':3", "standby")).getLong("revision"));
    }

    @Test
    void changesNothingIfTheRunningGatewayRefuses() throws IOException {
        gateway.refusal = Optional.of("the kernel refuses");
        assertEquals("nothing was changed: the kernel refuses", error(setUse(",'confirmWithin':60", "standby")));
        assertFile(text);
        assertEquals(1, revision());
        assertEquals("nothing was changed: the kernel refuses", error("{'command':'reload'}"));
        gateway.refusal = Optional.empty();
        pass(Duration.ofMinutes(2));
        assertEquals(List.of(), gateway.applied);
        assertEquals(2, good(setUse(",'revision':1", "standby")).getLong("revision"));
    }

    @Test
    void changesNothingIfTheFileCannotBeWritten() throws IOException {
        SettingsFiles files = SettingsFiles.of(file);
        Settings unwritable =
                new Settings(new SettingsStoreWithoutSpace(files), text, Optional.empty(), gateway, () -> nowNanos);
        commands = commands(unwritable);
        assertEquals(
                "nothing was changed: the settings cannot be written: no space left", error(setUse("", "standby")));
        assertFile(text);
        assertEquals(List.of(), gateway.applied);
    }

    /** A flash that is full. */
    private record SettingsStoreWithoutSpace(SettingsFiles files) implements SettingsStore {
        @Override
        public Path file() {
            return files.file();
        }

        @Override
        public String read() throws IOException {
            return files.read();
        }

        @Override
        public void write(String text) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public Optional<SettingsState> state() {
            return files.state();
        }

        @Override
        public void save(SettingsState state) {}

        @Override
        public Optional<String> good() {
            return files.good();
        }

        @Override
        public void saveGood(String text) {}
    }

    @Test
    void followsAFileThatSomebodyElseHasChanged() throws IOException {
        Files.writeString(file, text.replace("'on-demand'", "'overflow'"));
        gateway.restart = List.of("uplink 'fixed'");
        JsonObject changed = good("{'command':'reload'}");
        assertEquals(2, changed.getLong("revision"));
        assertEquals(UplinkUse.OVERFLOW, gateway.use());
        assertEquals(
                "In effect: revision 2.\nNeeds a restart: uplink 'fixed'.\n",
                parsed(commands.answer("{\"command\":\"reload\",\"format\":\"text\"}"))
                        .getString("result"));
    }

    @Test
    void followsNoBadFileAndSaysWhy() throws IOException {
        Files.writeString(
                file, text.replace("'on-demand'", "'sometimes'").replace("'fixed'\n\toption d", "'fixed'\n\toption e"));
        String error = error("{'command':'reload'}");
        assertTrue(
                error.startsWith("nothing was changed: " + file + ":7: unknown option 'eevice' in section uplink"),
                error);
        assertTrue(error.contains("; " + file + ":13: bad value 'sometimes' for 'use'"), error);
        assertEquals(List.of(), gateway.applied);
        assertTrue(settings.health().refused().orElseThrow().contains(":7: unknown option"));
        Files.writeString(file, text);
        good("{'command':'reload'}");
        assertEquals(SettingsHealth.GOOD, settings.health());
    }

    @Test
    void startsWithTheLastConfigurationThatWorked() throws IOException {
        good(setUse("", "standby"));
        Files.writeString(
                file, "config gateway 'main'\n\toption state_dir '" + folder.resolve("state") + "'\nconfig ???\n");
        StartSettings start = restart();
        assertEquals(UplinkUse.STANDBY, start.config().uplinks().get(1).use());
        String refused = settings.health().refused().orElseThrow();
        assertTrue(refused.startsWith(file + ":1: list 'lan' is missing"), refused);
        // It is shown and can be put right, though not by a change of a single setting.
        assertEquals(3, revision());
        assertEquals("nothing was changed: " + refused, error("{'command':'reload'}"));
        Files.writeString(file, text);
        good("{'command':'reload'}");
        assertEquals(SettingsHealth.GOOD, settings.health());
    }

    @Test
    void whatCouldNotBeStartedIsNotTheLastThatWorked() throws IOException {
        String other = text.replace("'on-demand'", "'standby'");
        Files.writeString(file, other);
        SettingsFiles files = SettingsFiles.of(file);
        Settings failing = Settings.of(files, StartSettings.find(files), gateway, () -> nowNanos);
        assertEquals(Optional.of(text), files.good());
        failing.started();
        assertEquals(Optional.of(other), files.good());
    }

    @Test
    void aChangeOnTrialIsNotTheLastThatWorked() throws IOException {
        good(setUse(",'confirmWithin':60", "standby"));
        assertEquals(Optional.of(text), SettingsFiles.of(file).good());
        good("{'command':'settings-confirm','revision':2}");
        assertEquals(
                Optional.of(text.replace("'on-demand'", "'standby'")),
                SettingsFiles.of(file).good());
    }

    @Test
    void refusesToStartWithoutAnyGoodConfiguration() throws IOException {
        Files.delete(folder.resolve("state").resolve(SettingsFiles.GOOD));
        Files.writeString(file, text.replace("list lan", "list lam"));
        assertThrows(ConfigException.class, this::restart);
        Files.writeString(folder.resolve("state").resolve(SettingsFiles.GOOD), "config nonsense\n");
        assertThrows(ConfigException.class, this::restart);
    }

    @Test
    void beginsAnewWhereTheStateIsDamaged() throws IOException {
        good(setUse("", "standby"));
        for (String damaged :
                List.of("", "{", "[]", "{\"revision\":-3,\"digest\":\"\"}", "\0", "{\"revision\":\"x\"}")) {
            Files.writeString(folder.resolve("state").resolve(SettingsFiles.STATE), damaged);
            restart();
            assertEquals(1, revision(), damaged);
        }
    }

    @Test
    void keepsTheRightsOfTheFileAndHidesItsOwn() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        good(setUse("", "standby"));
        assertEquals("rw-r-----", rights(file));
        assertEquals("rw-------", rights(folder.resolve("state").resolve(SettingsFiles.STATE)));
        assertEquals("rw-------", rights(folder.resolve("state").resolve(SettingsFiles.GOOD)));
        try (var left = Files.list(folder)) {
            assertEquals(2, left.count(), "the file and the state folder");
        }
    }

    @Test
    void writesThroughALink() throws IOException {
        Path real = Files.move(file, folder.resolve("real"));
        Files.createSymbolicLink(file, real);
        good(setUse("", "standby"));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals(text.replace("'on-demand'", "'standby'"), Files.readString(real));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void describesEveryOption() {
        JsonArray sections = good("{'command':'settings-schema'}").getArray("sections");
        JsonObject uplink = sections.getObject(1);
        assertEquals("uplink", uplink.getString("type"));
        JsonObject kind = uplink.getArray("options").getObject(1);
        assertEquals("kind", kind.getString("name"));
        assertEquals("choice", kind.getString("type"));
        assertEquals(new JsonArray(List.of("fixed", "cellular")), kind.getArray("choices"));
        assertTrue(kind.getBoolean("required"));
        assertFalse(kind.getBoolean("list"));
        JsonObject enabled = uplink.getArray("options").getObject(5);
        assertEquals("boolean", enabled.getString("type"));
        assertEquals("1", enabled.getString("default"));
    }
}
