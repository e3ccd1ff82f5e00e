package net.hybridgateway.mgmt.mqtt.paho;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import net.hybridgateway.mgmt.mqtt.Arrival;
import net.hybridgateway.mgmt.mqtt.BrokerLink;
import net.hybridgateway.mgmt.mqtt.ConnectFailure;
import net.hybridgateway.mgmt.mqtt.LinkTerms;
import net.hybridgateway.mgmt.mqtt.Octets;
import net.hybridgateway.mgmt.mqtt.Publication;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A connection with MQTT 3.1.1: the same as {@link ModernLink}, without properties, and in Paho's other client. */
final class OldLink implements BrokerLink, MqttCallback, IMqttActionListener {
    private static final int DENIED = 0x80;

    private final MqttAsyncClient client;
    private final PahoLinks.Wire wire;
    private final Listener listener;
    private final LinkEnd end;
    private final Outflow outflow = new Outflow(this::send);

    private OldLink(MqttAsyncClient client, PahoLinks.Wire wire, Listener listener, ScheduledExecutorService thread) {
        this.client = client;
        this.wire = wire;
        this.listener = listener;
        this.end = new LinkEnd(wire, this::close, thread);
    }

    static OldLink open(
            PahoLinks.Wire wire,
            LinkTerms terms,
            Credentials credentials,
            Listener listener,
            ScheduledExecutorService thread)
            throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(
                PahoLinks.NOWHERE, credentials.clientId(), new MemoryPersistence(), new OldPing(thread));
        OldLink link = new OldLink(client, wire, listener, thread);
        client.setCallback(link);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(wire.factory());
        options.setConnectionTimeout(wire.answerSeconds());
        options.setKeepAliveInterval((int) terms.keepAlive().toSeconds());
        options.setCleanSession(true);
        options.setMaxInflight(2 * Outflow.WINDOW);
        Publication will = terms.will();
        options.setWill(will.topic(), will.payload().getBytes(StandardCharsets.UTF_8), will.quality(), will.retained());
        credentials.username().ifPresent(options::setUserName);
        credentials
                .password()
                .ifPresent(secret -> options.setPassword(secret.reveal().toCharArray()));
        client.connect(options, null, link);
        return link;
    }

    // ---- what is asked of it ----------------------------------------------------------------------------------------

    @Override
    public void subscribe(List<String> topics) {
        int[] qualities = topics.stream().mapToInt(topic -> 1).toArray();
        try {
            client.subscribe(topics.toArray(String[]::new), qualities, null, new Subscribed(topics));
        } catch (MqttException e) {
            // The connection has just ended; the listener hears of that.
        }
    }

    @Override
    public void publish(Publication publication) {
        outflow.add(publication);
    }

    private boolean send(Publication publication) {
        MqttMessage message = new MqttMessage(publication.payload().getBytes(StandardCharsets.UTF_8));
        message.setQos(publication.quality());
        message.setRetained(publication.retained());
        try {
            client.publish(publication.topic(), message, null, new Published(publication));
            return true;
        } catch (MqttException e) {
            // The connection has just ended; the listener hears of that.
            return false;
        }
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return end.disconnect(this::sayGoodBye);
    }

    @Override
    public void abort() {
        end.abort();
    }

    private boolean sayGoodBye(long millis) {
        try {
            client.disconnect(millis, null, new Farewell());
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    private void close() {
        try {
            client.close();
        } catch (MqttException e) {
            // It is about to end by itself, now that its socket is closed.
        }
    }

    // ---- what Paho says, on its threads -----------------------------------------------------------------------------

    @Override
    public void onSuccess(IMqttToken token) {
        if (!end.isOver()) {
            listener.connected();
        }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
        end.end(() -> listener.failed(failure(failure)));
    }

    private ConnectFailure failure(Throwable failure) {
        if (failure instanceof MqttException refused) {
            int code = refused.getReasonCode();
            if (code >= 1 && code <= 5) {
                return ConnectFailure.of(ConnectCodes.old(code));
            }
            if (code == MqttException.REASON_CODE_CLIENT_TIMEOUT) {
                return ConnectFailure.of("the broker does not answer in time");
            }
        }
        return ConnectFailure.of(wire.connectWords().of(failure));
    }

    @Override
    public void connectionLost(Throwable cause) {
        String why = cause == null ? "the broker ended it" : wire.words().of(cause);
        end.end(() -> listener.lost(why));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        if (!end.isOver()) {
            listener.arrived(new Arrival(
                    topic,
                    Octets.of(message.getPayload()),
                    message.isRetained(),
                    message.isDuplicate(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty()));
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    /** Hears that everything was said. */
    private final class Farewell implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            end.releaseLater();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            end.releaseLater();
        }
    }

    /** Hears what becomes of a publication. */
    private final class Published implements IMqttActionListener {
        private final Publication publication;

        private Published(Publication publication) {
            this.publication = publication;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            listener.delivered(publication.number());
            outflow.arrived();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            // The connection ends: a message that is never acknowledged tells the session.
            outflow.arrived();
        }
    }

    /** Hears what becomes of a subscription. */
    private final class Subscribed implements IMqttActionListener {
        private final List<String> topics;

        private Subscribed(List<String> topics) {
            this.topics = topics;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            for (int i = 0; i < Math.min(granted.length, topics.size()); i++) {
                if (granted[i] == DENIED) {
                    listener.denied(topics.get(i));
                }
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            topics.forEach(listener::denied);
        }
    }
}
