package net.hybridgateway.mgmt.mqtt.paho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.mqtt.BrokerLink;
import net.hybridgateway.mgmt.mqtt.BrokerWay;
import net.hybridgateway.mgmt.mqtt.ConnectFailure;
import net.hybridgateway.mgmt.mqtt.LinkTerms;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Opens connections with Paho. */
public final class PahoLinks implements BrokerLink.Opener {
    /** What Paho believes to connect to; where {@link BrokerSocket} goes is another matter. */
    static final String NOWHERE = "tcp://127.0.0.1:1883";

    /** Paho logs with stack traces what its callers are told anyway. The reference keeps the setting alive. */
    private static final Logger SILENT = Logger.getLogger("org.eclipse.paho");

    private static final Duration CONNECT = Duration.ofSeconds(15);

    /** For each answer in the handshake of TLS, and for the answer to CONNECT. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final String clientId;
    private final MqttConfig config;
    private final BrokerTls tls;
    private final BrokerWay way;
    private final ScheduledExecutorService thread;

    /**
     * Prepares.
     *
     * @param way makes TCP connections
     * @param thread where pings are sent from
     */
    public PahoLinks(String clientId, MqttConfig config, BrokerWay way, ScheduledExecutorService thread) {
        SILENT.setLevel(Level.OFF);
        this.clientId = clientId;
        this.config = config;
        this.way = way;
        this.thread = thread;
        tls = new BrokerTls(config.tls());
    }

    @Override
    public BrokerLink open(BrokerAddress broker, LinkTerms terms, BrokerLink.Listener listener) {
        Wire wire = new Wire(
                new BrokerSocket(() -> dial(broker)),
                failure -> FailureWords.of(failure, broker.host(), tls.authorities()),
                failure -> broker.tls()
                        ? FailureWords.ofConnecting(failure, broker.host(), tls.authorities())
                        : FailureWords.of(failure, broker.host(), tls.authorities()),
                (int) ANSWER.toSeconds());
        try {
            Credentials credentials = Credentials.read(clientId, config.credentials());
            return terms.modern()
                    ? ModernLink.open(wire, terms, credentials, listener, thread)
                    : OldLink.open(wire, terms, credentials, listener, thread);
        } catch (IOException e) {
            listener.failed(ConnectFailure.of(e.getMessage()));
        } catch (MqttException | org.eclipse.paho.client.mqttv3.MqttException | RuntimeException e) {
            listener.failed(ConnectFailure.of("the MQTT client refuses to start: " + e));
        }
        return new NoLink();
    }

    private BrokerSocket.Dialled dial(BrokerAddress broker) throws IOException {
        Socket plain = way.connect(broker.host(), broker.port(), CONNECT);
        try {
            plain.setTcpNoDelay(true);
            Socket stream =
                    broker.tls() ? tls.encrypt(plain, broker.host(), broker.port(), (int) ANSWER.toMillis()) : plain;
            return new BrokerSocket.Dialled(stream, plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * What a link is made over.
     *
     * @param words says what it means that a connection ended
     * @param connectWords says what it means that there was none
     * @param answerSeconds how long the answer to CONNECT may take, the making of the connection included
     */
    record Wire(BrokerSocket socket, Words words, Words connectWords, int answerSeconds) {
        /** Gives the socket to Paho. */
        SocketFactory factory() {
            return new SocketFactory() {
                @Override
                public Socket createSocket() {
                    return socket;
                }

                @Override
                public Socket createSocket(String host, int port) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Socket createSocket(InetAddress host, int port) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // close(2) has released the descriptor whatever it returned.
            }
        }
    }

    /** Says what a failure means. */
    @FunctionalInterface
    interface Words {
        String of(Throwable failure);
    }
}
