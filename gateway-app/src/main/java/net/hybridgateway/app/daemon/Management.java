package net.hybridgateway.app.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.control.ControlCommands;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.ControlServer;
import net.hybridgateway.mgmt.status.HealthProblem;

/** Those who ask and command: the control socket, the local page and the session with a broker. They know the same commands. */
final class Management {
    private final LiveConfig config;
    private final LocalPage page;
    /** Made before anybody can ask. */
    private ControlCommands commands;

    private volatile Optional<RemoteManagement> broker = Optional.empty();

    Management(LiveConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.page = new LocalPage(request -> commands.answer(request), nanoTime);
    }

    /**
     * Opens the control socket and, if it is wanted, the page.
     *
     * @throws ControlException if the control socket cannot be had; a page that cannot is a problem to tell
     */
    void start(ControlCommands known, Path socket, Lifecycle lifecycle) throws ControlException {
        commands = known;
        ControlServer server = ControlServer.open(socket, known);
        server.start();
        lifecycle.onStop("control socket", server::close);
        lifecycle.onStop("page", page::close);
        page.start(config.get());
        config.onChange(page::follow);
    }

    /** Connects to a broker, if that is wanted. */
    void startSession(MqttManagement.Needs needs, Executor later, Lifecycle lifecycle) {
        RemoteManagement session = new RemoteManagement(needs, later);
        broker = Optional.of(session);
        lifecycle.onStop("mqtt", session::close);
        session.follow(config.get());
        config.onChange(session::follow);
    }

    /** Something happened that an operator should hear of soon. Returns at once, on any thread. */
    void poke() {
        broker.ifPresent(RemoteManagement::poke);
    }

    /** Who cannot be reached, and why. */
    List<HealthProblem> problems() {
        return Stream.concat(page.problems().stream(), broker.stream().flatMap(session -> session.problems().stream()))
                .toList();
    }
}
