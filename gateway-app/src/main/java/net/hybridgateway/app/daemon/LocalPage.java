package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.config.WebConfig;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.mgmt.web.WebException;
import net.hybridgateway.mgmt.web.WebServer;
import net.hybridgateway.mgmt.web.WebSettings;
import org.tinylog.Logger;

/**
 * The local page as the configuration wants it: there is no server, and no thread of it, until it wants one. A page that
 * cannot be served is a problem to tell, and no reason not to relay.
 */
final class LocalPage implements AutoCloseable {
    private static final WebConfig NONE =
            new WebConfig(false, List.of(), Optional.empty(), false, Duration.ofMinutes(1));

    private final UnaryOperator<String> commands;
    private final LongSupplier nanoTime;
    private Optional<WebServer> server = Optional.empty();
    private Optional<String> refused = Optional.empty();
    private boolean closed;

    /** @param commands answers a request, from any thread */
    LocalPage(UnaryOperator<String> commands, LongSupplier nanoTime) {
        this.commands = commands;
        this.nanoTime = nanoTime;
    }

    /** Serves it as this configuration says. If that is not possible, it is a problem to tell. */
    synchronized void start(GatewayConfig config) {
        try {
            follow(config);
        } catch (WebException e) {
            refused = Optional.of(e.getMessage());
            Logger.warn("{}", e.getMessage());
        }
    }

    /**
     * Serves it as another configuration says. Connections and sessions go on, even if it is to be served no more: the
     * browser that asked for that is to have its answer.
     *
     * @throws WebException if that is not possible; then nothing changes
     */
    synchronized void follow(GatewayConfig config) {
        WebSettings settings = new WebSettings(
                config.web().orElse(NONE),
                config.interception().lanDevices(),
                config.uplinks().stream().map(UplinkConfig::device).collect(Collectors.toSet()));
        if (server.isPresent()) {
            server.get().apply(settings);
        } else if (settings.web().enabled() && !closed) {
            server = Optional.of(WebServer.open(
                    new WebServer.Surroundings(commands, config.site().stateFolder(), nanoTime), settings));
        }
        refused = Optional.empty();
    }

    /** What is wrong with it; empty if nothing. */
    synchronized List<HealthProblem> problems() {
        return refused
                .map(List::of)
                .orElseGet(() -> server.map(WebServer::problems).orElse(List.of()))
                .stream()
                .map(text -> new HealthProblem(HealthCode.PAGE_NOT_SERVED, "", sentence(text)))
                .toList();
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    @Override
    public synchronized void close() {
        closed = true;
        server.ifPresent(WebServer::close);
        server = Optional.empty();
    }
}
