package net.hybridgateway.lab.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/**
 * Mosquitto in a namespace: gateways come in over TLS with a certificate, each to its own topics only; operators come in from
 * the same host, to all of them.
 */
public final class Mosquitto implements AutoCloseable {
    /** For gateways. */
    public static final int TLS_PORT = 8883;

    /** For operators, on the loopback interface alone. */
    public static final int OPERATOR_PORT = 1883;

    /**
     * Enough for a thousand gateways. Not 0 ("no limit"): Mosquitto 2.0.11 then hangs up on whoever publishes what it may not, and
     * its reset can overtake its words.
     */
    private static final int MOST_QUEUED = 100_000;

    private static final Duration START = Duration.ofSeconds(60);

    private final Node node;
    private final Path folder;
    private final AtomicInteger listeners = new AtomicInteger();
    private LabProcess process;

    private Mosquitto(Node node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /**
     * Starts it on the web host of a house, with its files among the house's.
     *
     * @param authority that the gateways' certificates must go back to, as the broker's does
     * @param name that the broker answers to, like {@code DNS:broker.example.net} or {@code IP:203.0.113.80}
     */
    public static Mosquitto start(House house, Certificates authority, String name) {
        return start(
                house.web(),
                house.run().folder().resolve("broker-files"),
                authority.authority(),
                authority.broker("broker", name));
    }

    /**
     * Starts it.
     *
     * @param folder for its files
     * @param authority that the gateways' certificates must go back to
     * @param own what the broker shows
     */
    public static Mosquitto start(Node node, Path folder, Path authority, Certificates.Issued own) {
        Mosquitto broker = new Mosquitto(node, folder);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("acl"), """
                    pattern readwrite hybrid-gateway/v1/%u/#
                    pattern write homeassistant/+/+/+/config
                    pattern write operators/#
                    """);
            Files.writeString(folder.resolve("mosquitto.conf"), """
                    user root
                    per_listener_settings true
                    persistence false
                    max_queued_messages %d
                    log_dest stderr
                    log_type error
                    log_type warning
                    log_type notice
                    log_type information
                    log_type subscribe
                    listener %d
                    cafile %s
                    certfile %s
                    keyfile %s
                    require_certificate true
                    use_identity_as_username true
                    allow_anonymous false
                    acl_file %s
                    listener %d 127.0.0.1
                    allow_anonymous true
                    """.formatted(
                            MOST_QUEUED,
                            TLS_PORT,
                            authority,
                            own.certificate(),
                            own.key(),
                            folder.resolve("acl"),
                            OPERATOR_PORT));
        } catch (IOException e) {
            throw new LabException("cannot write into " + folder, e);
        }
        broker.start();
        return broker;
    }

    /** The section of a gateway's configuration that leads it to a broker on the web host of its house. */
    public static String section(Certificates authority, String id) {
        Certificates.Issued own = authority.gateway(id);
        return """
                config mqtt 'mqtt'
                    list broker 'mqtts://%s:%d'
                    option id '%s'
                    option ca_file '%s'
                    option cert_file '%s'
                    option key_file '%s'
                """.formatted(House.webIpv4(), TLS_PORT, id, authority.authority(), own.certificate(), own.key());
    }

    /** Starts it again, with nothing retained. */
    public void start() {
        process = node.start(
                "mosquitto",
                "sh",
                "-c",
                "ulimit -n 65536; exec mosquitto -c '" + folder.resolve("mosquitto.conf") + "'");
        process.awaitOutput("running", START);
    }

    /** Everything that it has logged since it was started. */
    public String log() {
        return process.output();
    }

    /** It dies without a word. */
    public void kill() {
        process.kill();
    }

    /**
     * Listens to what everybody says, as an operator would; returns when the broker knows.
     *
     * @return a process that prints a line for each message, see {@link Heard}
     */
    public Heard listen(String... topics) {
        String id = "listener-" + listeners.incrementAndGet();
        List<String> words = new ArrayList<>(
                List.of("mosquitto_sub", "-V", "5", "-i", id, "-p", "" + OPERATOR_PORT, "-q", "1", "-F", Heard.FORMAT));
        for (String topic : topics) {
            words.addAll(List.of("-t", topic));
        }
        Heard heard = new Heard(node.start("listener", Map.of(), words));
        if (!Pause.until(START, () -> Arrays.stream(topics).allMatch(topic -> hasSubscribed(id, topic)))) {
            heard.close();
            throw new LabException("mosquitto_sub does not subscribe: " + log());
        }
        return heard;
    }

    private boolean hasSubscribed(String id, String topic) {
        return log().lines().anyMatch(line -> line.endsWith(id + " 1 " + topic));
    }

    /** How often somebody has subscribed to exactly this topic since the broker was started. */
    public long subscriptions(String topic) {
        return log().lines().filter(line -> line.endsWith(" 1 " + topic)).count();
    }

    /** Publishes as an operator; more words are options of mosquitto_pub. */
    public void publish(String topic, String message, String... more) {
        List<String> words = new ArrayList<>(
                List.of("mosquitto_pub", "-V", "5", "-p", "" + OPERATOR_PORT, "-q", "1", "-t", topic, "-m", message));
        words.addAll(Arrays.asList(more));
        node.run(words.toArray(String[]::new));
    }

    /** Sends a command and gives its answer, as an operator with MQTT 5 would. */
    public String ask(String topic, String message) {
        return node.run(
                        "mosquitto_rr",
                        "-V",
                        "5",
                        "-p",
                        "" + OPERATOR_PORT,
                        "-q",
                        "1",
                        "-t",
                        topic,
                        "-e",
                        "operators/lab",
                        "-D",
                        "publish",
                        "message-expiry-interval",
                        "60",
                        "-W",
                        "60",
                        "-m",
                        message)
                .strip();
    }

    @Override
    public void close() {
        process.close();
    }
}
