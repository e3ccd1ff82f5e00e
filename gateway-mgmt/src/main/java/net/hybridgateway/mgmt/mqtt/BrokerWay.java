package net.hybridgateway.mgmt.mqtt;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** How the TCP connection to a broker is made. */
@FunctionalInterface
public interface BrokerWay {
    /**
     * Connects; may block, and is called on a thread that nobody waits for.
     *
     * @param host an address literal or a name
     * @param patience for the connection, once the name is known
     * @throws IOException with a message for people
     */
    Socket connect(String host, int port, Duration patience) throws IOException;
}
