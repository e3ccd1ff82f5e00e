package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.settings.LiveGateway;
import org.tinylog.Logger;

/**
 * The configuration that is followed now, for whoever wants to look, and the parts that go over to another one.
 *
 * <p>Thread-safe to read; changes come from the thread that owns the settings, one after the other.
 */
final class LiveConfig implements LiveGateway {
    /** A part of the gateway that follows the configuration. */
    @FunctionalInterface
    interface Follower {
        /**
         * Goes over to another configuration, or back. Must neither take long nor wait for whoever may have asked for the
         * change, as a web server that answers this very request would.
         *
         * @throws RuntimeException if that is not possible: all go back, this part included
         */
        void follow(GatewayConfig config);
    }

    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final Consumer<String> events;
    private volatile GatewayConfig config;

    /** @param events is told what people may want to know, in a sentence */
    LiveConfig(GatewayConfig config, Consumer<String> events) {
        this.config = config;
        this.events = events;
    }

    GatewayConfig get() {
        return config;
    }

    /** Parts are told in the order in which they came. */
    void onChange(Follower follower) {
        followers.add(follower);
    }

    @Override
    public List<String> apply(GatewayConfig wanted) {
        GatewayConfig before = config;
        LiveSettings live = LiveSettings.between(before, wanted);
        if (live.config().equals(before)) {
            return live.restart();
        }
        config = live.config();
        try {
            followers.forEach(follower -> follower.follow(config));
        } catch (RuntimeException e) {
            config = before;
            followers.forEach(this::goBack);
            throw e instanceof CompletionException && e.getCause() != null
                    ? new DaemonException(e.getCause().getMessage(), e)
                    : e;
        }
        return live.restart();
    }

    private void goBack(Follower follower) {
        try {
            follower.follow(config);
        } catch (RuntimeException e) {
            Logger.error("the configuration before cannot be followed again: {}", e.getMessage());
        }
    }

    @Override
    public void tell(String sentence) {
        Logger.info("{}", sentence);
        events.accept(sentence);
    }
}
