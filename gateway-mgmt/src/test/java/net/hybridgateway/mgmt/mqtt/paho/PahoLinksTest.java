package net.hybridgateway.mgmt.mqtt.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;
import net.hybridgateway.mgmt.mqtt.Arrival;
import net.hybridgateway.mgmt.mqtt.BrokerLink;
import net.hybridgateway.mgmt.mqtt.BrokerWay;
import net.hybridgateway.mgmt.mqtt.ConnectFailure;
import net.hybridgateway.mgmt.mqtt.LinkTerms;
import net.hybridgateway.mgmt.mqtt.MqttThread;
import net.hybridgateway.mgmt.mqtt.Publication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links to brokers that behave badly. */
class PahoLinksTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final Publication WILL = new Publication(0, "t/online", "false", 1, true, Optional.empty());

    private final ScheduledExecutorService thread = MqttThread.make();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        thread.shutdown();
    }

    /** What the broker answers to CONNECT, and what becomes of that. */
    @ParameterizedTest
    @CsvSource({
        // CONNACK of 3.1.1, unacceptable protocol version (MQTT 3.1.1 §3.2.2.3)
        "true, 20020001, OLD_BROKER: the broker does not know MQTT 5",
        // CONNACK of 5, unsupported protocol version (MQTT 5.0 §3.2.2.2)
        "true, 2003008400, OLD_BROKER: the broker does not know MQTT 5",
        "true, 2003008700, OTHER: the broker does not let this gateway in: not authorized",
        "true, 2003008600, OTHER: the broker does not accept username and password",
        "false, 20020005, OTHER: the broker does not let this gateway in: not authorized",
        "false, 20020004, OTHER: the broker does not accept username and password",
        "true, '', OTHER: the connection was closed or reset",
        "false, '', OTHER: the connection was closed or reset",
        "true, 2003000000, connected",
        "false, 20020000, connected"
    })
    void tellsWhatABrokerAnswers(boolean modern, String answer, String told) throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = serve(broker, answer);
            BrokerLink link = open(modern, (host, port, patience) -> connect(broker));
            assertEquals(told, next());
            link.abort();
            assertTrue(serving.isDaemon());
        }
    }

    @Test
    void endsWithABrokerThatSendsTooLongAMessage() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // After CONNACK, and after that was heard, a PUBLISH of 256 MB.
            CountDownLatch heard = new CountDownLatch(1);
            Thread serving = serve(broker, "2003000000", heard, "30ffffff7f");
            open(true, (host, port, patience) -> connect(broker));
            assertTrue(serving.isDaemon());
            assertEquals("connected", next());
            heard.countDown();
            String lost = next();
            assertTrue(lost.startsWith("lost: "), lost);
            assertTrue(lost.contains("at most 65536 are taken"), lost);
        }
    }

    @Test
    void saysThatThereIsNoWay() {
        open(true, (host, port, patience) -> {
            throw new UnknownHostException(host);
        });
        assertEquals("OTHER: the name broker.example.net cannot be resolved", next());
        open(false, (host, port, patience) -> {
            throw new ConnectException("Connection refused");
        });
        assertEquals("OTHER: the connection was refused", next());
    }

    @Test
    void saysThatAPasswordFileIsMissing() {
        MqttConfig config = config(Optional.of(Path.of("/nonexistent/password")));
        new PahoLinks("gw1", config, (host, port, patience) -> new Socket(), thread)
                .open(config.brokers().get(0), terms(true), new Ears());
        assertEquals("OTHER: password_file /nonexistent/password is not there", next());
    }

    private BrokerLink open(boolean modern, BrokerWay way) {
        MqttConfig config = config(Optional.empty());
        return new PahoLinks("gw1", config, way, thread).open(config.brokers().get(0), terms(modern), new Ears());
    }

    private static LinkTerms terms(boolean modern) {
        return new LinkTerms(modern, Duration.ofMinutes(5), WILL);
    }

    private static Socket connect(ServerSocket broker) throws IOException {
        return new Socket(broker.getInetAddress(), broker.getLocalPort());
    }

    private static MqttConfig config(Optional<Path> passwordFile) {
        return new MqttConfig(
                true,
                List.of(new BrokerAddress(false, "broker.example.net", 1883)),
                Optional.of("gw1"),
                "t",
                new MqttConfig.Credentials(Optional.of("me"), Optional.empty(), passwordFile),
                new MqttConfig.Tls(Optional.empty(), Optional.empty(), Optional.empty()),
                MqttVersion.AUTO,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Set.of(),
                false,
                Duration.ofMinutes(5));
    }

    /** Waits for CONNECT, answers, and hangs up; or hangs up at once if there is no answer. */
    private static Thread serve(ServerSocket broker, String answer) {
        return serve(broker, answer, new CountDownLatch(0), "");
    }

    /** As {@link #serve(ServerSocket, String)}, and says something more later. */
    private static Thread serve(ServerSocket broker, String answer, CountDownLatch later, String more) {
        Thread serving = new Thread(() -> {
            try (Socket socket = broker.accept()) {
                if (answer.isEmpty()) {
                    return;
                }
                InputStream in = socket.getInputStream();
                in.skipNBytes(1);
                in.skipNBytes(in.read());
                socket.getOutputStream().write(HexFormat.of().parseHex(answer));
                later.await();
                socket.getOutputStream().write(HexFormat.of().parseHex(more));
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException | InterruptedException e) {
                // The test ends.
            }
        });
        serving.setDaemon(true);
        serving.start();
        return serving;
    }

    private String next() {
        try {
            return Optional.ofNullable(news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .orElse("nothing");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Notes what it hears. */
    private final class Ears implements BrokerLink.Listener {
        @Override
        public void connected() {
            news.add("connected");
        }

        @Override
        public void failed(ConnectFailure failure) {
            news.add(failure.kind() + ": " + failure.text());
        }

        @Override
        public void lost(String why) {
            news.add("lost: " + why);
        }

        @Override
        public void arrived(Arrival arrival) {
            news.add("arrived: " + arrival.topic());
        }

        @Override
        public void delivered(long number) {
            news.add("delivered: " + number);
        }

        @Override
        public void denied(String topic) {
            news.add("denied: " + topic);
        }
    }
}
