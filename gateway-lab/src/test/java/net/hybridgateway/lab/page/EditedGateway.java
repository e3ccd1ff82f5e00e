package net.hybridgateway.lab.page;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.WebConfig;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.CommandResult;
import net.hybridgateway.mgmt.control.ControlCommand;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.settings.LiveGateway;
import net.hybridgateway.mgmt.settings.Settings;
import net.hybridgateway.mgmt.settings.SettingsAccess;
import net.hybridgateway.mgmt.settings.SettingsCommands;
import net.hybridgateway.mgmt.settings.SettingsFiles;
import net.hybridgateway.mgmt.settings.StartSettings;
import net.hybridgateway.mgmt.web.WebServer;
import net.hybridgateway.mgmt.web.WebSettings;

/** The real page over real settings, and behind them a gateway that only counts what it is told. */
final class EditedGateway implements AutoCloseable {
    static final String SECRET = "Canary-7f3a";

    private static final String CONFIGURATION = """
            # our own words
            config gateway 'main'
                list lan 'br-lan'
            config uplink 'fixed'
                option device 'wan0'
                option kind 'fixed'
            config uplink 'cellular'
                option device 'wwan0'
                option kind 'cellular'
                option use 'on-demand'
                option quota '20GB'
            config mqtt 'mqtt'
                list broker 'mqtts://broker.example.net'
                option username 'house'
                option password '%s'
            """.formatted(SECRET);

    private static final String STATUS = """
            {"version":"0.1.0","uptimeSeconds":10,"mode":"normal","uplinks":[
            {"name":"fixed","kind":"fixed","device":"wan0","state":"online","use":"always","addresses":["192.0.2.2"],
            "bytesIn":0,"bytesOut":0,"subflows":0},
            {"name":"cellular","kind":"cellular","device":"wwan0","state":"online","use":"USE","addresses":["192.0.2.3"],
            "bytesIn":0,"bytesOut":0,"subflows":0}],
            "conversionPoints":[],"connections":{"active":0,"bonded":0,"bypass":0,"direct":0,"total":0,"buffers":0},
            "breaks":[],"health":[]}""";

    private final Path config;
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger applied = new AtomicInteger(1);
    private final Settings settings;
    private final WebServer server;
    private volatile String use = "on-demand";

    private EditedGateway(Path folder) throws IOException {
        config = folder.resolve("hybrid-gateway");
        Files.writeString(config, CONFIGURATION);
        SettingsFiles files = new SettingsFiles(config, folder.resolve("state"));
        settings = Settings.of(files, StartSettings.find(files), new Counter(), nanos::get);
        ControlCommands commands =
                new ControlCommands(Stream.concat(SettingsCommands.of(access()).stream(), shown().stream())
                        .toList());
        server = WebServer.open(
                // Time passes for the settings alone: else connections would end that take too long for an answer.
                new WebServer.Surroundings(commands::answer, folder.resolve("state"), System::nanoTime),
                new WebSettings(
                        new WebConfig(
                                true,
                                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                                Optional.empty(),
                                false,
                                Duration.ofHours(1)),
                        List.of(),
                        Set.of()));
    }

    static EditedGateway start(Path folder) throws IOException {
        return new EditedGateway(folder);
    }

    private final class Counter implements LiveGateway {
        @Override
        public List<String> apply(GatewayConfig changed) {
            applied.incrementAndGet();
            use = changed.uplinks().get(1).use().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return List.of();
        }

        @Override
        public void tell(String sentence) {
            // Nobody reads it here.
        }
    }

    private SettingsAccess access() {
        return new SettingsAccess() {
            @Override
            public <T> T ask(Question<T> question) throws CommandException {
                synchronized (settings) {
                    return question.ask(settings);
                }
            }
        };
    }

    private List<ControlCommand> shown() {
        return List.of(
                new ControlCommand("status", Set.of(), arguments -> json(STATUS.replace("USE", use))),
                new ControlCommand("events", Set.of(), arguments -> json("{\"events\":[]}")));
    }

    private static CommandResult json(String text) {
        try {
            JsonObject json = JsonParser.object().from(text);
            return new CommandResult(json, () -> text);
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    String origin() {
        Pause.until(Chromium.PATIENCE, () -> !server.addresses().isEmpty());
        return "http://127.0.0.1:" + server.addresses().get(0).getPort();
    }

    String file() {
        try {
            return Files.readString(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many configurations it has followed. */
    int applied() {
        return applied.get();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        synchronized (settings) {
            settings.tick();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
