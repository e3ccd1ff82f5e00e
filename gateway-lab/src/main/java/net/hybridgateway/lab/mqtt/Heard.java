package net.hybridgateway.lab.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;

/** What an operator hears. */
public final class Heard implements AutoCloseable {
    /** Of mosquitto_sub: time of arrival in seconds, retain flag, topic, payload. */
    static final String FORMAT = "%U\t%r\t%t\t%p";

    private final LabProcess listener;

    Heard(LabProcess listener) {
        this.listener = listener;
    }

    /**
     * A message.
     *
     * @param atSeconds when it arrived, by the clock of this machine, since 1970
     */
    public record Message(double atSeconds, boolean retained, String topic, String payload) {}

    /** Everything so far. */
    public List<Message> messages() {
        String output = listener.output();
        // The last line may still be on its way.
        return output.substring(0, output.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split("\t", 4))
                .filter(fields -> fields.length == 4)
                .map(fields -> new Message(Double.parseDouble(fields[0]), fields[1].equals("1"), fields[2], fields[3]))
                .toList();
    }

    /** Waits for a message of this kind. */
    public Message await(Duration patience, String topicEnd, Predicate<String> payload) {
        if (!Pause.until(patience, () -> find(topicEnd, payload).isPresent())) {
            throw new LabException("nothing like that arrived at ..." + topicEnd + ": " + messages());
        }
        return find(topicEnd, payload).orElseThrow();
    }

    private Optional<Message> find(String topicEnd, Predicate<String> payload) {
        return messages().stream()
                .filter(message -> message.topic().endsWith(topicEnd) && payload.test(message.payload()))
                .findFirst();
    }

    @Override
    public void close() {
        listener.close();
    }
}
