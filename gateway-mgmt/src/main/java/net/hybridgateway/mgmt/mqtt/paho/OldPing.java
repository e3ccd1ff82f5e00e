package net.hybridgateway.mgmt.mqtt.paho;

import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;

/** {@link Pings} for Paho's client of MQTT 3.1.1. */
final class OldPing implements MqttPingSender {
    private final Pings pings;
    private volatile ClientComms client;

    OldPing(ScheduledExecutorService thread) {
        this.pings = new Pings(thread);
    }

    @Override
    public void init(ClientComms comms) {
        client = comms;
    }

    @Override
    public void start() {
        schedule(client.getKeepAlive());
    }

    @Override
    public void schedule(long delayMillis) {
        pings.schedule(client::checkForActivity, delayMillis);
    }

    @Override
    public void stop() {
        pings.stop();
    }
}
