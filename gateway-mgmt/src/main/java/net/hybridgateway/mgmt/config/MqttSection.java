package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The section {@code mqtt}. */
final class MqttSection {
    /** What {@code allow} may name: the commands that make sense from afar. */
    private static final List<String> COMMANDS = List.of(
            "status",
            "connections",
            "events",
            "metrics",
            "drill",
            "probe",
            "probe-report",
            "report",
            "uplink",
            "log-level",
            "reload",
            "settings",
            "settings-schema",
            "settings-change",
            "settings-confirm",
            "settings-revert");

    /** In {@code allow}: no command at all. */
    private static final String NOTHING = "none";

    static final ConfigOption<Boolean> ENABLED = ConfigOption.defaulted("enabled", ValueTypes.BOOLEAN, "1");

    static final ConfigOption<BrokerAddress> BROKER = ConfigOption.requiredList("broker", ValueTypes.BROKER);

    static final ConfigOption<String> ID = ConfigOption.derived("id", ValueTypes.WORD, "from the machine's id");

    static final ConfigOption<String> TOPIC_PREFIX =
            ConfigOption.defaulted("topic_prefix", ValueTypes.TOPIC, "hybrid-gateway/v1");

    static final ConfigOption<String> USERNAME = ConfigOption.optional("username", ValueTypes.TEXT);

    static final ConfigOption<Secret> PASSWORD = ConfigOption.secret("password", ValueTypes.SECRET);

    static final ConfigOption<Path> PASSWORD_FILE = ConfigOption.optional("password_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Path> CA_FILE = ConfigOption.optional("ca_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Path> CERT_FILE = ConfigOption.optional("cert_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Path> KEY_FILE = ConfigOption.optional("key_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<MqttVersion> VERSION = ConfigOption.defaulted(
            "version", ValueTypes.oneOf(List.of(MqttVersion.values()), MqttVersion::word), "auto");

    private static final ValueType<Duration> INTERVAL = ValueTypes.duration(Duration.ofSeconds(10), Duration.ofDays(1));

    static final ConfigOption<Duration> METRICS_INTERVAL = ConfigOption.defaulted("metrics_interval", INTERVAL, "5m");

    static final ConfigOption<Duration> METRICS_INTERVAL_CELLULAR =
            ConfigOption.defaulted("metrics_interval_cellular", INTERVAL, "1h");

    static final ConfigOption<String> ALLOW = ConfigOption.defaultedList(
            "allow",
            ValueTypes.oneOf(withNothing(COMMANDS), Function.identity()),
            "status, connections, events, drill, probe, report, uplink, log-level, reload");

    static final ConfigOption<Boolean> HOME_ASSISTANT =
            ConfigOption.defaulted("home_assistant", ValueTypes.BOOLEAN, "0");

    /** Its field has 16 bits. A bearer's address translation forgets a silent connection after some minutes. */
    static final ConfigOption<Duration> KEEP_ALIVE = ConfigOption.defaulted(
            "keep_alive", ValueTypes.duration(Duration.ofSeconds(10), Duration.ofHours(18)), "5m");

    static final SectionType TYPE = new SectionType(
            "mqtt",
            List.of(
                    ENABLED,
                    BROKER,
                    ID,
                    TOPIC_PREFIX,
                    USERNAME,
                    PASSWORD,
                    PASSWORD_FILE,
                    CA_FILE,
                    CERT_FILE,
                    KEY_FILE,
                    VERSION,
                    METRICS_INTERVAL,
                    METRICS_INTERVAL_CELLULAR,
                    ALLOW,
                    HOME_ASSISTANT,
                    KEEP_ALIVE),
            Map.of());

    private MqttSection() {}

    private static List<String> withNothing(List<String> commands) {
        return Stream.concat(commands.stream(), Stream.of(NOTHING)).toList();
    }

    static Optional<MqttConfig> read(SectionReader in) {
        Optional<Boolean> enabled = in.value(ENABLED);
        List<BrokerAddress> brokers = in.values(BROKER);
        Optional<String> id = in.value(ID);
        Optional<String> topicPrefix = in.value(TOPIC_PREFIX);
        Optional<String> username = in.value(USERNAME);
        Optional<Secret> password = in.value(PASSWORD);
        Optional<Path> passwordFile = in.value(PASSWORD_FILE);
        Optional<Path> caFile = in.value(CA_FILE);
        Optional<Path> certFile = in.value(CERT_FILE);
        Optional<Path> keyFile = in.value(KEY_FILE);
        Optional<MqttVersion> version = in.value(VERSION);
        Optional<Duration> interval = in.value(METRICS_INTERVAL);
        Optional<Duration> intervalCellular = in.value(METRICS_INTERVAL_CELLULAR);
        List<String> allow = in.values(ALLOW);
        Optional<Boolean> homeAssistant = in.value(HOME_ASSISTANT);
        Optional<Duration> keepAlive = in.value(KEEP_ALIVE);
        in.requireWith(PASSWORD, USERNAME);
        in.requireWith(PASSWORD_FILE, USERNAME);
        in.requireWithout(PASSWORD_FILE, PASSWORD);
        in.requireWith(CERT_FILE, KEY_FILE);
        in.requireWith(KEY_FILE, CERT_FILE);
        in.requireAtLeast(METRICS_INTERVAL_CELLULAR, intervalCellular, METRICS_INTERVAL, interval);
        if (allow.contains(NOTHING) && allow.size() > 1) {
            in.refuse(ALLOW, "'" + NOTHING + "' stands alone in 'allow'");
        }
        if (!brokers.isEmpty() && brokers.stream().noneMatch(BrokerAddress::tls)) {
            for (ConfigOption<?> option : List.of(CA_FILE, CERT_FILE, KEY_FILE)) {
                in.requireNot(option, "without a broker 'mqtts://HOST'");
            }
        }
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new MqttConfig(
                enabled.orElseThrow(),
                brokers,
                id,
                topicPrefix.orElseThrow(),
                new MqttConfig.Credentials(username, password, passwordFile),
                new MqttConfig.Tls(caFile, certFile, keyFile),
                version.orElseThrow(),
                interval.orElseThrow(),
                intervalCellular.orElseThrow(),
                allow.contains(NOTHING) ? Set.of() : Set.copyOf(allow),
                homeAssistant.orElseThrow(),
                keepAlive.orElseThrow()));
    }
}
