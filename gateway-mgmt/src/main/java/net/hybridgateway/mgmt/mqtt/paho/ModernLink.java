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
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A connection with MQTT 5. */
final class ModernLink implements BrokerLink, MqttCallback, MqttActionListener {

    private final MqttAsyncClient client;
    private final PahoLinks.Wire wire;
    private final Listener listener;
    private final LinkEnd end;
    private final Outflow outflow = new Outflow(this::send);

    private ModernLink(
            MqttAsyncClient client, PahoLinks.Wire wire, Listener listener, ScheduledExecutorService thread) {
        this.client = client;
        this.wire = wire;
        this.listener = listener;
        this.end = new LinkEnd(wire, this::close, thread);
    }

    static ModernLink open(
            PahoLinks.Wire wire,
            LinkTerms terms,
            Credentials credentials,
            Listener listener,
            ScheduledExecutorService thread)
            throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(
                PahoLinks.NOWHERE, credentials.clientId(), new MemoryPersistence(), new ModernPing(thread), null);
        ModernLink link = new ModernLink(client, wire, listener, thread);
        client.setCallback(link);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(wire.factory());
        options.setConnectionTimeout(wire.answerSeconds());
        options.setKeepAliveInterval((int) terms.keepAlive().toSeconds());
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setMaximumPacketSize((long) LONGEST_MESSAGE);
        MqttMessage will = message(terms.will());
        options.setWill(terms.will().topic(), will);
        credentials.username().ifPresent(options::setUserName);
        credentials
                .password()
                .ifPresent(secret -> options.setPassword(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        client.connect(options, null, link);
        return link;
    }

    private static MqttMessage message(Publication publication) {
        MqttMessage message = new MqttMessage(publication.payload().getBytes(StandardCharsets.UTF_8));
        message.setQos(publication.quality());
        message.setRetained(publication.retained());
        MqttProperties properties = new MqttProperties();
        publication.correlation().ifPresent(data -> properties.setCorrelationData(data.toArray()));
        message.setProperties(properties);
        return message;
    }

    // ---- what is asked of it ----------------------------------------------------------------------------------------

    @Override
    public void subscribe(List<String> topics) {
        MqttSubscription[] subscriptions = topics.stream()
                .map(topic -> {
                    MqttSubscription subscription = new MqttSubscription(topic, 1);
                    // Else a command that its sender wants to be kept could not be told from others while we listen.
                    subscription.setRetainAsPublished(true);
                    return subscription;
                })
                .toArray(MqttSubscription[]::new);
        try {
            client.subscribe(subscriptions, null, new Subscribed(topics), new MqttProperties());
        } catch (MqttException e) {
            // The connection has just ended; the listener hears of that.
        }
    }

    @Override
    public void publish(Publication publication) {
        outflow.add(publication);
    }

    private boolean send(Publication publication) {
        try {
            client.publish(publication.topic(), message(publication), null, new Published(publication));
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
            client.disconnect(millis, null, new Farewell(), 0, new MqttProperties());
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
            // A broker of 3.1.1 answers "unacceptable protocol version" in its own way, which Paho cannot read.
            if (code == ConnectCodes.UNSUPPORTED_VERSION || code == MqttException.REASON_CODE_INVALID_RETURN_CODE) {
                return new ConnectFailure(ConnectFailure.Kind.OLD_BROKER, "the broker does not know MQTT 5");
            }
            if (code >= 0x80 && code <= 0xff) {
                return ConnectFailure.of(ConnectCodes.modern(code));
            }
            if (code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
                return ConnectFailure.of("the broker does not answer in time");
            }
        }
        return ConnectFailure.of(wire.connectWords().of(failure));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        String why = response.getException() == null
                ? "the broker ended it, reason code " + response.getReturnCode()
                : response.getReturnCode() >= 0x80 && response.getReturnCode() <= 0xff
                        ? "the broker ended it: " + ConnectCodes.modern(response.getReturnCode())
                        : wire.words().of(response.getException());
        end.end(() -> listener.lost(why));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        if (end.isOver()) {
            return;
        }
        MqttProperties properties = message.getProperties();
        listener.arrived(new Arrival(
                topic,
                Octets.of(message.getPayload()),
                message.isRetained(),
                message.isDuplicate(),
                Optional.ofNullable(properties.getResponseTopic()),
                Optional.ofNullable(properties.getCorrelationData()).map(Octets::of),
                properties.getMessageExpiryInterval() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(properties.getMessageExpiryInterval())));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // What ends the connection comes to disconnected(), too.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    /** Hears that everything was said. */
    private final class Farewell implements MqttActionListener {
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
    private final class Published implements MqttActionListener {
        private final Publication publication;

        private Published(Publication publication) {
            this.publication = publication;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes() == null ? new int[0] : token.getReasonCodes();
            arrived(codes.length > 0 && codes[0] >= 0x80);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            if (failure instanceof MqttException refused
                    && refused.getReasonCode() >= 0x80
                    && refused.getReasonCode() <= 0xff) {
                arrived(true);
            } else {
                // The connection ends: a message that is never acknowledged tells the session.
                outflow.arrived();
            }
        }

        /** The broker is done with it, whatever it thinks of it. */
        private void arrived(boolean unwanted) {
            listener.delivered(publication.number());
            if (unwanted) {
                listener.denied(publication.topic());
            }
            outflow.arrived();
        }
    }

    /** Hears what becomes of a subscription. */
    private final class Subscribed implements MqttActionListener {
        private final List<String> topics;

        private Subscribed(List<String> topics) {
            this.topics = topics;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes() == null ? new int[0] : token.getReasonCodes();
            for (int i = 0; i < Math.min(codes.length, topics.size()); i++) {
                if (codes[i] >= 0x80) {
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
