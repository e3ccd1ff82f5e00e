package net.hybridgateway.mgmt.mqtt;

import java.util.List;
import net.hybridgateway.mgmt.config.BrokerAddress;

/** What the session wants done. Actions are carried out in order; none may block. */
public sealed interface SessionAction {
    /** Opens a connection; what was open before is closed. {@code connected} or {@code failed} follows. */
    record Connect(BrokerAddress broker, LinkTerms terms) implements SessionAction {}

    /** Closes the connection in the orderly way, so that the last will is not sent. Nothing follows. */
    record Disconnect() implements SessionAction {}

    /** Subscribes with quality 1; retained messages are wanted, and are to be told as such. */
    record Subscribe(List<String> topics) implements SessionAction {
        public Subscribe {
            topics = List.copyOf(topics);
        }
    }

    /** Sends; of quality 1, {@code delivered} follows. */
    record Publish(Publication publication) implements SessionAction {}

    /**
     * Asks the table of commands; {@code answered} follows.
     *
     * @param ticket names the question
     */
    record Ask(long ticket, String request) implements SessionAction {}

    /** Keeps a text over a restart; it is given to the next session. */
    record Remember(String text) implements SessionAction {}

    /** A line for the log. */
    record Say(String line) implements SessionAction {}
}
