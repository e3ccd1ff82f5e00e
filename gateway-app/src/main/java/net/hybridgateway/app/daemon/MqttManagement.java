package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import net.hybridgateway.app.own.OwnConnections;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.files.AtomicFile;
import net.hybridgateway.mgmt.mqtt.GatewayView;
import net.hybridgateway.mgmt.mqtt.Identity;
import net.hybridgateway.mgmt.mqtt.Moment;
import net.hybridgateway.mgmt.mqtt.MqttAgent;
import net.hybridgateway.mgmt.mqtt.MqttSession;
import net.hybridgateway.mgmt.mqtt.MqttThread;
import net.hybridgateway.mgmt.mqtt.SessionView;
import net.hybridgateway.mgmt.mqtt.paho.PahoLinks;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.mgmt.status.StatusSource;
import org.tinylog.Logger;

/**
 * Management over MQTT as a part of the daemon: who the gateway is, what it shows, what outlives a restart.
 *
 * <p>Made and closed with each configuration; what is remembered goes from one to the next through its file.
 */
final class MqttManagement implements AutoCloseable {
    /** In the state folder: what became of the last desired settings. */
    static final String MEMORY = "mqtt-desired";

    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path MODEL = Path.of("/tmp/sysinfo/model");
    private static final int MOST_BYTES = 4096;

    private final ScheduledExecutorService thread;
    private final MqttAgent agent;

    private MqttManagement(ScheduledExecutorService thread, MqttAgent agent) {
        this.thread = thread;
        this.agent = agent;
    }

    /**
     * What it needs of the daemon.
     *
     * @param now this moment on both clocks
     * @param stateFolder for what outlives a restart
     * @param files writes it
     */
    record Needs(
            Supplier<Moment> now,
            StatusSource status,
            ControlCommands commands,
            OwnConnections connections,
            Path stateFolder,
            Executor files) {}

    static MqttManagement start(MqttConfig config, Needs needs) {
        Identity who = new Identity(
                config.id().orElseGet(MqttManagement::machineId),
                needs.status().events().boot(),
                Version.current(),
                firstLine(MODEL).orElse(""));
        ScheduledExecutorService thread = MqttThread.make();
        Memory memory = new Memory(needs.stateFolder().resolve(MEMORY), needs.files());
        SecureRandom random = new SecureRandom();
        MqttSession session = new MqttSession(
                config, who, memory.read(), random::nextDouble, needs.now().get());
        PahoLinks links = new PahoLinks(who.id(), config, needs.connections(), thread);
        MqttAgent agent = new MqttAgent(session, links, surroundings(needs, memory), thread);
        agent.start();
        return new MqttManagement(thread, agent);
    }

    private static MqttAgent.Surroundings surroundings(Needs needs, Memory memory) {
        return new MqttAgent.Surroundings() {
            @Override
            public Moment now() {
                return needs.now().get();
            }

            @Override
            public GatewayView view() {
                return new GatewayView(
                        needs.status().status(), needs.status().events().events());
            }

            @Override
            public String answer(String request) {
                return needs.commands().answer(request);
            }

            @Override
            public void remember(String text) {
                memory.write(text);
            }

            @Override
            public void say(String line) {
                Logger.info("mqtt: {}", line);
            }
        };
    }

    /** Something happened that the operator should hear of soon. Returns at once. */
    void poke() {
        agent.poke();
    }

    /** What is wrong, if the broker is not reached. */
    List<HealthProblem> problems() {
        SessionView view = agent.view();
        return view.trouble().isEmpty() || view.connected()
                ? List.of()
                : List.of(new HealthProblem(HealthCode.BROKER_UNREACHABLE, "", sentence(view.trouble())));
    }

    private static String sentence(String text) {
        return "Management over MQTT: " + text + ".";
    }

    @Override
    public void close() {
        agent.close();
        thread.shutdown();
    }

    /** The machine's id is to stay on the machine (machine-id(5)): what is shown is derived from it. */
    private static String machineId() {
        String machine = firstLine(MACHINE_ID).orElseGet(MqttManagement::hardwareAddress);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("hybrid-gateway mqtt " + machine).getBytes(StandardCharsets.UTF_8));
            return "gw-" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String hardwareAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(MqttManagement::hardwareAddress)
                    .filter(address -> !address.isEmpty())
                    .sorted()
                    .findFirst()
                    .orElse("");
        } catch (SocketException e) {
            return "";
        }
    }

    private static String hardwareAddress(NetworkInterface device) {
        try {
            return device.isVirtual() || device.getHardwareAddress() == null
                    ? ""
                    : HexFormat.of().formatHex(device.getHardwareAddress());
        } catch (SocketException e) {
            return "";
        }
    }

    private static Optional<String> firstLine(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is in the LAN, or excluded from interception: what the gateway speaks to without a detour. */
    static boolean isNear(InetAddress address, InterceptionConfig interception) {
        return interception.exclude().stream().anyMatch(prefix -> prefix.contains(address))
                || interception.lanDevices().stream()
                        .flatMap(name -> device(name).stream())
                        .flatMap(device -> device.getInterfaceAddresses().stream())
                        .map(own -> new AddressPrefix(own.getAddress(), own.getNetworkPrefixLength()))
                        .anyMatch(prefix -> prefix.contains(address));
    }

    private static Optional<NetworkInterface> device(String name) {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(name));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** A short text in a file. */
    private record Memory(Path file, Executor writer) {
        Optional<String> read() {
            return firstLine(file);
        }

        void write(String text) {
            writer.execute(() -> {
                try {
                    AtomicFile.write(file, text + "\n");
                } catch (IOException e) {
                    Logger.warn("cannot write {}: {}", file, e.toString());
                }
            });
        }
    }
}
