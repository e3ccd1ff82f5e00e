package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.status.HealthProblem;

/**
 * The session with the broker as the configuration wants it: another configuration of it is another session, which takes over
 * what outlives one.
 */
final class RemoteManagement implements AutoCloseable {
    private final MqttManagement.Needs needs;
    private final Executor later;
    private Optional<MqttConfig> followed = Optional.empty();
    private volatile Optional<MqttManagement> session = Optional.empty();
    private boolean closed;

    /**
     * @param later where one session says good-bye and another begins: whoever asked for that may be the session, and waits
     *     for its answer
     */
    RemoteManagement(MqttManagement.Needs needs, Executor later) {
        this.needs = needs;
        this.later = later;
    }

    /** Goes over to another configuration, a moment later. */
    synchronized void follow(GatewayConfig config) {
        Optional<MqttConfig> wanted = config.mqtt().filter(MqttConfig::enabled);
        if (!wanted.equals(followed)) {
            followed = wanted;
            later.execute(this::change);
        }
    }

    private synchronized void change() {
        session.ifPresent(MqttManagement::close);
        session = closed ? Optional.empty() : followed.map(config -> MqttManagement.start(config, needs));
    }

    /** Something happened that the operator should hear of soon. Returns at once. */
    void poke() {
        session.ifPresent(MqttManagement::poke);
    }

    /** What is wrong, if the broker is not reached. */
    List<HealthProblem> problems() {
        return session.map(MqttManagement::problems).orElse(List.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        session.ifPresent(MqttManagement::close);
        session = Optional.empty();
    }
}
