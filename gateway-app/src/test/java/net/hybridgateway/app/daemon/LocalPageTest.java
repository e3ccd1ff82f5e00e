package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.web.WebException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page comes, goes and fails as the configuration says. */
class LocalPageTest {
    @TempDir
    private Path folder;

    @Test
    void isThereWhileTheConfigurationSaysSo() throws IOException {
        int port = freePort();
        try (LocalPage page = new LocalPage(request -> "{}", System::nanoTime)) {
            page.start(config(""));
            assertThrows(IOException.class, () -> answers(port));

            page.follow(config("config web 'web'\n list listen '127.0.0.1:" + port + "'\n"));
            await(() -> answers(port));
            assertTrue(page.problems().isEmpty());

            page.follow(config(""));
            // The listener is closed by the page's own thread.
            await(() -> refuses(port));
        }
    }

    @Test
    void doesNotKeepTheGatewayFromStartingIfItCannotBeServed() {
        GatewayConfig broken = config("""
                config web 'web'
                    list listen '127.0.0.1:8480'
                    option tls '1'
                    option cert_file '/nowhere/cert.pem'
                    option key_file '/nowhere/key.pem'
                """);
        try (LocalPage page = new LocalPage(request -> "{}", System::nanoTime)) {
            page.start(broken);

            assertEquals(HealthCode.PAGE_NOT_SERVED, page.problems().get(0).code());
            String text = page.problems().get(0).text();
            assertTrue(text.startsWith("The page cannot be served over TLS: /nowhere/cert.pem"), text);
            assertThrows(WebException.class, () -> page.follow(broken), "but nobody is to change to that");
            page.follow(config(""));
            assertTrue(page.problems().isEmpty());
        }
    }

    private GatewayConfig config(String more) {
        return ConfigReader.parse(
                Path.of("hybrid-gateway"),
                "config gateway 'main'\n list lan 'br-lan'\n option state_dir '" + folder + "'\n"
                        + "config uplink 'fixed'\n option device 'wan0'\n option kind 'fixed'\n" + more);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void answers(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        }
    }

    private static void refuses(int port) throws IOException {
        try {
            answers(port);
        } catch (IOException e) {
            return;
        }
        throw new IOException("somebody still listens at port " + port);
    }

    /** Something that fails until it is so. */
    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }

    private static void await(Attempt attempt) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                attempt.make();
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }
}
