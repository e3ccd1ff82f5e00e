package net.hybridgateway.lab.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;
import net.hybridgateway.mgmt.mqtt.BrokerWay;
import net.hybridgateway.mgmt.mqtt.GatewayView;
import net.hybridgateway.mgmt.mqtt.Identity;
import net.hybridgateway.mgmt.mqtt.Moment;
import net.hybridgateway.mgmt.mqtt.MqttAgent;
import net.hybridgateway.mgmt.mqtt.MqttSession;
import net.hybridgateway.mgmt.mqtt.MqttThread;
import net.hybridgateway.mgmt.mqtt.SessionView;
import net.hybridgateway.mgmt.mqtt.paho.PahoLinks;
import net.hybridgateway.mgmt.status.ConnectionTotals;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;

/** The real session over real TLS, in this process, of a gateway that is made up. */
final class LabAgent implements AutoCloseable {
    /** The name that the broker's certificate has; it leads to the host itself. */
    static final String BROKER = "broker.example.net";

    final List<String> said = new CopyOnWriteArrayList<>();
    volatile GatewayMode mode = GatewayMode.NORMAL;
    volatile List<EventStatus> events = List.of();
    volatile UnaryOperator<String> commands = request -> "{\"ok\":true,\"result\":{\"asked\":" + request + "}}";

    /** Whether new connections come to nothing. */
    volatile boolean cutOff;

    private final Node node;
    private final String id;
    private final boolean ownThread;
    private final ScheduledExecutorService thread;
    private final MqttAgent agent;
    private final List<Long> attempts = new CopyOnWriteArrayList<>();
    private volatile Optional<Socket> socket = Optional.empty();

    LabAgent(Node node, MqttConfig config) {
        this(node, config, MqttThread.make(), true);
    }

    /** One of many that share a thread. */
    LabAgent(Node node, MqttConfig config, ScheduledExecutorService shared) {
        this(node, config, shared, false);
    }

    private LabAgent(Node node, MqttConfig config, ScheduledExecutorService thread, boolean ownThread) {
        this.node = node;
        this.thread = thread;
        this.ownThread = ownThread;
        this.id = config.id().orElseThrow();
        BrokerWay way = this::connect;
        MqttSession session =
                new MqttSession(config, new Identity(id, "5f2c", "0.1.0", ""), Optional.empty(), Math::random, now());
        agent = new MqttAgent(session, new PahoLinks(id, config, way, thread), new MadeUp(), thread);
        agent.start();
    }

    static MqttConfig config(String id, MqttVersion version, Path authority, Certificates.Issued own) {
        return config(
                id,
                version,
                new BrokerAddress(true, BROKER, Mosquitto.TLS_PORT),
                authority,
                own.certificate(),
                own.key());
    }

    /** As {@link #config(String, MqttVersion, Path, Certificates.Issued)}, of a household that allows these commands. */
    static MqttConfig allowing(Set<String> commands, String id, Path authority, Certificates.Issued own) {
        MqttConfig config = config(id, MqttVersion.V5, authority, own);
        return new MqttConfig(
                true,
                config.brokers(),
                config.id(),
                config.topicPrefix(),
                config.credentials(),
                config.tls(),
                config.version(),
                config.metricsInterval(),
                config.metricsIntervalCellular(),
                commands,
                false,
                config.keepAlive());
    }

    static MqttConfig config(
            String id, MqttVersion version, BrokerAddress broker, Path authority, Path certificate, Path key) {
        return new MqttConfig(
                true,
                List.of(broker),
                Optional.of(id),
                "hybrid-gateway/v1",
                new MqttConfig.Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                new MqttConfig.Tls(Optional.of(authority), Optional.of(certificate), Optional.of(key)),
                version,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Set.of("status"),
                false,
                Duration.ofMinutes(5));
    }

    private Socket connect(String host, int port, Duration patience) throws IOException {
        attempts.add(System.nanoTime());
        if (cutOff) {
            throw new NoRouteToHostException("No route to host");
        }
        SocketChannel channel = node.call(SocketChannel::open);
        channel.socket()
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
        socket = Optional.of(channel.socket());
        return channel.socket();
    }

    /** How often it tried to connect. */
    int attempts() {
        return attempts.size();
    }

    /** When it tried, in nanoTime. */
    List<Long> attemptNanos() {
        return attempts;
    }

    SessionView view() {
        return agent.view();
    }

    /** The connection breaks without a word of MQTT. */
    void breakConnection() throws IOException {
        socket.orElseThrow().close();
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    @Override
    public void close() {
        agent.close();
        if (ownThread) {
            thread.shutdown();
        }
    }

    /** What surrounds the agent. */
    private final class MadeUp implements MqttAgent.Surroundings {
        @Override
        public Moment now() {
            return LabAgent.now();
        }

        @Override
        public GatewayView view() {
            UplinkStatus uplink = new UplinkStatus(
                    "fixed",
                    UplinkKind.FIXED,
                    "wan0",
                    UplinkState.ONLINE,
                    UplinkUse.ALWAYS,
                    Optional.empty(),
                    List.of(),
                    OptionalDouble.empty(),
                    1,
                    2,
                    3,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty());
            return new GatewayView(
                    new GatewayStatus(
                            "0.1.0",
                            1000,
                            mode,
                            List.of(uplink),
                            List.of(),
                            new ConnectionTotals(0, 0, 0, 0, 0, 0),
                            List.of(),
                            List.of()),
                    events);
        }

        @Override
        public String answer(String request) {
            return commands.apply(request);
        }

        @Override
        public void remember(String text) {}

        @Override
        public void say(String line) {
            said.add(line);
        }
    }
}
