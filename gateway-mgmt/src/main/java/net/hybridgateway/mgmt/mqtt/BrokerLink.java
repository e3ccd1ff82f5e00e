package net.hybridgateway.mgmt.mqtt;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.hybridgateway.mgmt.config.BrokerAddress;

/**
 * One connection to a broker, from the attempt to its end: the little of MQTT that the gateway uses. No method blocks.
 *
 * <p>Used on one thread; its listener is called on any.
 */
public interface BrokerLink {
    /** The longest message that is taken in, all of its header included; more ends the connection. */
    int LONGEST_MESSAGE = 64 * 1024;

    /** Opens connections. */
    @FunctionalInterface
    interface Opener {
        /** Begins to connect; the listener hears how it ends. Never throws because of what the network does. */
        BrokerLink open(BrokerAddress broker, LinkTerms terms, Listener listener);
    }

    /** Hears what happens, each of it at most once but for the last three; nothing after {@link #failed} or {@link #lost}. */
    interface Listener {
        void connected();

        void failed(ConnectFailure failure);

        /**
         * The connection has ended.
         *
         * @param why for people
         */
        void lost(String why);

        void arrived(Arrival arrival);

        /** The broker has acknowledged a message. */
        void delivered(long number);

        /** The broker does not let the gateway subscribe to a topic, or publish there. */
        void denied(String topic);
    }

    void subscribe(List<String> topics);

    void publish(Publication publication);

    /**
     * Ends it in the orderly way: what was published before goes out first, for at most a second.
     *
     * @return completed when that is done
     */
    CompletableFuture<Void> disconnect();

    /** Ends it at once, without a word: the broker sends the last will. */
    void abort();
}
