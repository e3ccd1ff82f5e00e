package net.hybridgateway.lab.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.settings.LiveGateway;
import net.hybridgateway.mgmt.settings.Settings;
import net.hybridgateway.mgmt.settings.SettingsAccess;
import net.hybridgateway.mgmt.settings.SettingsCommands;
import net.hybridgateway.mgmt.settings.SettingsFiles;
import net.hybridgateway.mgmt.settings.StartSettings;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Desired settings: the real session, broker and settings, and a gateway that one of the settings cuts off. */
class MqttSettingsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ID = "cpe-1";
    private static final String BASE = "hybrid-gateway/v1/" + ID;

    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
    private House house;
    private Path file;
    private Mosquitto broker;
    private LabAgent agent;

    @BeforeEach
    void build() throws IOException {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        assumeTrue(Requirements.find("mosquitto").isPresent(), "mosquitto is missing (Debian package mosquitto)");
        house = House.build(HousePlan.plain());
        Certificates authority = Certificates.of(house);
        broker = Mosquitto.start(house, authority, "DNS:" + LabAgent.BROKER);
        file = house.run().folder().resolve("hybrid-gateway.conf");
        Files.writeString(file, "# kept by all changes\n" + Gateway.configuration("on-demand"));
        SettingsFiles files = new SettingsFiles(file, house.run().folder().resolve("state"));
        Settings settings = Settings.of(files, StartSettings.find(files), new CutOffByUseAlways(), System::nanoTime);
        var unused = owner.scheduleWithFixedDelay(settings::tick, 1, 1, TimeUnit.SECONDS);
        agent = new LabAgent(
                house.web(),
                LabAgent.allowing(Set.of("settings-change"), ID, authority.authority(), authority.gateway(ID)));
        ControlCommands commands = new ControlCommands(SettingsCommands.of(access(settings)));
        agent.commands = commands::answer;
        assertTrue(Pause.until(PATIENCE, () -> agent.view().connected()), () -> agent.said.toString());
    }

    @AfterEach
    void remove() {
        if (house != null) {
            agent.close();
            house.close();
        }
        owner.shutdownNow();
    }

    private SettingsAccess access(Settings settings) {
        return new SettingsAccess() {
            @Override
            public <T> T ask(Question<T> question) throws CommandException {
                try {
                    Callable<T> task = () -> question.ask(settings);
                    return owner.submit(task).get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof CommandException refused) {
                        throw refused;
                    }
                    throw new AssertionError(e);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    @Test
    void confirmsWhatWorksOverANewConnection() throws IOException {
        try (Heard heard = broker.listen(BASE + "/config/reported")) {
            desire("r1", "standby", 60);
            heard.await(PATIENCE, "/reported", text -> text.contains("\"trial\""));
            heard.await(PATIENCE, "/reported", text -> text.contains("\"applied\""));
        }
        assertEquals(2, agent.attempts());
        String text = Files.readString(file);
        assertTrue(text.startsWith("# kept by all changes\n") && text.contains("'standby'"), text);
    }

    @Test
    void rollsBackWhatCutsTheGatewayOff() throws IOException {
        try (Heard heard = broker.listen(BASE + "/config/reported")) {
            desire("r1", "always", 30);
            heard.await(PATIENCE, "/reported", text -> text.contains("\"rolled-back\""));
            assertTrue(heard.messages().stream().noneMatch(it -> it.payload().contains("\"applied\"")));
        }
        assertTrue(agent.view().connected());
        assertTrue(Files.readString(file).contains("'on-demand'"));
    }

    @Test
    void tellsWhatIsWrongWithEachOption() throws IOException {
        String before = Files.readString(file);
        try (Heard heard = broker.listen(BASE + "/config/reported")) {
            desire("r1", "sometimes", 30);
            String refused = heard.await(PATIENCE, "/reported", text -> text.contains("\"refused\""))
                    .payload();
            assertTrue(refused.contains("\"option\":\"use\""), refused);
            assertTrue(refused.contains("on-demand"), refused);
        }
        assertEquals(before, Files.readString(file));
        assertEquals(1, agent.attempts());
    }

    private void desire(String revision, String use, int confirmWithin) {
        broker.publish(
                BASE + "/config/desired",
                "{\"revision\":\"" + revision + "\",\"confirmWithin\":" + confirmWithin
                        + ",\"sections\":[{\"type\":\"uplink\",\"name\":\"cellular\",\"options\":{\"use\":\"" + use
                        + "\"}}]}",
                "-r");
    }

    /** No broker can be reached any more while the cellular uplink's use is "always". */
    private final class CutOffByUseAlways implements LiveGateway {
        @Override
        public List<String> apply(GatewayConfig config) {
            agent.cutOff = config.uplinks().get(1).use() == UplinkUse.ALWAYS;
            return List.of();
        }

        @Override
        public void tell(String sentence) {
            agent.said.add(sentence);
        }
    }
}
