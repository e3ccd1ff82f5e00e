package net.hybridgateway.mgmt.mqtt.paho;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import net.hybridgateway.mgmt.mqtt.Publication;

/**
 * Keeps few publications on their way at a time: a broker says how many it takes (MQTT 5.0 §3.2.2.3.3), Paho refuses more, and
 * twenty is what Mosquitto says.
 */
final class Outflow {
    static final int WINDOW = 10;

    private final Predicate<Publication> sender;
    private final Deque<Publication> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Begins.
     *
     * @param sender sends, and says whether that was possible at all
     */
    Outflow(Predicate<Publication> sender) {
        this.sender = sender;
    }

    /** Sends, now or when others have arrived. */
    synchronized void add(Publication publication) {
        waiting.addLast(publication);
        flow();
    }

    /** One of those under way has arrived. */
    synchronized void arrived() {
        underWay--;
        flow();
    }

    private void flow() {
        while (underWay < WINDOW && !waiting.isEmpty()) {
            if (sender.test(waiting.removeFirst())) {
                underWay++;
            }
        }
    }
}
