package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.mgmt.config.WebConfig;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.CommandResult;
import net.hybridgateway.mgmt.control.ControlCommand;
import net.hybridgateway.mgmt.control.ControlCommands;

/** A server on the loopback with a small table of commands and a clock that is moved by hand. */
final class TestServer implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    static final Duration SESSION = Duration.ofMinutes(30);

    final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    final AtomicInteger statusesAsked = new AtomicInteger();
    private final WebServer server;

    TestServer(Path folder) {
        this(folder, settings(false, Optional.empty()));
    }

    TestServer(Path folder, WebSettings settings) {
        server = WebServer.open(new WebServer.Surroundings(commands()::answer, folder, nanos::get), settings);
    }

    /** One whose password was chosen before; its hash is quick to verify. */
    static TestServer withPassword(Path folder) {
        return withPassword(folder, settings(false, Optional.empty()));
    }

    static TestServer withPassword(Path folder, WebSettings settings) {
        PasswordFile.in(folder).write(PasswordHash.of(PASSWORD, new byte[PasswordHash.SALT_BYTES], 10));
        return new TestServer(folder, settings);
    }

    static WebSettings settings(boolean metrics, Optional<WebConfig.Certificate> tls) {
        return new WebSettings(
                new WebConfig(
                        true,
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        tls,
                        metrics,
                        SESSION),
                List.of(),
                Set.of());
    }

    private ControlCommands commands() {
        return new ControlCommands(List.of(
                new ControlCommand("status", Set.of(), arguments -> {
                    JsonObject json = new JsonObject();
                    json.put("mode", "normal");
                    json.put("number", statusesAsked.incrementAndGet());
                    return new CommandResult(json, () -> "normal");
                }),
                new ControlCommand(
                        "metrics",
                        Set.of(),
                        arguments -> new CommandResult(new JsonObject(), () -> "# TYPE up gauge\nup 1\n")),
                new ControlCommand("refuse", Set.of(), arguments -> {
                    throw new CommandException("no, and here is why");
                })));
    }

    WebServer server() {
        return server;
    }

    InetSocketAddress address() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.addresses().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return server.addresses().get(0);
    }

    Browser open() throws IOException, InterruptedException {
        return Browser.open(address());
    }

    /** A window that is logged in. */
    Browser loggedIn() throws IOException, InterruptedException {
        Browser browser = open();
        Browser.Answer answer = browser.post("/api/login", "{\"password\":\"" + PASSWORD + "\"}");
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return browser;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        server.close();
    }
}
